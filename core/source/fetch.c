#include "source/fetch.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/mem.h"
#include "source/fault.h"

int64_t fetch_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Between 3/4 and 5/4 of it, so that several clients do not come back in step. */
static int64_t jittered(int64_t ms)
{
	unsigned char random = 128;

	if (getrandom(&random, 1, 0) != 1)
		random = 128;
	return ms * 3 / 4 + ms * random / 512;
}

static void settle(struct fetch *fetch, struct slot *slot)
{
	slot->state = slot->dropped ? SLOT_FREE : SLOT_DONE;
	pthread_cond_signal(&fetch->changed);
}

static void fail(struct fetch *fetch, struct slot *slot, const struct err *err)
{
	slot->failed = true;
	slot->err = *err;
	settle(fetch, slot);
}

/* Back into the queue for later, or given up. */
static bool try_later(
	struct fetch *fetch, struct slot *slot, enum pull_wait why, int retry_after)
{
	int64_t wait = (int64_t)FETCH_FIRST_WAIT_MS << (slot->tries > 0 ? slot->tries - 1 : 0);

	if (slot->tries >= FETCH_TRIES)
		return false;
	wait = jittered(wait < FETCH_WAIT_MAX_MS ? wait : FETCH_WAIT_MAX_MS);
	if (retry_after > FETCH_RETRY_AFTER_MAX_S)
		retry_after = FETCH_RETRY_AFTER_MAX_S;
	if (retry_after > 0)
		wait = (int64_t)retry_after * 1000 + wait / 4;
	slot->not_before = fetch_now() + wait;
	/* Asked to wait: so do all the others. */
	if ((why == WAIT_RATE_LIMIT || retry_after > 0) && slot->not_before > fetch->hold_until)
		fetch->hold_until = slot->not_before;
	fetch->wait = why;
	fetch->wait_until = slot->not_before;
	fetch->retries++;
	slot->state = slot->dropped ? SLOT_FREE : SLOT_QUEUED;
	pthread_cond_signal(&fetch->changed);
	return true;
}

static bool may_pass(const struct http_call *call)
{
	switch (call->result) {
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_URL_MALFORMAT: return false;
	case CURLE_WRITE_ERROR: return !call->too_large;
	default: return !call->refused[0];
	}
}

static void no_answer(struct fetch *fetch, struct slot *slot)
{
	struct err err;
	double sent = 0;

	curl_easy_getinfo(slot->call.easy, CURLINFO_PRETRANSFER_TIME, &sent);
	slot->slow = slot->call.result == CURLE_OPERATION_TIMEDOUT && sent > 0;
	/* Twice too slow: whoever asks may want smaller pages rather than a third wait. */
	if (!(slot->slow && slot->tries >= FETCH_SLOW_TRIES) && may_pass(&slot->call) &&
		try_later(fetch, slot, WAIT_RETRY, 0))
		return;
	http_error(&slot->call, &err);
	fail(fetch, slot, &err);
}

static void source_is_busy(struct fetch *fetch, struct slot *slot)
{
	const struct answer *answer = &slot->call.answer;
	char reason[FAULT_SIZE];
	struct err err;

	if (answer->status == 429)
		fetch->parallel = 1;
	else if (answer->status == 503 && fetch->parallel > 1)
		fetch->parallel /= 2;
	if (try_later(fetch, slot, answer->status == 429 ? WAIT_RATE_LIMIT : WAIT_RETRY,
		    answer->retry_after))
		return;
	fault_text(slot->call.body.data, slot->call.body.used, reason);
	err_set(&err, ERR_NETWORK, "the source answered %s with status %ld %d times%s%s. %s",
		slot->call.url.data, answer->status, slot->tries, reason[0] ? ": " : "", reason,
		answer->status == 429 ? "It allows fewer requests: lower parallel, or run later"
				      : "Try again later");
	fail(fetch, slot, &err);
}

/* A token may have run out: one new one, and the same request once more. */
static void not_authorised(struct fetch *fetch, struct slot *slot)
{
	struct err err;

	if (++slot->logins > 1) {
		login_denied(fetch->login, &slot->call, &err);
		fail(fetch, slot, &err);
		return;
	}
	if (slot->token_number == fetch->login->token_number)
		fetch->login->renew_at = 1; /* long past: renewed before the next request */
	slot->tries--;
	fetch->retries++;
	slot->not_before = 0;
	slot->state = slot->dropped ? SLOT_FREE : SLOT_QUEUED;
}

