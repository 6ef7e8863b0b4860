/* The test hooks under /sim/: no authorization, as the server is bound to the loopback only. */
#include "request.h"

#include <stdio.h>
#include <stdlib.h>

static enum MHD_Result answer(struct request *rq, unsigned status, const char *text)
{
	return reply_text(rq, status, NULL, "{\"result\":\"%s\"}\n", text);
}

/* The lock is held. */
static int set_one(struct sim *sim, const char *name, const char *value)
{
	char option[32];
	snprintf(option, sizeof(option), "%.30s", name);
	for (char *c = option; *c; c++)
		*c = *c == '_' ? '-' : *c;
	if (!strcmp(option, "fault"))
		return faults_add(&sim->faults, value);
	if (!strcmp(option, "clear")) {
		faults_remove_all(&sim->faults);
		edits_clear(&sim->edits);
		return 0;
	}
	if (!strcmp(option, "expire-tokens")) {
		auth_expire_all(&sim->auth);
		return 0;
	}
	return settings_set(&sim->settings, option, value);
}

static enum MHD_Result set_serve(struct request *rq)
{
	struct sim *sim = rq->sim;
	int failed = 0;
	pthread_mutex_lock(&sim->lock);
	for (int i = 0; i < rq->query.count; i++)
		failed |= set_one(sim, rq->query.params[i].name, rq->query.params[i].value);
	sim_changed(sim);
	pthread_mutex_unlock(&sim->lock);
	return failed ? answer(rq, 400, "some setting is not known, or its value will not do")
		      : answer(rq, 200, "ok");
}

static enum MHD_Result stats_serve(struct request *rq, bool reset)
{
	struct buf b = {0};
	pthread_mutex_lock(&rq->sim->lock);
	if (reset)
		stats_reset(&rq->sim->stats);
	else
		stats_json(&rq->sim->stats, &b);
	pthread_mutex_unlock(&rq->sim->lock);
	if (reset)
		return answer(rq, 200, "ok");
	struct reply r = {.status = 200, .raw = true, .own = {b}};
	reply_slice(&r, b.data, b.len);
	return reply_send(rq, &r);
}

static enum MHD_Result edit_serve(struct request *rq, enum edit_kind kind)
{
	const char *collection = query_get(&rq->query, "collection");
	const char *id = query_get(&rq->query, "id"), *status = query_get(&rq->query, "status");
	int base = collection ? collection_find(collection, NULL, NULL) : -1;
	if (base < 0 || !id || (kind == EDIT_STATUS && !status))
		return answer(rq, 400, "collection, id or status is missing");
	struct sim *sim = rq->sim;
	pthread_mutex_lock(&sim->lock);
	if (kind == EDIT_RECORD)
		edits_add(&sim->edits, (enum base)base, kind, id,
			rq->body.len ? rq->body.data : "", rq->body.len);
	else
		edits_add(&sim->edits, (enum base)base, kind, id, status ? status : "",
			status ? strlen(status) : 0);
	sim_changed(sim);
	pthread_mutex_unlock(&sim->lock);
	return answer(rq, 200, "ok");
}

enum MHD_Result control_serve(struct request *rq)
{
	const char *what = rq->path + strlen("/sim/");
	if (!strcmp(what, "stats"))
		return stats_serve(rq, false);
	if (strcmp(rq->method, "POST") != 0)
		return answer(rq, 405, "POST only");
	if (!strcmp(what, "set"))
		return set_serve(rq);
	if (!strcmp(what, "reset-stats"))
		return stats_serve(rq, true);
	if (!strcmp(what, "record"))
		return edit_serve(rq, EDIT_RECORD);
	if (!strcmp(what, "delete"))
		return edit_serve(rq, EDIT_DELETE);
	if (!strcmp(what, "status"))
		return edit_serve(rq, EDIT_STATUS);
	return answer(rq, 404, "no such hook");
}
