#include "source/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/address.h"
#include "base/mem.h"
#include "source/url.h"

enum { HTTP_BUFFER = 512 * 1024, HTTP_DOORSTEP = 8192 };

static pthread_once_t global_once = PTHREAD_ONCE_INIT;

static void global_init(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

void http_init(struct http *http, const char *ca_bundle, const atomic_bool *cancel)
{
	pthread_once(&global_once, global_init);
	memset(http, 0, sizeof(*http));
	http->multi = curl_multi_init();
	http->share = curl_share_init();
	if (!http->multi || !http->share)
		abort();
	curl_share_setopt(http->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
	curl_share_setopt(http->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
	curl_share_setopt(http->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
	http->ca_bundle = mem_strdup(ca_bundle);
	http->cancel = cancel;
}

void http_clear(struct http *http)
{
	if (http->multi)
		curl_multi_cleanup(http->multi);
	if (http->share)
		curl_share_cleanup(http->share);
	free(http->ca_bundle);
	memset(http, 0, sizeof(*http));
}

bool http_is_cancelled(const struct http *http)
{
	return atomic_load(&http->stop) || (http->cancel && atomic_load(http->cancel));
}

void http_call_init(struct http_call *call)
{
	memset(call, 0, sizeof(*call));
	call->easy = curl_easy_init();
	if (!call->easy)
		abort();
	buf_init(&call->url);
	buf_init(&call->form);
	buf_init(&call->body);
	answer_init(&call->answer);
}

static void wipe(struct http_call *call)
{
	struct curl_slist *header;

	for (header = call->headers; header; header = header->next)
		explicit_bzero(header->data, strlen(header->data));
	curl_slist_free_all(call->headers);
	call->headers = NULL;
	explicit_bzero(call->form.data, call->form.used);
}

void http_call_clear(struct http_call *call)
{
	if (!call->easy)
		return;
	curl_easy_cleanup(call->easy);
	if (call->form.room)
		wipe(call);
	curl_slist_free_all(call->headers);
	buf_clear(&call->url);
	buf_clear(&call->form);
	buf_clear(&call->body);
	memset(call, 0, sizeof(*call));
}

static size_t take_body(char *data, size_t size, size_t count, void *arg)
{
	struct http_call *call = arg;
	size_t length = size * count, most = call->form.used ? HTTP_GRANT_MAX : HTTP_BODY_MAX;

	/* Counted here: a chunked or inflated body names no length beforehand. */
	if (call->body.used + length > most) {
		call->too_large = true;
		return 0;
	}
	buf_add(&call->body, data, length);
	return length;
}

static size_t take_header(char *data, size_t size, size_t count, void *arg)
{
	struct http_call *call = arg;

	answer_header(&call->answer, data, size * count, time(NULL));
	return size * count;
}

/* After resolution, so that a name that leads to a refused address is seen too. */
static curl_socket_t open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct http_call *call = arg;
	char *out = call->refused;

	(void)purpose;
	if (address_is_refused(&address->addr) ||
		(call->plain && !address_is_loopback(&address->addr))) {
		const void *at =
			address->family == AF_INET6
				? (const void *)&((struct sockaddr_in6 *)&address->addr)
					  ->sin6_addr
				: (const void *)&((struct sockaddr_in *)&address->addr)
					  ->sin_addr;

		if (!inet_ntop(address->family, at, out, sizeof(call->refused)))
			snprintf(out, sizeof(call->refused), "an address");
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static void set_rules(struct http_call *call, struct http *http)
{
	CURL *easy = call->easy;

	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, call->plain ? "http" : "https");
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	if (http->ca_bundle)
		curl_easy_setopt(easy, CURLOPT_CAINFO, http->ca_bundle);
	/* What goes to this machine itself goes past any proxy. */
	if (call->plain)
		curl_easy_setopt(easy, CURLOPT_PROXY, "");
	curl_easy_setopt(easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE);
	curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, call);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)HTTP_CONNECT_MS);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)HTTP_SILENCE_S);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)HTTP_WHOLE_S);
	curl_easy_setopt(easy, CURLOPT_COOKIEFILE, "");
	curl_easy_setopt(easy, CURLOPT_SHARE, http->share);
}

