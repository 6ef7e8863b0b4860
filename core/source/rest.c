#include "source/rest.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "source/page.h"
#include "source/url.h"

static struct source *rest_open(const struct app *app, const struct secret *secret,
	const atomic_bool *cancel, struct err *err)
{
	struct rest *source;
	char *url = NULL;

	if (url_normalise(app->url, &url, err) < 0)
		return NULL;
	if (app->token_url && url_check(app->token_url, "the token URL", err) < 0) {
		free(url);
		return NULL;
	}
	page_install_hooks();
	source = mem_zero(1, sizeof(*source));
	source->secret = secret;
	source->url = url;
	http_init(&source->http, app->ca_bundle, cancel);
	login_init(&source->login, app->client_id, secret);
	http_call_init(&source->call);
	source->base.learned.page_size = app->learned.page_size;
	return &source->base;
}

static void rest_close(struct source *base)
{
	struct rest *source = (struct rest *)base;

	http_call_clear(&source->call);
	login_clear(&source->login);
	http_clear(&source->http);
	free(source->url);
	free(source);
}

void rest_page_url(const struct rest *source, struct buf *out, const char *root,
	const char *path, int64_t offset, int limit)
{
	buf_reset(out);
	buf_addf(out, "%s/%s%s?limit=%d&offset=%lld", root, path, source->slash ? "/" : "",
		limit, (long long)offset);
	if (!source->unsorted && limit > 1)
		buf_adds(out, "&sort=sourcedId&orderBy=asc");
}

static int send_once(
	struct rest *source, const char *root, const char *path, bool bare, struct err *err)
{
	struct buf authorization;
	int result = -1;

	buf_init(&authorization);
	rest_page_url(source, &source->call.url, root, path, 0, 1);
	if (!bare && login_authorise(&source->login, &source->http, source->call.url.data,
			     &authorization, err) < 0)
		goto out;
	http_call_prepare(&source->call, &source->http, bare ? NULL : authorization.data);
	result = http_perform(&source->http, &source->call, err);
out:
	explicit_bzero(authorization.data, authorization.used);
	buf_clear(&authorization);
	return result;
}

static int probe_once(
	struct rest *source, const char *root, const char *path, bool bare, struct err *err)
{
	int tries = 0, result;

	do {
		source->call.result = CURLE_OK; /* a login that fails sends nothing */
		source->call.answer.status = 0;
		result = send_once(source, root, path, bare, err);
	} while (http_try_again(&source->http, &source->call, ++tries));
	return result;
}

int rest_probe(
	struct rest *source, const char *root, const char *path, bool bare, struct err *err)
{
	if (probe_once(source, root, path, bare, err) < 0)
		return -1;
	if (source->call.answer.status != 404 || source->slash)
		return 0;
	source->slash = true;
	if (probe_once(source, root, path, bare, err) < 0)
		return -1;
	if (source->call.answer.status == 404)
		source->slash = false;
	return 0;
}

int rest_probed_list(struct rest *source, const char *key, struct err *err)
{
	struct page_memory memory;
	struct page page;
	enum page_got got;

	page_memory_init(&memory);
	got = page_open(
		&page, source->call.body.data, source->call.body.used, key, &memory, err);
	if (got == PAGE_CUT)
		err_set(err, ERR_NETWORK, "the answer was cut off. Try again later");
	page_memory_clear(&memory);
	return got == PAGE_RECORD ? 0 : -1;
}

static void hide_word(char *text, const char *word)
{
	size_t length = word ? strlen(word) : 0;
	char *at = text;

	/* On from behind it, for a word may be of nothing but stars. */
	for (; length >= 4 && (at = strstr(at, word)) != NULL; at += length)
		memset(at, '*', length);
}

void rest_hide(const struct rest *source, char *text)
{
	hide_word(text, source->secret->text);
	hide_word(text, source->login.token);
}

const struct source_kind rest_kind = {
	.open = rest_open,
	.close = rest_close,
	.connect = rest_connect,
	.pull = rest_pull,
	.check = rest_check,
};
