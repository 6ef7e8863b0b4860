/*
 * How the wizard begins and ends: the lock of the settings, the draft that waits (Resume, Start
 * over, View), a new app, the question before quitting. For wizard.c.
 */
#ifndef WIZARD_BEGIN_H
#define WIZARD_BEGIN_H

#include "wizard.h"

/* Takes the lock, or says who has it; finds what is to be edited; asks what has to be asked. */
void wizard_set_out(struct wizard *wizard);

bool wizard_ask_quit(void *state); /* for struct screen */

/* ---- what wizard.c lends ---- */

const char *wizard_state_dir(const struct wizard *wizard);
bool wizard_has_changes(const struct wizard *wizard); /* that Finish would apply */

/* Forgets the draft; of an app that was never applied also the secret and data. */
void wizard_discard(struct wizard *wizard);

#endif
