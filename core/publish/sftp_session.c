#include "publish/sftp_session.h"

#include <openssl/evp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/address.h"
#include "base/buf.h"
#include "base/mem.h"

static pthread_once_t global_once = PTHREAD_ONCE_INIT;

static void global_init(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

/* ---- the session ---- */

/* The fingerprint as ssh-keygen(1) shows it. */
static void fingerprint(const char *key, size_t length, char out[SFTP_HOST_KEY])
{
	unsigned char digest[EVP_MAX_MD_SIZE], base64[64];
	unsigned digest_length = 0;

	EVP_Digest(key, length, digest, &digest_length, EVP_sha256(), NULL);
	EVP_EncodeBlock(base64, digest, (int)digest_length);
	snprintf(out, SFTP_HOST_KEY, "SHA256:%.43s", (const char *)base64);
}

/* Before anything secret is sent. */
static int on_host_key(void *arg, int type, const char *key, size_t length)
{
	struct sftp_session *session = arg;
	const char *pinned = session->place->host_key;

	(void)type;
	fingerprint(key, length, session->host_key);
	return pinned && !strcmp(pinned, session->host_key) ? CURLKHMATCH_OK
							    : CURLKHMATCH_MISMATCH;
}

static size_t on_read(char *out, size_t size, size_t count, void *arg)
{
	struct sftp_session *session = arg;
	size_t length;

	if (session->file) {
		length = fread(out, 1, size * count, session->file);
		return ferror(session->file) ? CURL_READFUNC_ABORT : length;
	}
	length = strlen(session->text);
	memcpy(out, session->text, length);
	session->text += length;
	return length;
}

static int on_progress(
	void *arg, curl_off_t down_all, curl_off_t down, curl_off_t up_all, curl_off_t up)
{
	const struct sftp_watch *watch = ((struct sftp_session *)arg)->watch;

	(void)down_all;
	(void)down;
	if (watch->progress && up_all)
		watch->progress(watch->arg, up, up_all);
	return watch->cancel && atomic_load(watch->cancel);
}

static curl_socket_t on_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct sftp_session *session = arg;

	(void)purpose;
	session->refused = address_is_refused(&address->addr);
	if (session->refused)
		return CURL_SOCKET_BAD;
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static void set_login(struct sftp_session *session, const struct secret *secret)
{
	const struct publication *place = session->place;
	CURL *easy = session->easy;

	curl_easy_setopt(easy, CURLOPT_USERNAME, place->user);
	if (place->key_file) {
		curl_easy_setopt(easy, CURLOPT_SSH_AUTH_TYPES, (long)CURLSSH_AUTH_PUBLICKEY);
		curl_easy_setopt(easy, CURLOPT_SSH_PRIVATE_KEYFILE, place->key_file);
		curl_easy_setopt(easy, CURLOPT_KEYPASSWD, secret->text);
	} else {
		curl_easy_setopt(easy, CURLOPT_SSH_AUTH_TYPES,
			(long)(CURLSSH_AUTH_PASSWORD | CURLSSH_AUTH_KEYBOARD));
		curl_easy_setopt(easy, CURLOPT_PASSWORD, secret->text);
	}
}

static void set_rules(struct sftp_session *session)
{
	CURL *easy = session->easy;

	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "sftp");
	curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)SFTP_CONNECT_MS);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)SFTP_SILENCE_S);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, session);
	curl_easy_setopt(easy, CURLOPT_SSH_HOSTKEYFUNCTION, on_host_key);
	curl_easy_setopt(easy, CURLOPT_SSH_HOSTKEYDATA, session);
	curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(easy, CURLOPT_XFERINFODATA, session);
	curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_read);
	curl_easy_setopt(easy, CURLOPT_READDATA, session);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, session->error);
	curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, 512L * 1024);
}

void sftp_session_open(struct sftp_session *session, const struct publication *place,
	const struct secret *secret, const struct sftp_watch *watch)
{
	pthread_once(&global_once, global_init);
	memset(session, 0, sizeof(*session));
	session->place = place;
	session->watch = watch;
	session->easy = curl_easy_init();
	if (!session->easy)
		abort(); /* only without memory */
	set_rules(session);
	set_login(session, secret);
}

void sftp_session_close(struct sftp_session *session)
{
	curl_easy_cleanup(session->easy);
	curl_slist_free_all(session->after);
	if (session->file)
		fclose(session->file);
}

/* The address of the target with an ending, or of another name in its folder. */
void sftp_session_path(struct sftp_session *session, const char *path)
{
	const struct publication *place = session->place;
	CURLU *url = curl_url();
	char port[12], *full = NULL,
		       *whole = mem_printf("%s%s", *path == '/' ? "" : "/~/", path);
	bool v6 = strchr(place->host, ':') != NULL;
	char *host = mem_printf("%s%s%s", v6 ? "[" : "", place->host, v6 ? "]" : "");

	snprintf(port, sizeof(port), "%d", place->port);
	curl_url_set(url, CURLUPART_SCHEME, "sftp", 0);
	curl_url_set(url, CURLUPART_HOST, host, 0);
	curl_url_set(url, CURLUPART_PORT, port, 0);
	curl_url_set(url, CURLUPART_PATH, whole, CURLU_URLENCODE);
	curl_url_get(url, CURLUPART_URL, &full, 0);
	curl_easy_setopt(session->easy, CURLOPT_URL, full);
	curl_free(full);
	free(host);
	free(whole);
	curl_url_cleanup(url);
}

