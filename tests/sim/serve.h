/* The HTTP server: libmicrohttpd, one thread a connection, and who answers which path. */
#ifndef SIM_SERVE_H
#define SIM_SERVE_H

#include "sim.h"

struct MHD_Daemon;

/* NULL where the port cannot be had. With https, PEM texts; the settings learn the port. */
struct MHD_Daemon *serve_start(struct sim *sim, const char *cert, const char *key);
void serve_stop(struct MHD_Daemon *daemon);

/* cert.c: a self-signed certificate for localhost; PEM texts, the caller's. */
int cert_make(char **cert, char **key);

#endif
