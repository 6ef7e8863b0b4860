/*
 * rest_pull: whole collections, page by page, until each is proven complete.
 *
 * plan.c decides what is asked for, fetch.c brings it, page.c takes it apart, pass.c judges;
 * here it is put together, and what a source refuses is answered.
 */
#include "source/rest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/idset.h"
#include "base/mem.h"
#include "source/decode.h"
#include "source/fault.h"
#include "source/page.h"
#include "source/pass.h"
#include "source/plan.h"

enum {
	PULL_TICK_MS = 200,        /* between two reports of progress */
	PULL_RECORDS_A_LOOK = 256, /* between two looks at the clock */
	PULL_LIMIT_MIN = 10,       /* a smaller page is not tried */
	PULL_PAGES_MAX = 2000000,
	PULL_RECORDS_MAX = 200000000, /* of one collection */
};

struct pull {
	struct rest *source;       /* borrowed */
	const struct taker *taker; /* borrowed */
	struct fetch fetch;
	struct plan plan;
	struct page_memory memory;
	struct pass pass; /* over the present step */
	bool repeat;      /* it is the second one */
	int64_t handed;   /* records of the head page given to the taker before it broke off */
	int64_t restart_until; /* the repetition is shown until then */
	char revision[128];    /* x-perm-rev of the pull; "": none seen */
	struct pull_progress shown;
	int64_t next_tick;
	struct decoder decoder;
	struct arena decoded;     /* what one decoded record needs */
	struct idset seen;        /* ids of the present step */
	int64_t largest_followed; /* largest page that was not its collection's only one */
};

static struct step *present(struct pull *pull)
{
	return &pull->plan.steps[pull->plan.current];
}

/* Reports progress when it is due, and looks whether the pull is cancelled. */
static int tick(struct pull *pull, struct err *err)
{
	struct pull_progress *shown = &pull->shown;
	int64_t now = fetch_now();

	if (http_is_cancelled(&pull->source->http))
		return err_set(err, ERR_CANCELLED, "cancelled");
	if (!pull->taker->progress || now < pull->next_tick)
		return 0;
	pull->next_tick = now + PULL_TICK_MS;
	fetch_progress(&pull->fetch, shown);
	if (shown->wait == WAIT_NONE && now < pull->restart_until)
		shown->wait = WAIT_RESTART;
	pull->taker->progress(pull->taker->arg, shown);
	return 0;
}

static void note(struct pull *pull, enum pull_note kind, const char *text)
{
	if (pull->taker->note)
		pull->taker->note(pull->taker->arg, kind, present(pull)->collection, text);
}

/* Whether the id came before, and whether that is the source's doing. */
static enum seen look_up(struct pull *pull, const char *id, bool handed)
{
	if (idset_add(&pull->seen, XXH3_64bits(id, strlen(id))))
		return SEEN_FIRST;
	return handed || pull->repeat ? SEEN_REPEAT : SEEN_AGAIN;
}

/* One record to the taker, counted unless it was handed over before. */
static int take_record(struct pull *pull, struct pass_page *counts, const struct cJSON *json,
	const char *text, size_t length, struct err *err)
{
	const struct taker *taker = pull->taker;
	bool handed = counts->count <= pull->handed;
	struct source_record record;
	enum seen seen;

	arena_reset(&pull->decoded);
	if (!handed) {
		pull->shown.received++;
		pull->shown.received_in_all++;
	}
	if (decode_record(&pull->decoder, present(pull)->collection, json, text, length,
		    &pull->decoded, taker->problems, &record)) {
		note(pull, NOTE_UNUSABLE, "");
		return 0;
	}
	seen = look_up(pull, record.id, handed);
	counts->fresh += seen == SEEN_FIRST;
	counts->again += seen != SEEN_FIRST && !handed;
	return taker->record(taker->arg, &record, seen, err);
}

/* All records of a page. PAGE_END: all taken; PAGE_CUT; PAGE_BAD: *err. */
static enum page_got take_records(
	struct pull *pull, struct page *page, struct pass_page *counts, struct err *err)
{
	const struct cJSON *json;
	const char *text;
	size_t length;
	enum page_got got;

