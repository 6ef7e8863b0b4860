/*
 * A look at the text of a settings file before libconfig 1.5 sees it, for what that version
 * does badly: @include reads any file, a NUL ends the text unseen, large numbers wrap around.
 */
#ifndef SETTINGS_SETTINGS_SCAN_H
#define SETTINGS_SETTINGS_SCAN_H

#include <stddef.h>

/* NULL when the text may be parsed; else why not, and `line` is where (from 1). */
const char *settings_scan(const char *text, size_t length, unsigned *line);

#endif
