/*
 * Kinds of network addresses.
 */
#ifndef BASE_ADDRESS_H
#define BASE_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* Link-local, unspecified and cloud metadata addresses. IPv4 mapped into IPv6 is seen through.
 */
bool address_is_refused(const struct sockaddr *address);
bool address_is_loopback(const struct sockaddr *address);

#endif