	while ((got = page_next(page, &json, &text, &length, err)) >= PAGE_RECORD) {
		if (got == PAGE_END || got == PAGE_CUT)
			break;
		counts->count++;
		if (got == PAGE_UNREADABLE)
			note(pull, NOTE_UNREADABLE,
				"one record is not a JSON object and was left out");
		else if (take_record(pull, counts, json, text, length, err) < 0)
			return PAGE_BAD;
		if (counts->count % PULL_RECORDS_A_LOOK == 0 && tick(pull, err) < 0)
			return PAGE_BAD;
	}
	/* What the taker says is of no one page: it judges later, and other records. */
	if (got == PAGE_BAD && err->code == ERR_SOURCE)
		err_context(err, "%s", present(pull)->path);
	return got;
}

static void note_repaired(struct pull *pull, const struct page *page)
{
	char text[120];

	if (!page->repaired)
		return;
	snprintf(text, sizeof(text),
		"malformed characters in a page of %s were replaced (%lld places)",
		present(pull)->path, (long long)page->repaired);
	note(pull, NOTE_REPAIRED, text);
}

/* Breaks the pull off when the source went to another snapshot. */
static int check_revision(struct pull *pull, const struct answer *answer, struct err *err)
{
	if (!answer->revision[0])
		return 0;
	if (pull->revision[0] && strcmp(pull->revision, answer->revision) != 0)
		return err_set(err, ERR_AGAIN,
			"the source changed to another snapshot (x-perm-rev) while it was "
			"read");
	memcpy(pull->revision, answer->revision, sizeof(pull->revision));
	return 0;
}

static int check_pass(struct pull *pull, bool *done, struct err *err)
{
	const struct pass *pass = &pull->pass;
	char text[300];

	switch (pass_judge(pass, pull->repeat)) {
	case PASS_PROVEN: *done = true; return 0;
	case PASS_REPEAT: *done = false; return 0;
	case PASS_DOUBTFUL:
		snprintf(text, sizeof(text),
			"the source names a total of %lld %s, but gave %lld, twice; what came "
			"was taken",
			(long long)pass->total, present(pull)->path, (long long)pass->received);
		note(pull, NOTE_TOTAL_WRONG, text);
		*done = true;
		return 0;
	case PASS_BROKEN: break;
	}
	if (!pass->total_named)
		return err_set(err, ERR_SOURCE,
			"%s did not arrive whole: the source denied that there is more after "
			"%lld records, and gave more at a second try. Run the import again "
			"when the source is quiet",
			present(pull)->path, (long long)pass->received);
	return err_set(err, ERR_SOURCE,
		"%s did not arrive whole: the source names a total of %lld and gave %lld, and a "
		"second try did not agree with the first. Run the import again when the source "
		"is quiet",
		present(pull)->path, (long long)pass->total, (long long)pass->received);
}

static void begin_pass(struct pull *pull, bool repeat)
{
	if (!repeat)
		idset_clear(&pull->seen);
	memset(&pull->pass, 0, sizeof(pull->pass));
	pull->repeat = repeat;
	pull->handed = 0;
	pull->shown.received = 0;
	pull->shown.total = -1;
}

/* The present step has come to its end: on to the next, or once more. */
static int end_pass(struct pull *pull, struct err *err)
{
	bool done;

	if (check_pass(pull, &done, err) < 0)
		return -1;
	if (pull->pass.pages > 1 && pull->pass.largest > pull->largest_followed)
		pull->largest_followed = pull->pass.largest;
	if (!done) {
		pull->restart_until = fetch_now() + 1000;
		pull->shown.received_in_all -= pull->pass.received;
		begin_pass(pull, true);
		plan_repeat(&pull->plan);
		return 0;
	}
	plan_next_step(&pull->plan);
	if (pull->plan.current < pull->plan.count) {
		enum collection before = pull->shown.collection;

		begin_pass(pull, false);
		pull->shown.collection = present(pull)->collection;
		/* Students and teachers are counted as one. */
		if (pull->shown.collection == before)
			pull->shown.received = 0;
	}
	return 0;
}

static int stuck(struct pull *pull, struct err *err)
{
	return err_set(err, ERR_SOURCE,
		"the source gives the same page of %s again and again (after %lld records). It "
		"does not honour the offset; report this to its operator",
		present(pull)->path, (long long)pull->pass.received);
}

