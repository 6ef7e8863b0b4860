#include "publish/sftp.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "publish/sftp_session.h"

static const char PART[] = ".part", OLD[] = ".old"; /* beside the target */

int sftp_settings(const struct publication *publication, struct err *err)
{
	const char *missing = !publication->host   ? "deliver.host"
			      : !publication->user ? "deliver.user"
			      : !publication->path ? "deliver.path"
						   : NULL;
	struct stat st;

	if (missing)
		return err_set(err, ERR_SETTINGS, "%s is not set: delivery needs it.", missing);
	if (!publication->key_file)
		return 0;
	if (stat(publication->key_file, &st))
		return file_error(err, "read", publication->key_file);
	if (st.st_mode & 077)
		return err_set(err, ERR_SETTINGS,
			"%s can be read by others (mode %04o). Run: chmod 600 %s, and make a new "
			"key when others are on this machine.",
			publication->key_file, (unsigned)st.st_mode & 07777,
			publication->key_file);
	return 0;
}

char *sftp_target(const struct publication *publication)
{
	bool v6 = strchr(publication->host, ':') != NULL;

	return mem_printf("sftp://%s@%s%s%s:%d%s%s", publication->user, v6 ? "[" : "",
		publication->host, v6 ? "]" : "", publication->port,
		*publication->path == '/' ? "" : "/~/", publication->path);
}

static int open_file(struct sftp_session *session, const char *file, struct err *err)
{
	struct stat st;

	session->file = fopen(file, "re");
	if (!session->file || fstat(fileno(session->file), &st))
		return file_error(err, "read", file);
	curl_easy_setopt(session->easy, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(session->easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)st.st_size);
	return 0;
}

/*
 * OpenSSH does not rename over a file when asked in the way of SFTP 3: the old one is moved
 * aside, and back again only by who looks, if the connection breaks between the two.
 */
static CURLcode replace(struct sftp_session *session, const char *part)
{
	const char *path = session->place->path, *slash = strrchr(path, '/');
	char *old = mem_printf("%s%s", path, OLD);
	char *folder = mem_strndup(path, slash ? (size_t)(slash - path) + 1 : 0);
	struct curl_slist *before = NULL;
	CURLcode code;

	sftp_command(&before, "*rm", old, NULL);
	sftp_command(&before, "*rename", path, old);
	sftp_command(&before, "rename", part, path);
	sftp_command(&before, "*rm", old, NULL);
	sftp_session_path(session, folder); /* of a folder without a body nothing is read */
	curl_easy_setopt(session->easy, CURLOPT_UPLOAD, 0L);
	curl_easy_setopt(session->easy, CURLOPT_NOBODY, 1L);
	curl_easy_setopt(session->easy, CURLOPT_POSTQUOTE, NULL);
	curl_easy_setopt(session->easy, CURLOPT_QUOTE, before);
	code = sftp_session_perform(session);
	curl_easy_setopt(session->easy, CURLOPT_QUOTE, NULL);
	curl_slist_free_all(before);
	free(folder);
	free(old);
	return code;
}

int sftp_upload(const struct publication *publication, const struct secret *secret,
	const char *file, const struct sftp_watch *watch, struct err *err)
{
	struct sftp_session session;
	char *part = NULL;
	CURLcode code;
	int result = -1;

	sftp_session_open(&session, publication, secret, watch);
	if (open_file(&session, file, err))
		goto out;
	part = mem_printf("%s%s", publication->path, PART);
	sftp_session_path(&session, part);
	sftp_command(&session.after, "rename", part, publication->path);
	curl_easy_setopt(session.easy, CURLOPT_POSTQUOTE, session.after);
	code = sftp_session_perform(&session);
	if (code == CURLE_QUOTE_ERROR)
		code = replace(&session, part);
	result = code ? sftp_session_error(&session, code, err) : 0;
out:
	sftp_session_close(&session);
	free(part);
	return result;
}
