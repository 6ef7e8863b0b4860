#include "screen/decide.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "publish/publish.h"
#include "screen/dash.h"
#include "settings/publication.h"
#include "settings/settings_file.h"
#include "sync/decide.h"
#include "sync/hold.h"
#include "widget/words.h"

enum { HITS_ASKED = 4, REASON_MOST = 400 };

void decision_init(struct decision *decision, struct dash *dash)
{
	memset(decision, 0, sizeof(*decision));
	decision->dash = dash;
	buf_init(&decision->said);
}

void decision_clear(struct decision *decision)
{
	work_stop(&decision->work);
	buf_clear(&decision->said);
	free(decision->reason);
	free(decision->export);
}

/* ---- in the worker ------------------------------------------------------------------------
 */

static void tell_counts(struct buf *said, const struct sync *sync)
{
	const struct counts sum = dash_sum(sync->counts);
	char created[WORDS_SIZE], updated[WORDS_SIZE], deleted[WORDS_SIZE];

	buf_addf(said, "%s records created, %s updated, %s deleted",
		words_number((uint64_t)sum.changed[CHANGE_CREATED], created),
		words_number((uint64_t)sum.changed[CHANGE_UPDATED], updated),
		words_number((uint64_t)sum.changed[CHANGE_DELETED], deleted));
}

static void tell_delivery(void *arg, const struct delivery *delivery, const struct err *failure)
{
	struct decision *decision = arg;

	if (failure)
		buf_addf(&decision->said, "\n\nBut the export to %s failed: %s",
			delivery->target, failure->text);
	else
		buf_addf(&decision->said, "\n\nExported to %s.", delivery->target);
}

/* As `lumenport approve` does it after an accept. */
static void export_accepted(struct decision *decision, const struct app *app)
{
	struct publisher publisher;
	struct err ignored;

	if (!app)
		return;
	publisher_init(&publisher, decision->dash->state, app);
	publisher.told = tell_delivery;
	publisher.arg = decision;
	if (!publish_owed(&publisher, &ignored))
		return;
	decision->exported_badly = true;
	buf_addf(&decision->said,
		"\nIt is tried again by the next import, or with: lumenport export %s",
		app->name);
}

static int approve(struct decision *decision, struct err *err)
{
	enum deletions deletions =
		decision->kind == DECISION_NO_DELETIONS ? DELETIONS_LEAVE_OUT : DELETIONS_APPLY;
	struct settings settings;
	struct sync sync;
	int result;

	if (settings_file_read(decision->dash->config, &settings, err))
		return -1;
	result = decide_approve(decision->dash->state, &settings, decision->number,
		decision->fingerprint, deletions, &sync, err);
	if (!result) {
		buf_addf(&decision->said,
			"Sync %lld was accepted: ", (long long)decision->number);
		tell_counts(&decision->said, &sync);
		buf_addf(&decision->said, ". The hub has it.%s",
			sync.without_deletions ? " What it would have deleted stays in the "
						 "hub; the next import "
						 "will find it missing at the source again."
					       : "");
		export_accepted(decision, settings_app(&settings, sync.app));
	}
	sync_clear(&sync);
	settings_clear(&settings);
	return result;
}

static int reject(struct decision *decision, struct err *err)
{
	struct sync sync;
	int result = decide_reject(
		decision->dash->state, decision->number, decision->reason, &sync, err);

	if (!result)
		buf_addf(&decision->said,
			"Sync %lld was rejected. Nothing of it came into the hub, which is as "
			"it "
			"was. The next import compares with the hub again and will find the "
			"same "
			"changes, unless the source was corrected.",
			(long long)decision->number);
	sync_clear(&sync);
	return result;
}

static int decide(struct work *work, void *arg, struct err *err)
{
	struct decision *decision = arg;

	(void)work;
	return decision->kind == DECISION_REJECT ? reject(decision, err)
						 : approve(decision, err);
}

/* ---- the questions ------------------------------------------------------------------------
 */

static void begin(struct decision *decision)
{
	buf_reset(&decision->said);
	decision->exported_badly = false;
	work_begin(&decision->work, shell_wake(decision->dash->shell), decide, decision);
}

static void answer_approve(void *arg, struct dialog *dialog, int answer)
{
	(void)dialog;
	if (answer == 0)
		begin(arg);
}

/* Whether more than preview mode holds it: then a number is to be typed. */
static bool needs_number(const struct sync *sync, enum decision_kind kind)
{
	size_t i;

	for (i = 0; i < sync->hit_count; i++) {
		if (sync->hits[i].kind == HOLD_PREVIEW)
			continue;
		/* What is left out cannot do harm. */
		if (kind == DECISION_APPROVE || sync->hits[i].change != CHANGE_DELETED)
			return true;
	}
	return false;
}

/* The number that shows that the question was read: what is deleted, else what changes. */
static int64_t number_to_type(
	const struct counts *sum, enum decision_kind kind, const char **what)
{
	if (kind == DECISION_APPROVE && sum->changed[CHANGE_DELETED]) {
		*what = "to be deleted";
		return sum->changed[CHANGE_DELETED];
	}
	*what = "created or updated";
	return sum->changed[CHANGE_CREATED] + sum->changed[CHANGE_UPDATED];
}