static void set_transport(struct http_call *call)
{
	CURL *easy = call->easy;

	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)HTTP_BUFFER);
	curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, "lumenport/" LUMENPORT_VERSION);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, call);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, call);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->error);
	curl_easy_setopt(easy, CURLOPT_PRIVATE, call);
}

static void add_header(struct http_call *call, const char *name, const char *value)
{
	char *line = mem_printf("%s: %s", name, value);

	call->headers = curl_slist_append(call->headers, line);
	explicit_bzero(line, strlen(line));
	free(line);
	if (!call->headers)
		abort();
}

void http_call_prepare(struct http_call *call, struct http *http, const char *authorization)
{
	struct curl_slist *old = call->headers;

	call->headers = NULL;
	call->plain = url_is_plain(call->url.data);
	call->too_large = false;
	call->refused[0] = call->error[0] = '\0';
	call->result = CURLE_OK;
	buf_reset(&call->body);
	answer_init(&call->answer);
	curl_easy_setopt(call->easy, CURLOPT_COOKIEFILE, NULL); /* the reset would leak it */
	curl_easy_reset(call->easy);
	if (old) {
		curl_slist_free_all(old);
	}
	set_rules(call, http);
	set_transport(call);
	add_header(call, "Accept", "application/json");
	if (authorization)
		add_header(call, "Authorization", authorization);
	if (call->form.used) {
		curl_easy_setopt(call->easy, CURLOPT_POSTFIELDSIZE, (long)call->form.used);
		curl_easy_setopt(call->easy, CURLOPT_POSTFIELDS, call->form.data);
	}
	curl_easy_setopt(call->easy, CURLOPT_HTTPHEADER, call->headers);
	curl_easy_setopt(call->easy, CURLOPT_URL, call->url.data);
}

int http_perform(struct http *http, struct http_call *call, struct err *err)
{
	CURLMsg *message;
	int running = 1, left;
	bool cancelled = false;

	curl_multi_add_handle(http->multi, call->easy);
	while (running) {
		curl_multi_perform(http->multi, &running);
		cancelled = http_is_cancelled(http);
		if (!running || cancelled)
			break;
		curl_multi_poll(http->multi, NULL, 0, HTTP_POLL_MS, NULL);
	}
	while ((message = curl_multi_info_read(http->multi, &left)) != NULL)
		if (message->msg == CURLMSG_DONE)
			call->result = message->data.result;
	/* Else a name look-up under way would be waited for. */
	if (cancelled)
		curl_easy_setopt(call->easy, CURLOPT_QUICK_EXIT, 1L);
	curl_multi_remove_handle(http->multi, call->easy);
	if (cancelled)
		return err_set(err, ERR_CANCELLED, "cancelled");
	return call->result == CURLE_OK ? 0 : http_error(call, err);
}

/* Whether the connection was there and broke off in the middle: bad luck, most often. */
static bool broke_off(CURLcode result)
{
	return result == CURLE_PARTIAL_FILE || result == CURLE_GOT_NOTHING ||
	       result == CURLE_RECV_ERROR || result == CURLE_SEND_ERROR;
}

bool http_try_again(const struct http *http, const struct http_call *call, int tries)
{
	const struct answer *answer = &call->answer;
	int wait = HTTP_FIRST_WAIT_MS << (tries - 1);
	bool busy =
		call->result == CURLE_OK && (answer->status == 429 || answer->status >= 500);

	if (!(busy || broke_off(call->result)) || tries >= HTTP_TRIES ||
		answer->retry_after > HTTP_RETRY_AFTER_MAX_S)
		return false;
	if (answer->retry_after > 0)
		wait += answer->retry_after * 1000;
	for (; wait > 0 && !http_is_cancelled(http); wait -= HTTP_POLL_MS)
		usleep((wait < HTTP_POLL_MS ? (unsigned)wait : HTTP_POLL_MS) * 1000);
	return !http_is_cancelled(http);
}

