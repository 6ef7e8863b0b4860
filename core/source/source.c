#include "source/source.h"

#include "source/kind.h"

static const struct {
	const char *name;
	bool optional;
} collections[COLLECTION_COUNT] = {
	[COLLECTION_ORGS] = {"orgs", false},
	[COLLECTION_SESSIONS] = {"academicSessions", false},
	[COLLECTION_DEMOGRAPHICS] = {"demographics", true},
	[COLLECTION_USERS] = {"users", false},
	[COLLECTION_COURSES] = {"courses", true},
	[COLLECTION_CLASSES] = {"classes", false},
	[COLLECTION_ENROLLMENTS] = {"enrollments", false},
};

static const struct source_kind *const kinds[] = {
	[APP_LUMEN_TOUCH] = &rest_kind,
	[APP_ONEROSTER_API] = &rest_kind,
	[APP_ONEROSTER_CSV] = &csv_kind,
};

const char *collection_name(enum collection collection)
{
	return collections[collection].name;
}

bool collection_is_optional(enum collection collection)
{
	return collections[collection].optional;
}

struct source *source_open(const struct app *app, const struct secret *secret,
	const atomic_bool *cancel, struct err *err)
{
	struct source *source = kinds[app->kind]->open(app, secret, cancel, err);

	if (source) {
		source->kind = kinds[app->kind];
		source->app = app;
		source->cancel = cancel;
	}
	return source;
}

void source_close(struct source *source)
{
	if (!source)
		return;
	learned_clear(&source->learned);
	source->kind->close(source);
}

int source_connect(struct source *source, struct err *err)
{
	return source->kind->connect(source, err);
}

const struct learned *source_learned(const struct source *source)
{
	return &source->learned;
}

int source_pull(struct source *source, const enum collection *order, size_t count,
	const struct taker *taker, struct err *err)
{
	return source->kind->pull(source, order, count, taker, err);
}

int source_check(struct source *source, check_fn *step, void *arg, struct err *err)
{
	return source->kind->check(source, step, arg, err);
}