/* A transfer ended; with the lock held. */
static void finish(struct fetch *fetch, struct slot *slot)
{
	long status = slot->call.answer.status;

	fetch->flying--;
	fetch->bytes += (int64_t)slot->call.body.used;
	if (slot->call.result != CURLE_OK) {
		no_answer(fetch, slot);
	} else if (status == 401) {
		not_authorised(fetch, slot);
	} else if (status == 429 || status == 408 || status >= 500) {
		source_is_busy(fetch, slot);
	} else {
		slot->failed = false;
		settle(fetch, slot);
	}
}

/* Sends a queued request; called without the lock, as the token may have to be fetched. */
static void send_request(struct fetch *fetch, struct slot *slot)
{
	struct buf authorization;
	struct err err;
	int result;

	buf_init(&authorization);
	result = login_authorise(
		fetch->login, fetch->http, slot->call.url.data, &authorization, &err);
	if (result == 0) {
		slot->token_number = fetch->login->token_number;
		http_call_prepare(&slot->call, fetch->http, authorization.data);
		curl_multi_add_handle(fetch->multi, slot->call.easy);
	}
	explicit_bzero(authorization.data, authorization.used);
	buf_clear(&authorization);
	if (result == 0)
		return;
	pthread_mutex_lock(&fetch->lock);
	fetch->flying--;
	if (err.code != ERR_NETWORK || !try_later(fetch, slot, WAIT_RETRY, 0))
		fail(fetch, slot, &err);
	pthread_mutex_unlock(&fetch->lock);
}

/* The oldest request that may be sent now; else the ms until one may, in *wait. */
static struct slot *next_to_send(struct fetch *fetch, int *wait)
{
	struct slot *best = NULL, *slot;
	int64_t now = fetch_now(), from;
	size_t i;

	if (fetch->flying >= fetch->parallel)
		return NULL;
	for (i = 0; i < fetch->count; i++) {
		slot = &fetch->slots[i];
		if (slot->state != SLOT_QUEUED)
			continue;
		from = slot->not_before > fetch->hold_until ? slot->not_before
							    : fetch->hold_until;
		if (from > now) {
			if (from - now < *wait)
				*wait = (int)(from - now);
		} else if (!best || slot->number < best->number) {
			best = slot;
		}
	}
	return best;
}

/* Takes dropped transfers off the wire. With the lock held. */
static void abandon_dropped(struct fetch *fetch)
{
	size_t i;

	for (i = 0; i < fetch->count; i++) {
		struct slot *slot = &fetch->slots[i];

		if (slot->state == SLOT_FLYING && (slot->dropped || fetch->stop)) {
			curl_easy_setopt(slot->call.easy, CURLOPT_QUICK_EXIT, 1L);
			curl_multi_remove_handle(fetch->multi, slot->call.easy);
			fetch->flying--;
			slot->state = SLOT_FREE;
			pthread_cond_signal(&fetch->changed);
		}
	}
}

static void collect(struct fetch *fetch)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(fetch->multi, &left)) != NULL) {
		struct slot *slot = NULL;
		CURL *easy = message->easy_handle;
		CURLcode result = message->data.result;
		size_t i;

		for (i = 0; i < fetch->count; i++)
			if (fetch->slots[i].call.easy == easy)
				slot = &fetch->slots[i];
		curl_multi_remove_handle(fetch->multi, easy);
		if (!slot)
			continue;
		slot->call.result = result;
		pthread_mutex_lock(&fetch->lock);
		finish(fetch, slot);
		pthread_mutex_unlock(&fetch->lock);
	}
}

/* Sends what may be sent. Returns how long to wait for something to happen; -1: stop. */
static int send_due(struct fetch *fetch)
{
	struct slot *slot;
	int wait = 1000;
	bool stop;

	for (;;) {
		pthread_mutex_lock(&fetch->lock);
		abandon_dropped(fetch);
		stop = fetch->stop;
		slot = stop ? NULL : next_to_send(fetch, &wait);
		if (slot) {
			slot->state = SLOT_FLYING;
			slot->tries++;
			fetch->flying++;
			fetch->requests++;
		}
		pthread_mutex_unlock(&fetch->lock);
		if (!slot)
			return stop ? -1 : wait;
		send_request(fetch, slot);
	}
}

static void *run(void *arg)
{
	struct fetch *fetch = arg;
	int running, wait;

	while ((wait = send_due(fetch)) >= 0) {
		curl_multi_perform(fetch->multi, &running);
		collect(fetch);
		if ((wait = send_due(fetch)) < 0)
			break;
		curl_multi_poll(fetch->multi, NULL, 0, wait, NULL);
	}
	return NULL;
}

