/*
 * Signals for the terminal program. Ordinary ones only write their number to a pipe, which
 * term_wait polls; deadly ones put the terminal right and let the program die of them.
 * For term.c only.
 */
#ifndef TERM_SIGNALS_H
#define TERM_SIGNALS_H

#include <stddef.h>
#include <termios.h>

#include "base/err.h"

/* Makes the pipe and remembers the handlers there are: before newterm, which sets some. */
int signals_open(struct err *err);
void signals_catch(void); /* after newterm */
void signals_close(void); /* as it was */

int signals_fd(void);   /* readable when a signal came */
int signals_next(void); /* its number, 0 when there is none (more) */

/* What to write and to set if the program dies from now on. Both borrowed. */
void signals_arm(const char *restore, size_t length, const struct termios *cooked);
void signals_disarm(void);

/* Stops the process group, as the terminal would on Ctrl-Z; returns when continued. */
void signals_stop_group(void);

#endif
