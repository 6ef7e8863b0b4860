/*
 * The program's own terms: short, in words an administrator can answer for. An app imports
 * nothing before they are accepted.
 */
#ifndef SETTINGS_TERMS_H
#define SETTINGS_TERMS_H

enum { TERMS_VERSION = 1 }; /* to be raised when the text says something else */

extern const char terms_text[]; /* lines of at most 78 columns */

#endif