void fetch_start(struct fetch *fetch, struct http *http, struct login *login, int parallel)
{
	pthread_condattr_t attributes;
	size_t i;

	memset(fetch, 0, sizeof(*fetch));
	fetch->http = http;
	fetch->login = login;
	fetch->parallel = parallel < 1                    ? 1
			  : parallel > FETCH_PARALLEL_MAX ? FETCH_PARALLEL_MAX
							  : parallel;
	fetch->count = (size_t)fetch->parallel + FETCH_AHEAD;
	fetch->slots = mem_zero(fetch->count, sizeof(*fetch->slots));
	for (i = 0; i < fetch->count; i++)
		http_call_init(&fetch->slots[i].call);
	fetch->multi = curl_multi_init();
	pthread_mutex_init(&fetch->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&fetch->changed, &attributes);
	pthread_condattr_destroy(&attributes);
	if (!fetch->multi || pthread_create(&fetch->thread, NULL, run, fetch) != 0)
		abort();
}

void fetch_stop(struct fetch *fetch)
{
	size_t i;

	atomic_store(&fetch->http->stop, true);
	pthread_mutex_lock(&fetch->lock);
	fetch->stop = true;
	pthread_mutex_unlock(&fetch->lock);
	curl_multi_wakeup(fetch->multi);
	pthread_join(fetch->thread, NULL);
	atomic_store(&fetch->http->stop, false);
	for (i = 0; i < fetch->count; i++)
		http_call_clear(&fetch->slots[i].call);
	curl_multi_cleanup(fetch->multi);
	free(fetch->slots);
	pthread_mutex_destroy(&fetch->lock);
	pthread_cond_destroy(&fetch->changed);
}

struct slot *fetch_free_slot(struct fetch *fetch)
{
	struct slot *found = NULL;
	size_t i;

	pthread_mutex_lock(&fetch->lock);
	for (i = 0; i < fetch->count && !found; i++)
		if (fetch->slots[i].state == SLOT_FREE)
			found = &fetch->slots[i];
	pthread_mutex_unlock(&fetch->lock);
	return found;
}

void fetch_queue(struct fetch *fetch, struct slot *slot)
{
	pthread_mutex_lock(&fetch->lock);
	slot->state = SLOT_QUEUED;
	slot->dropped = slot->failed = slot->slow = false;
	slot->tries = slot->logins = 0;
	slot->not_before = 0;
	pthread_mutex_unlock(&fetch->lock);
	curl_multi_wakeup(fetch->multi);
}

bool fetch_again(struct fetch *fetch, struct slot *slot)
{
	bool again;

	pthread_mutex_lock(&fetch->lock);
	again = try_later(fetch, slot, WAIT_RETRY, 0);
	pthread_mutex_unlock(&fetch->lock);
	curl_multi_wakeup(fetch->multi);
	return again;
}

void fetch_drop(struct fetch *fetch, struct slot *slot)
{
	pthread_mutex_lock(&fetch->lock);
	slot->dropped = true;
	if (slot->state != SLOT_FLYING)
		slot->state = SLOT_FREE;
	pthread_mutex_unlock(&fetch->lock);
	curl_multi_wakeup(fetch->multi);
}

bool fetch_is_done(struct fetch *fetch, struct slot *slot, int ms)
{
	struct timespec until;
	bool done;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += (long)ms * 1000000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&fetch->lock);
	if (!(slot && slot->state == SLOT_DONE) && ms > 0)
		pthread_cond_timedwait(&fetch->changed, &fetch->lock, &until);
	done = slot && slot->state == SLOT_DONE;
	pthread_mutex_unlock(&fetch->lock);
	return done;
}

void fetch_progress(struct fetch *fetch, struct pull_progress *progress)
{
	int64_t now = fetch_now();

	pthread_mutex_lock(&fetch->lock);
	progress->requests = fetch->requests;
	progress->retries = fetch->retries;
	progress->bytes = fetch->bytes;
	progress->wait = WAIT_NONE;
	progress->wait_seconds = 0;
	if (fetch->wait_until > now && fetch->flying == 0) {
		progress->wait = fetch->wait;
		progress->wait_seconds = (int)((fetch->wait_until - now + 999) / 1000);
	}
	pthread_mutex_unlock(&fetch->lock);
}
