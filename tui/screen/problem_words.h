/*
 * What the screens of Data Quality say of the classes of problems.
 */
#ifndef SCREEN_PROBLEM_WORDS_H
#define SCREEN_PROBLEM_WORDS_H

#include "roster/problem.h"

const char *problem_advice(enum problem problem); /* what to do about it */
const char *problem_kind(enum problem problem);   /* "Error", "Skipped", "Flagged" */

#endif