static void add_hits(struct buf *text, const struct sync *sync)
{
	char line[400];
	size_t i;

	for (i = 0; i < sync->hit_count && i < HITS_ASKED; i++) {
		hold_describe(&sync->hits[i], line, sizeof(line));
		buf_addf(text, "%s %s\n", draw_glyph(GLYPH_ERROR), line);
	}
	if (sync->hit_count > HITS_ASKED)
		buf_addf(text, "  and %zu more\n", sync->hit_count - HITS_ASKED);
}

static void ask_approve(struct decision *decision, const struct sync *sync)
{
	static const char *const labels[] = {"Approve", "Cancel"};
	bool without = decision->kind == DECISION_NO_DELETIONS;
	const char *title = without ? "Approve without deletions" : "Approve";
	const struct counts sum = dash_sum(sync->counts);
	char created[WORDS_SIZE], updated[WORDS_SIZE], deleted[WORDS_SIZE], number[WORDS_SIZE];
	const char *what;
	struct dialog dialog;
	struct buf text;

	buf_init(&text);
	buf_addf(&text, "Sync %lld of %s was held:\n", (long long)sync->number, sync->app);
	add_hits(&text, sync);
	buf_addf(&text, "\nThe hub gets %s created and %s updated records; ",
		words_number((uint64_t)sum.changed[CHANGE_CREATED], created),
		words_number((uint64_t)sum.changed[CHANGE_UPDATED], updated));
	words_number((uint64_t)sum.changed[CHANGE_DELETED], deleted);
	if (without)
		buf_addf(&text, "the %s that would be deleted stay.", deleted);
	else
		buf_addf(&text, "%s are deleted from it.", deleted);
	if (decision->export)
		buf_addf(&text, " Then it is exported to %s.", decision->export);
	if (needs_number(sync, decision->kind)) {
		snprintf(number, sizeof(number), "%lld",
			(long long)number_to_type(&sum, decision->kind, &what));
		buf_addf(&text, "\n\n%s is the number of records %s.", number, what);
		dialog_typed(&dialog, title, text.data, number, "Approve");
	} else {
		dialog_confirm(&dialog, title, text.data, labels, 2, 1);
	}
	shell_ask(decision->dash->shell, &dialog, answer_approve, decision);
	buf_clear(&text);
}

static void ask_reason(struct decision *decision, const char *error);

static void answer_reject(void *arg, struct dialog *dialog, int answer)
{
	struct decision *decision = arg;
	char *reason;

	if (answer != 0)
		return;
	mem_replace(&decision->reason, edit_text(&dialog->edit));
	reason = text_trim(decision->reason);
	if (!*reason)
		ask_reason(
			decision, "Say why: whoever looks at the history will want to know.");
	else
		begin(decision);
}

static void ask_reason(struct decision *decision, const char *error)
{
	struct dialog dialog;
	char *text =
		mem_printf("Sync %lld is dropped: nothing of it comes into the hub, and its "
			   "changes can no longer be looked at.\n\nWhy? (kept in the history)",
			(long long)decision->number);

	dialog_input(&dialog, "Reject", text, "", REASON_MOST, "Reject");
	snprintf(dialog.error, sizeof(dialog.error), "%s", error);
	shell_ask(decision->dash->shell, &dialog, answer_reject, decision);
	free(text);
}

static char *places_of(const struct app *app)
{
	struct buf text;

	buf_init(&text);
	publish_places(app, &text);
	return buf_detach(&text);
}

void decision_ask(struct decision *decision, enum decision_kind kind, const struct sync *sync)
{
	const struct app *app = dash_app(decision->dash);

	if (decision_running(decision)) {
		shell_say(decision->dash->shell, DRAW_NORMAL,
			"One moment: a decision is being written.");
		return;
	}
	decision->kind = kind;
	decision->number = sync->number;
	snprintf(decision->fingerprint, sizeof(decision->fingerprint), "%s", sync->fingerprint);
	free(decision->export);
	decision->export = app && publication_is_set(&app->publication) ? places_of(app) : NULL;
	if (kind == DECISION_REJECT)
		ask_reason(decision, "");
	else
		ask_approve(decision, sync);
}

bool decision_running(const struct decision *decision)
{
	return work_running(&decision->work);
}

bool decision_tick(struct decision *decision)
{
	struct err err = {0};
	char *text;
	int result;

	if (!work_take(&decision->work, &result, &err))
		return false;
	if (!result) {
		shell_tell(decision->dash->shell,
			decision->kind == DECISION_REJECT ? "Rejected"
			: decision->exported_badly        ? "Accepted, but not exported"
							  : "Accepted",
			decision->said.data);
	} else {
		text = mem_printf("%s%s", err.text,
			err.code == ERR_FAILED
				? "\n\nHere, F5 on the dashboard runs the import: it "
				  "reads the source anew and shows what would change "
				  "now."
				: "");
		shell_tell(decision->dash->shell, "Not decided", text);
		free(text);
	}
	return true;
}
