/*
 * Chance without state: every "random" choice of the simulated district is a hash of
 * (seed, what, which), so the same options give the same bytes whatever was asked before.
 */
#ifndef SIM_RND_H
#define SIM_RND_H

#include <stdint.h>

/* The finaliser of splitmix64. */
static inline uint64_t rnd_mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15u;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

static inline uint64_t rnd(uint64_t seed, uint64_t what, uint64_t which)
{
	return rnd_mix(seed ^ rnd_mix(what * 0xd1342543de82ef95u + rnd_mix(which)));
}

#endif