/* Adds `"path"` as libcurl's commands want it. */
static void add_quoted(struct buf *command, const char *path)
{
	buf_adds(command, " \"");
	for (; *path; path++) {
		if (strchr("\"\\'", *path))
			buf_addc(command, '\\');
		buf_addc(command, *path);
	}
	buf_addc(command, '"');
}

/* A command on one or two files ("" and NULL: none); one that begins with * may fail. */
void sftp_command(
	struct curl_slist **list, const char *verb, const char *first, const char *second)
{
	struct buf command;

	buf_init(&command);
	buf_adds(&command, verb);
	add_quoted(&command, first);
	if (second)
		add_quoted(&command, second);
	*list = curl_slist_append(*list, command.data);
	if (!*list)
		abort(); /* only without memory */
	buf_clear(&command);
}

/* ---- failures ---- */

static int host_key_error(const struct sftp_session *session, struct err *err)
{
	const struct publication *place = session->place;

	if (!place->host_key)
		return err_set(err, ERR_SETTINGS,
			"The host key of %s port %d is not accepted yet: it shows %s. Compare that "
			"with what the receiver says; when it is the same, set it as "
			"deliver.host_key. Nothing was sent.",
			place->host, place->port, session->host_key);
	return err_set(err, ERR_SETTINGS,
		"%s port %d shows another host key than the one that was accepted: %s instead of "
		"%s. The receiver may have a new one, or somebody is in between. Ask the receiver; "
		"when the new one is theirs, set it as deliver.host_key. Nothing was sent.",
		place->host, place->port, session->host_key, place->host_key);
}

static int login_error(const struct sftp_session *session, struct err *err)
{
	const struct publication *place = session->place;

	if (place->key_file)
		return err_set(err, ERR_AUTH,
			"%s refuses the key %s for the user %s. Check deliver.user, that the "
			"receiver knows its public half, its passphrase, and that it is an ed25519 "
			"key: older RSA signatures are refused by many servers.",
			place->host, place->key_file, place->user);
	return err_set(err, ERR_AUTH,
		"%s refuses user or password. Check deliver.user, and set the password anew.",
		place->host);
}

static int connect_error(const struct sftp_session *session, struct err *err)
{
	const struct publication *place = session->place;
	long number = 0;

	curl_easy_getinfo(session->easy, CURLINFO_OS_ERRNO, &number);
	if (session->refused)
		return err_set(err, ERR_SETTINGS,
			"%s leads to an address that is refused (link-local or metadata). Correct "
			"deliver.host.",
			place->host);
	return err_set(err, ERR_NETWORK,
		"Cannot connect to %s port %d (%s). Check host and port, and the firewall between "
		"here and there.",
		place->host, place->port,
		number ? strerrordesc_np((int)number) : session->error);
}

static int write_error(const struct sftp_session *session, CURLcode code, struct err *err)
{
	const struct publication *place = session->place;

	switch (code) {
	case CURLE_REMOTE_FILE_NOT_FOUND:
		return err_set(err, ERR_SETTINGS,
			"The folder of %s is not there at %s. Correct deliver.path, or have it "
			"made.",
			place->path, place->host);
	case CURLE_REMOTE_ACCESS_DENIED:
		return err_set(err, ERR_SETTINGS,
			"%s may not be written at %s. Correct deliver.path, or ask the receiver "
			"for the right to write there.",
			place->path, place->host);
	case CURLE_REMOTE_DISK_FULL:
		return err_set(err, ERR_FAILED,
			"The disk at %s is full. The receiver must make room.", place->host);
	case CURLE_QUOTE_ERROR:
		return err_set(err, ERR_FAILED,
			"The upload to %s arrived, but could not be renamed to %s. Ask the "
			"receiver for the right to rename and remove files there.",
			place->host, place->path);
	default:
		return err_set(err, ERR_FAILED,
			"%s did not take the upload to %s (%s). Its disk may be full; ask the "
			"receiver.",
			place->host, place->path,
			*session->error ? session->error : curl_easy_strerror(code));
	}
}

int sftp_session_error(struct sftp_session *session, CURLcode code, struct err *err)
{
	const char *words = *session->error ? session->error : curl_easy_strerror(code);

	switch (code) {
	case CURLE_ABORTED_BY_CALLBACK:
		return err_set(err, ERR_CANCELLED, "The delivery was stopped.");
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
		return err_set(err, ERR_NETWORK,
			"Cannot resolve %s. Check deliver.host and this machine's DNS.",
			session->place->host);
	case CURLE_COULDNT_CONNECT: return connect_error(session, err);
	case CURLE_PEER_FAILED_VERIFICATION: return host_key_error(session, err);
	case CURLE_LOGIN_DENIED: return login_error(session, err);
	case CURLE_READ_ERROR:
		return err_set(err, ERR_FAILED, "The zip could not be read here (%s).", words);
	case CURLE_OPERATION_TIMEDOUT:
		return err_set(
			err, ERR_NETWORK, "%s did not answer in time.", session->place->host);
	case CURLE_SSH: /* libssh2 tells a write that failed from a line that broke in no way */
		return err_set(err, ERR_NETWORK,
			"%s did not take the whole of %s (%s). The connection broke off, or its "
			"disk is full.",
			session->place->host, session->place->path, words);
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_GOT_NOTHING:
		return err_set(err, ERR_NETWORK, "The connection to %s broke off (%s).",
			session->place->host, words);
	default: return write_error(session, code, err);
	}
}

CURLcode sftp_session_perform(struct sftp_session *session)
{
	session->error[0] = '\0';
	return curl_easy_perform(session->easy);
}
