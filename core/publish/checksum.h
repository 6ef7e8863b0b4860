/*
 * SHA-256 of what was published, in hex, as sha256sum(1) tells it.
 */
#ifndef PUBLISH_CHECKSUM_H
#define PUBLISH_CHECKSUM_H

#include "base/err.h"

enum { CHECKSUM_SIZE = 65 };

int checksum_file(const char *path, char out[CHECKSUM_SIZE], struct err *err);

/* Of a folder: (cd FOLDER && LC_ALL=C sha256sum *) | sha256sum */
int checksum_folder(const char *path, char out[CHECKSUM_SIZE], struct err *err);

#endif
