/*
 * The names people and schools bear in the simulated district: common ones, and the kinds that
 * break careless programs (accents, other scripts, apostrophes, not normalised, double spaces).
 */
#ifndef SIM_NAMES_H
#define SIM_NAMES_H

#include <stdint.h>

/* Borrowed constants, chosen by the hash. */
const char *names_given(uint64_t hash);
const char *names_family(uint64_t hash);
const char *names_middle(uint64_t hash);
const char *names_city(uint64_t hash);
/* The proper part of a school's name ("Cedar Ridge"), by its number. */
const char *names_school(uint32_t number, char out[48]);
/* Names with control characters, and with what would fool a terminal (fault names). */
const char *names_control(uint64_t hash);
const char *names_escape(uint64_t hash);

#endif