/* Counts a page that was taken whole, and goes on behind it. */
static int count_page(struct pull *pull, const struct slot *slot,
	const struct pass_page *counts, struct err *err)
{
	struct step *step = present(pull);
	struct pass *pass = &pull->pass;
	int64_t before = pass->largest;
	enum pass_next next = pass_add(pass, counts, &slot->call.answer, pull->repeat);

	pull->handed = 0;
	if (counts->count > step->largest)
		step->largest = counts->count;
	/* A page that another one follows was a full one. */
	if (counts->count > 0 && before > pull->plan.granted)
		pull->plan.granted = before;
	if (pass->total > 0)
		pull->shown.total = pass->total;
	plan_pass_head(&pull->plan);
	if (next == PASS_STUCK)
		return stuck(pull, err);
	if (next == PASS_END)
		return end_pass(pull, err);
	if (pass->pages > PULL_PAGES_MAX || pass->received > PULL_RECORDS_MAX)
		return err_set(err, ERR_SOURCE, "%s has no end: %lld records in %d pages",
			step->path, (long long)pass->received, pass->pages);
	plan_go_on(&pull->plan, pass->received);
	return 0;
}

static int page_is_cut(struct pull *pull, struct slot *slot, int64_t handed, struct err *err)
{
	if (handed > pull->handed)
		pull->handed = handed;
	if (fetch_again(&pull->fetch, slot))
		return 0;
	return err_set(err, ERR_SOURCE,
		"the page of %s at offset %lld arrives broken every time: its JSON ends too "
		"early",
		present(pull)->path, (long long)slot->offset);
}

/* The same body as before: nothing in it is new, and nothing a duplicate of the source's. */
static bool is_last_page_again(const struct pull *pull, struct pass_page *counts)
{
	if (!pull->pass.pages || pull->handed || counts->hash != pull->pass.last_hash)
		return false;
	counts->count = counts->again = pull->pass.last;
	return true;
}

static int take_page(struct pull *pull, struct slot *slot, struct err *err)
{
	struct buf *body = &slot->call.body;
	struct pass_page counts = {.limit = slot->limit};
	struct page page;
	enum page_got got;

	if (check_revision(pull, &slot->call.answer, err) < 0)
		return -1;
	counts.hash = XXH3_64bits(body->data, body->used);
	if (is_last_page_again(pull, &counts))
		return count_page(pull, slot, &counts, err);
	got = page_open(&page, body->data, body->used, present(pull)->key, &pull->memory, err);
	if (got == PAGE_BAD)
		return err_context(err, "%s", present(pull)->path);
	if (got == PAGE_RECORD)
		got = take_records(pull, &page, &counts, err);
	if (got == PAGE_CUT)
		return page_is_cut(pull, slot, counts.count, err);
	if (got == PAGE_BAD)
		return -1;
	note_repaired(pull, &page);
	return count_page(pull, slot, &counts, err);
}

/* Smaller pages from here on. False: they are as small as they may get. */
static bool shrink(struct pull *pull, struct slot *slot)
{
	int limit = slot->limit / 2 > PULL_LIMIT_MIN ? slot->limit / 2 : PULL_LIMIT_MIN;

	if (limit >= slot->limit)
		return false;
	pull->plan.limit = limit;
	pull->source->limit_cap = pull->plan.limit;
	plan_forget(&pull->plan, pull->pass.received);
	return true;
}

static int refused(const struct slot *slot, struct err *err)
{
	char reason[FAULT_SIZE];

	fault_text(slot->call.body.data, slot->call.body.used, reason);
	return err_set(err, ERR_SOURCE,
		"the source answers %s with status %ld%s%s. Its operator can tell why",
		slot->call.url.data, slot->call.answer.status, reason[0] ? ": " : "", reason);
}

/* 400: something asked for is too much. The page size if it says so, else the order, else the
 * size. */
static int bad_request(struct pull *pull, struct slot *slot, struct err *err)
{
	bool names_limit = strcasestr(slot->call.body.data, "limit") != NULL;
	bool sorted = strstr(slot->call.url.data, "&sort=") != NULL;

	if (sorted && !names_limit) {
		pull->source->unsorted = true;
		plan_forget(&pull->plan, pull->pass.received);
		return 0;
	}
	if (shrink(pull, slot))
		return 0;
	return refused(slot, err);
}