static int certificate_error(const struct http_call *call, const char *host, struct err *err)
{
	const char *words = call->error[0] ? call->error : curl_easy_strerror(call->result);

	if (strstr(words, "expired"))
		return err_set(err, ERR_NETWORK,
			"the certificate of %s has expired. Its operator must renew it; check "
			"this "
			"machine's clock too",
			host);
	if (strstr(words, "host name") || strstr(words, "subject name"))
		return err_set(err, ERR_NETWORK,
			"the certificate of %s is for another name (%s). Check the Service URL",
			host, words);
	return err_set(err, ERR_NETWORK,
		"the certificate of %s is not trusted (%s). If the source has a private "
		"authority, name "
		"its CA bundle in the settings (ca_bundle)",
		host, words);
}

/* Splits what url_host wrote: `host` loses its port, the port (or "443") is returned. */
static const char *split_port(char *host)
{
	char *colon = strrchr(host, ':');

	if (!colon || strchr(colon, ']'))
		return "443";
	*colon = '\0';
	return colon + 1;
}

static int name_error(const struct http_call *call, char *host, struct err *err)
{
	if (call->result == CURLE_COULDNT_RESOLVE_PROXY)
		return err_set(err, ERR_NETWORK,
			"cannot resolve the proxy (%s). Check https_proxy in the environment",
			call->error);
	split_port(host);
	return err_set(err, ERR_NETWORK,
		"cannot resolve %s. Check the host in the Service URL and this machine's DNS",
		host);
}

static int connect_error(const struct http_call *call, char *host, struct err *err)
{
	const char *port = split_port(host);
	long number = 0;

	curl_easy_getinfo(call->easy, CURLINFO_OS_ERRNO, &number);
	if (call->refused[0])
		return err_set(err, ERR_SETTINGS,
			"%s leads to %s, an address that is refused (link-local, metadata, or "
			"plain http away "
			"from this machine). Correct the Service URL",
			host, call->refused);
	if (call->error[0] && !strstr(call->error, host))
		return err_set(err, ERR_NETWORK,
			"the proxy on the way to %s cannot be reached (%s). Check https_proxy "
			"in the "
			"environment",
			host, call->error);
	if (number == ECONNREFUSED || strstr(call->error, "refused"))
		return err_set(err, ERR_NETWORK,
			"connection refused by %s port %s. Check the port in the Service URL, "
			"and that the "
			"source is running",
			host, port);
	return err_set(err, ERR_NETWORK,
		"cannot connect to %s port %s (%s). Check the firewall between here and there",
		host, port, number ? strerrordesc_np((int)number) : call->error);
}

int http_error(const struct http_call *call, struct err *err)
{
	char host[280];
	const char *words = call->error[0] ? call->error : curl_easy_strerror(call->result);

	url_host(call->url.data, host, sizeof(host));
	switch (call->result) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY: return name_error(call, host, err);
	case CURLE_COULDNT_CONNECT: return connect_error(call, host, err);
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_ISSUER_ERROR: return certificate_error(call, host, err);
	case CURLE_SSL_CACERT_BADFILE:
		return err_set(err, ERR_SETTINGS,
			"the CA bundle cannot be read (%s). Correct ca_bundle", words);
	case CURLE_SSL_CONNECT_ERROR:
		return err_set(err, ERR_NETWORK,
			"no TLS with %s (%s). It must speak TLS 1.2 or later on this port",
			host, words);
	case CURLE_OPERATION_TIMEDOUT:
		return err_set(err, ERR_NETWORK,
			"%s did not answer in time. Try again later, or ask for smaller pages "
			"(page_size)",
			host);
	case CURLE_WRITE_ERROR:
		if (call->too_large && call->form.used)
			return err_set(err, ERR_SOURCE,
				"%s sent more than %d MiB in place of a token. Check the "
				"Service URL, or set token_url",
				host, HTTP_GRANT_MAX >> 20);
		if (call->too_large)
			return err_set(err, ERR_SOURCE,
				"%s sent more than %d MiB for one page. Ask for smaller pages "
				"(page_size)",
				host, HTTP_BODY_MAX >> 20);
		break;
	default: break;
	}
	return err_set(err, ERR_NETWORK, "the connection to %s broke off (%s)", host, words);
}

int http_redirect_error(const struct http_call *call, const char *what, struct err *err)
{
	return err_set(err, ERR_SETTINGS,
		"%s redirects to %s, and credentials are not sent after a redirect. If that "
		"address is "
		"the source's, set it in place of %s",
		call->url.data,
		call->answer.location[0] ? call->answer.location : "an unnamed address", what);
}
