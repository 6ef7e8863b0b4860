/*
 * One connection by SFTP, for one or more transfers, and what went wrong with it. For sftp.c
 * and sftp_check.c.
 */
#ifndef PUBLISH_SFTP_SESSION_H
#define PUBLISH_SFTP_SESSION_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdio.h>

#include "publish/sftp.h"

struct sftp_session {
	const struct publication *place; /* borrowed, as the watch */
	const struct sftp_watch *watch;
	CURL *easy;                   /* owned */
	struct curl_slist *after;     /* owned; commands after the transfer */
	FILE *file;                   /* owned; what is uploaded */
	const char *text;             /* in its place: this */
	char host_key[SFTP_HOST_KEY]; /* as shown by the server; "": not yet */
	bool refused;                 /* its address may not be used */
	char error[CURL_ERROR_SIZE];
};

void sftp_session_open(struct sftp_session *session, const struct publication *place,
	const struct secret *secret, const struct sftp_watch *watch);
void sftp_session_close(struct sftp_session *session);

/* The next transfer is of that path: as in the settings, or "" for where the user arrives. */
void sftp_session_path(struct sftp_session *session, const char *path);

/* A command on one or two files (NULL: one); one whose verb begins with * may fail. */
void sftp_command(
	struct curl_slist **list, const char *verb, const char *first, const char *second);

CURLcode sftp_session_perform(struct sftp_session *session);

/* What a failed transfer means (sftp.h). Always -1. */
int sftp_session_error(struct sftp_session *session, CURLcode code, struct err *err);

#endif
