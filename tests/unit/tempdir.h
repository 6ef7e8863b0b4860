/*
 * A private directory for a test's files, removed when the test ends.
 */
#ifndef TESTS_UNIT_TEMPDIR_H
#define TESTS_UNIT_TEMPDIR_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"

static char tempdir_name[200];
static pid_t tempdir_owner;

static void tempdir_remove(void)
{
	struct err ignored;

	if (getpid() == tempdir_owner) /* not from a test's child */
		file_remove_all(tempdir_name, &ignored);
}

/* The directory; made at the first call. */
__attribute__((unused)) static const char *tempdir(void)
{
	const char *above = getenv("TMPDIR");

	if (*tempdir_name)
		return tempdir_name;
	snprintf(tempdir_name, sizeof(tempdir_name), "%s/lumenport-test-XXXXXX",
		above && *above ? above : "/tmp");
	if (!mkdtemp(tempdir_name)) {
		perror(tempdir_name);
		exit(1);
	}
	tempdir_owner = getpid();
	atexit(tempdir_remove);
	return tempdir_name;
}

/* A path in it: valid until the eighth call after. */
__attribute__((unused)) static const char *temp_path(const char *name)
{
	static char path[8][400];
	static int turn;

	turn = (turn + 1) % 8;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", tempdir(), name);
	return path[turn];
}

#endif