/* 403 and 404. */
static int not_there(struct pull *pull, struct slot *slot, struct err *err)
{
	struct step *step = present(pull);
	long status = slot->call.answer.status;
	char text[200];

	if (status != 403 && pull->pass.received > 0) {
		/* Nothing beyond the end, said with a status; or a source that falters. */
		pull->pass.denied = true;
		plan_pass_head(&pull->plan);
		return end_pass(pull, err);
	}
	if (collection_is_optional(step->collection) && pull->pass.received == 0) {
		snprintf(text, sizeof(text), "%s %s (status %ld) and left out", step->path,
			status == 403 ? "is not permitted by the source"
				      : "does not exist at the source",
			status);
		note(pull, NOTE_MISSING, text);
		plan_next_step(&pull->plan);
		if (pull->plan.current < pull->plan.count) {
			begin_pass(pull, false);
			pull->shown.collection = present(pull)->collection;
		}
		return 0;
	}
	if (status != 403 && strcmp(step->path, "users") == 0) {
		note(pull, NOTE_MISSING,
			"the source does not have users; students and teachers are read in "
			"their place, so administrators and contacts are missing");
		plan_split_users(&pull->plan);
		begin_pass(pull, false);
		return 0;
	}
	if (status == 403)
		return login_denied(&pull->source->login, &slot->call, err);
	return refused(slot, err);
}

/* The page at the head has come, one way or another. */
static int take_answer(struct pull *pull, struct slot *slot, struct err *err)
{
	long status = slot->call.answer.status;

	if (slot->failed) {
		if (slot->slow && shrink(pull, slot))
			return 0;
		*err = slot->err;
		return -1;
	}
	if (status == 200)
		return take_page(pull, slot, err);
	if (status == 400 || status == 413 || status == 422)
		return bad_request(pull, slot, err);
	if (status == 403 || status == 404 || status == 405 || status == 410)
		return not_there(pull, slot, err);
	if (status >= 300 && status < 400)
		return http_redirect_error(&slot->call, "the Service URL", err);
	return refused(slot, err);
}

static int pull_all(struct pull *pull, struct err *err)
{
	struct slot *head;

	while (pull->plan.current < pull->plan.count) {
		plan_ask(&pull->plan);
		head = plan_head(&pull->plan);
		if (tick(pull, err) < 0)
			return -1;
		if (!fetch_is_done(&pull->fetch, head, head ? HTTP_POLL_MS : 1))
			continue;
		/* What its headers say of the pages behind it is asked for before it is read.
		 */
		plan_ask(&pull->plan);
		if (take_answer(pull, head, err) < 0)
			return -1;
	}
	return 0;
}

/* What a later import should ask for at once. */
static void learn_page_size(struct pull *pull)
{
	struct rest *source = pull->source;
	int limit = pull->plan.limit;

	if (pull->largest_followed > 0 && pull->largest_followed < limit)
		limit = (int)pull->largest_followed;
	source->base.learned.page_size = limit;
}

int rest_pull(struct source *base, const enum collection *order, size_t count,
	const struct taker *taker, struct err *err)
{
	struct rest *source = (struct rest *)base;
	struct pull *pull;
	int result;

	if (!source->connected && rest_connect(base, err) < 0)
		return -1;
	if (count == 0)
		return 0;
	pull = mem_zero(1, sizeof(*pull));
	pull->source = source;
	pull->taker = taker;
	pull->shown.collection = order[0];
	pull->shown.total = -1;
	page_memory_init(&pull->memory);
	decoder_init(&pull->decoder);
	arena_init(&pull->decoded);
	idset_init(&pull->seen);
	fetch_start(&pull->fetch, &source->http, &source->login, source->base.app->parallel);
	plan_init(&pull->plan, source, &pull->fetch, order, count);
	begin_pass(pull, false);
	result = pull_all(pull, err);
	if (result == 0) {
		learn_page_size(pull);
		pull->next_tick = 0;
		tick(pull, err);
	}
	fetch_stop(&pull->fetch);
	if (result < 0)
		rest_hide(source, err->text); /* now that the token is no other thread's */
	page_memory_clear(&pull->memory);
	decoder_clear(&pull->decoder);
	arena_clear(&pull->decoded);
	idset_clear(&pull->seen);
	free(pull);
	return result;
}
