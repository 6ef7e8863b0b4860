#include "base/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

/* The IPv4 address in it, in host order; false for IPv6 proper. */
static bool as_v4(const struct sockaddr *address, uint32_t *v4)
{
	const struct in6_addr *v6 = &((const struct sockaddr_in6 *)address)->sin6_addr;
	uint32_t net;

	if (address->sa_family == AF_INET) {
		net = ((const struct sockaddr_in *)address)->sin_addr.s_addr;
	} else {
		if (!IN6_IS_ADDR_V4MAPPED(v6))
			return false;
		memcpy(&net, v6->s6_addr + 12, 4);
	}
	*v4 = ntohl(net);
	return true;
}

bool address_is_refused(const struct sockaddr *address)
{
	static const unsigned char ec2[16] = {0xfd, 0, 0x0e, 0xc2, [14] = 0x02, [15] = 0x54};
	const struct in6_addr *v6 = &((const struct sockaddr_in6 *)address)->sin6_addr;
	uint32_t v4;

	if (address->sa_family != AF_INET && address->sa_family != AF_INET6)
		return true;
	if (as_v4(address, &v4))
		return v4 >> 16 == 0xa9fe || v4 >> 24 == 0 || v4 >> 28 >= 0xe ||
		       v4 == 0x646464c8 /* 100.100.100.200 */ ||
		       v4 == 0xc00000c0 /* 192.0.0.192 */;
	return IN6_IS_ADDR_LINKLOCAL(v6) || IN6_IS_ADDR_MULTICAST(v6) ||
	       IN6_IS_ADDR_UNSPECIFIED(v6) || memcmp(v6->s6_addr, ec2, sizeof(ec2)) == 0;
}

bool address_is_loopback(const struct sockaddr *address)
{
	uint32_t v4;

	if (address->sa_family != AF_INET && address->sa_family != AF_INET6)
		return false;
	if (as_v4(address, &v4))
		return v4 >> 24 == 127;
	return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)address)->sin6_addr);
}
