/*
 * Help: what the screen says of itself and its focused field, then the keys that work
 * everywhere.
 */
#ifndef SCREEN_HELP_H
#define SCREEN_HELP_H

#include "screen/screen.h"

void help_show(struct shell *shell, const struct screen *screen, void *state);

#endif
