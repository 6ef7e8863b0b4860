/*
 * rest_connect: where the collections are and how requests are authorised. What was learned
 * is tried first; then every candidate root that answers, with every way to authorise.
 */
#include "source/rest.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "source/url.h"

/* Errors met on the way, the most telling kept for the end. */
struct search {
	struct url_list roots; /* that answered as if they were there */
	struct url_list dead;  /* token addresses that are none */
	char *good_token_url;  /* owned; granted a token */
	struct err denied;     /* a token was had, but it does not open the door */
	struct err token;      /* a token address answered, but with no grant and no refusal */
	struct err signature;  /* a signature was refused */
	struct err refused;    /* client id and secret were refused */
	struct err redirect;   /* an address moved */
	struct err other;
};

enum tried { TRIED_WORKS, TRIED_NEXT_STYLE, TRIED_NEXT_TOKEN, TRIED_NEXT_ROOT, TRIED_STOP };

static void remember_err(struct err *kept, const struct err *err)
{
	if (kept->code == ERR_NONE)
		*kept = *err;
}

/* Whether nothing else can succeed either. */
static bool is_final(
	const struct search *search, const struct rest *source, const struct err *err)
{
	(void)search;
	return err->code == ERR_CANCELLED ||
	       (err->code == ERR_NETWORK && source->login.call.result != CURLE_OK);
}

/* The door, with whatever the login says. */
static enum tried try_root(
	struct rest *source, struct search *search, const char *root, struct err *err)
{
	long status;
	int list = -1, tries = 0;

	do {
		if (rest_probe(source, root, "orgs", false, err) < 0)
			return TRIED_STOP;
		status = source->call.answer.status;
		if (status == 200)
			list = rest_probed_list(source, "orgs", err);
	} while (list < 0 && status == 200 && err->code == ERR_NETWORK && ++tries < HTTP_TRIES);
	if (status == 401 || status == 403) {
		login_denied(&source->login, &source->call, err);
		remember_err(oauth_style_is_1(source->login.style) ? &search->signature
								   : &search->denied,
			err);
		return TRIED_NEXT_STYLE;
	}
	if (status >= 300 && status < 400) {
		http_redirect_error(&source->call, "the Service URL", err);
		remember_err(&search->redirect, err);
		return TRIED_NEXT_ROOT;
	}
	if (status == 429 || status >= 500) {
		err_set(err, ERR_NETWORK, "%s fails with status %ld. Try again later",
			source->call.url.data, status);
		return TRIED_STOP;
	}
	if (list == 0)
		return TRIED_WORKS;
	if (status == 200)
		err_context(err, "%s/orgs", root);
	else
		err_set(err, ERR_SOURCE,
			"no OneRoster service at %s (status %ld). Check the Service URL with "
			"the source's administrator",
			root, status);
	remember_err(&search->other, err);
	return TRIED_NEXT_ROOT;
}

static enum tried try_token(struct rest *source, struct search *search, const char *root,
	enum oauth_style style, const char *token_url, struct err *err)
{
	login_use(&source->login, style, token_url, url_is_v1p2(root));
	if (login_renew(&source->login, &source->http, err) == 0) {
		mem_replace(&search->good_token_url, token_url);
		return try_root(source, search, root, err);
	}
	if (is_final(search, source, err))
		return TRIED_STOP;
	if (err->code == ERR_AUTH) {
		remember_err(&search->refused, err);
		return TRIED_NEXT_STYLE;
	}
	if (err->code == ERR_SETTINGS)
		remember_err(&search->redirect, err);
	else
		remember_err(login_is_missing(&source->login) ? &search->other : &search->token,
			err);
	url_list_add(&search->dead, token_url);
	return TRIED_NEXT_TOKEN;
}

static bool is_dead(const struct search *search, const char *token_url)
{
	size_t i;

	for (i = 0; i < search->dead.count; i++)
		if (strcmp(search->dead.url[i], token_url) == 0)
			return true;
	return false;
}

static enum tried try_oauth2(
	struct rest *source, struct search *search, const char *root, struct err *err)
{
	struct url_list tokens = {.count = 0};
	enum tried tried = TRIED_NEXT_ROOT;
	size_t i;
	int style;

	if (source->base.app->token_url) {
		url_list_add(&tokens, source->base.app->token_url);
	} else {
		if (search->good_token_url)
			url_list_add(&tokens, search->good_token_url);
		url_tokens(root, &tokens);
	}
	for (i = 0; i < tokens.count; i++) {
		if (is_dead(search, tokens.url[i]))
			continue;
		tried = TRIED_NEXT_STYLE;
		for (style = 0; style <= OAUTH2_BODY && tried == TRIED_NEXT_STYLE; style++)
			tried = try_token(source, search, root, (enum oauth_style)style,
				tokens.url[i], err);
		if (tried != TRIED_NEXT_TOKEN && tried != TRIED_NEXT_STYLE)
			break;
		/* It grants tokens, only not for this door: the other addresses are guesses. */
		if (search->good_token_url &&
			strcmp(search->good_token_url, tokens.url[i]) == 0)
			break;
	}
	url_list_clear(&tokens);
	return tried;
}

static enum tried try_oauth1(
	struct rest *source, struct search *search, const char *root, struct err *err)
{
	enum tried tried = TRIED_NEXT_STYLE;
	int style;

