/*
 * The test of a delivery by SFTP: one transfer, told as the steps that it consists of.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "publish/sftp_session.h"

enum step { STEP_CONNECT, STEP_HOST_KEY, STEP_LOGIN, STEP_WRITE, STEPS };

static enum step step_of(const struct sftp_session *session, CURLcode code)
{
	switch (code) {
	case CURLE_PEER_FAILED_VERIFICATION: return STEP_HOST_KEY;
	case CURLE_LOGIN_DENIED: return STEP_LOGIN;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT: return STEP_CONNECT;
	default: return *session->host_key ? STEP_WRITE : STEP_CONNECT;
	}
}

static void detail_of(
	const struct sftp_session *session, enum step step, char *out, size_t size)
{
	const struct publication *place = session->place;

	switch (step) {
	case STEP_CONNECT: snprintf(out, size, "%s port %d", place->host, place->port); break;
	case STEP_HOST_KEY: snprintf(out, size, "%s", session->host_key); break;
	case STEP_LOGIN:
		snprintf(out, size, "%s, by %s", place->user,
			place->key_file ? "key" : "password");
		break;
	default: snprintf(out, size, "%s", place->path); break;
	}
}

static void tell_steps(const struct sftp_session *session, CURLcode code,
	const struct err *failure, check_fn *told, void *arg)
{
	static const char *const names[STEPS] = {"Connection", "Host key", "Login", "Writing"};
	enum step failed = code ? step_of(session, code) : STEPS, step;
	char detail[600];

	for (step = 0; step < STEPS; step++) {
		struct check_step one = {names[step],
			step < failed    ? CHECK_OK
			: step == failed ? CHECK_FAILED
					 : CHECK_SKIPPED,
			detail, "", -1};

		detail_of(session, step, detail, sizeof(detail));
		if (step == failed)
			one.advice = failure->text;
		if (step > failed)
			one.detail = "";
		told(arg, &one);
	}
}

int sftp_check(const struct publication *publication, const struct secret *secret,
	const struct sftp_watch *watch, check_fn *step, void *arg, char host_key[SFTP_HOST_KEY],
	struct err *err)
{
	static const char line[] = "lumenport was here\n";
	struct sftp_session session;
	char *name = mem_printf("%s.test", publication->path);
	CURLcode code;
	int result = 0;

	sftp_session_open(&session, publication, secret, watch);
	session.text = line;
	sftp_session_path(&session, name);
	curl_easy_setopt(session.easy, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(session.easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)strlen(line));
	sftp_command(&session.after, "rm", name, NULL);
	curl_easy_setopt(session.easy, CURLOPT_POSTQUOTE, session.after);
	code = sftp_session_perform(&session);
	if (code)
		result = sftp_session_error(&session, code, err);
	if (!code || code != CURLE_ABORTED_BY_CALLBACK)
		tell_steps(&session, code, err, step, arg);
	snprintf(host_key, SFTP_HOST_KEY, "%s", session.host_key);
	sftp_session_close(&session);
	free(name);
	return result;
}