	for (style = OAUTH1_SHA1; style < OAUTH_STYLES && tried == TRIED_NEXT_STYLE; style++) {
		login_use(&source->login, (enum oauth_style)style, NULL, url_is_v1p2(root));
		tried = try_root(source, search, root, err);
	}
	return tried;
}

/* Asks every candidate root without credentials whether it is there. */
static int look_for_roots(struct rest *source, struct search *search, struct err *err)
{
	struct url_list candidates = {.count = 0};
	struct err why = {0};
	size_t i;
	long status;
	int result = -1;

	url_roots(source->url, &candidates);
	for (i = 0; i < candidates.count; i++) {
		if (rest_probe(source, candidates.url[i], "orgs", true, err) < 0)
			goto out;
		status = source->call.answer.status;
		if (status >= 300 && status < 400) {
			http_redirect_error(&source->call, "the Service URL", &why);
			remember_err(&search->redirect, &why);
		} else if (status != 404 && status != 405 && status != 410 &&
			   (status != 200 || rest_probed_list(source, "orgs", &why) == 0)) {
			url_list_add(&search->roots, candidates.url[i]);
		} else if (status == 200) {
			err_context(&why, "%s/orgs", candidates.url[i]);
			remember_err(&search->other, &why);
		}
	}
	result = 0;
out:
	url_list_clear(&candidates);
	return result;
}

static void learn(struct rest *source, const char *root)
{
	mem_replace(&source->base.learned.root, root);
	mem_replace(&source->base.learned.token_url, source->login.token_url);
	mem_replace(&source->base.learned.auth, oauth_style_name(source->login.style));
	source->connected = true;
}

/* What worked before. True when it still does; a network error is final. */
static enum tried try_learned(struct rest *source, struct search *search, struct err *err)
{
	const struct learned *known = &source->base.app->learned;
	enum oauth_style style;
	enum tried tried;

	if (!known->root || !oauth_style_by_name(known->auth, &style) ||
		!oauth_style_fits(style, source->base.app->auth) ||
		!url_same_origin(known->root, source->url) ||
		(!oauth_style_is_1(style) && !known->token_url))
		return TRIED_NEXT_ROOT;
	if (oauth_style_is_1(style)) {
		login_use(&source->login, style, NULL, url_is_v1p2(known->root));
		tried = try_root(source, search, known->root, err);
	} else {
		/* Learned from elsewhere, it must not carry the secret there. */
		if (!(source->base.app->token_url &&
			    strcmp(source->base.app->token_url, known->token_url) == 0) &&
			!url_same_origin(known->token_url, source->url))
			return TRIED_NEXT_ROOT;
		tried = try_token(source, search, known->root, style, known->token_url, err);
	}
	if (tried == TRIED_WORKS)
		learn(source, known->root);
	return tried;
}

static int nothing_worked(struct rest *source, const struct search *search, struct err *err)
{
	const struct err *const kept[] = {&search->denied, &search->refused, &search->redirect,
		&search->token, &search->signature, &search->other};
	size_t i;

	for (i = search->roots.count ? 0 : 2; i < sizeof(kept) / sizeof(kept[0]); i++) {
		if (kept[i]->code != ERR_NONE) {
			*err = *kept[i];
			if (kept[i] == &search->signature &&
				source->base.app->auth == AUTH_AUTO)
				err_context(err, "no token address was found (if the source "
						 "uses OAuth 2, set token_url), and without "
						 "one");
			return -1;
		}
	}
	return err_set(err, ERR_SOURCE,
		"no OneRoster service found under %s (tried /ims/oneroster/v1p1 and five more). "
		"Ask the source's administrator for its OneRoster base URL",
		source->url);
}

static int search_all(struct rest *source, struct search *search, struct err *err)
{
	enum auth_mode mode = source->base.app->auth;
	enum tried tried;
	size_t i;

	if (look_for_roots(source, search, err) < 0)
		return -1;
	for (i = 0; i < search->roots.count; i++) {
		const char *root = search->roots.url[i];

		tried = TRIED_NEXT_ROOT;
		if (mode != AUTH_OAUTH1)
			tried = try_oauth2(source, search, root, err);
		/* A source that grants tokens wants no signatures. */
		if (mode == AUTH_OAUTH1 ||
			(mode == AUTH_AUTO && !search->good_token_url && tried != TRIED_STOP))
			tried = try_oauth1(source, search, root, err);
		if (tried == TRIED_WORKS) {
			learn(source, root);
			return 0;
		}
		if (tried == TRIED_STOP)
			return -1;
	}
	return nothing_worked(source, search, err);
}

int rest_connect(struct source *base, struct err *err)
{
	struct rest *source = (struct rest *)base;
	struct search search = {.good_token_url = NULL};
	struct err why = {0};
	enum tried tried = try_learned(source, &search, &why);
	int result = -1;

	if (tried == TRIED_WORKS) {
		result = 0;
	} else if (tried == TRIED_STOP) {
		*err = why;
	} else {
		/* What went wrong with the old way says nothing about the new one. */
		url_list_clear(&search.dead);
		free(search.good_token_url);
		memset(&search, 0, sizeof(search));
		result = search_all(source, &search, &why);
		if (result < 0)
			*err = why;
	}
	if (result < 0)
		rest_hide(source, err->text);
	url_list_clear(&search.roots);
	url_list_clear(&search.dead);
	free(search.good_token_url);
	return result;
}
