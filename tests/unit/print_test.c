/* Stored fingerprints: in chunks, in order, each app's own; counted and forgotten. */
#include "store/print.h"

#include "hub.h"

enum { MANY = 120001 }; /* more than two chunks */

struct seen {
	size_t prints, chunks, wrong;
};

static struct store *store;

static void see(void *arg, enum entity entity, enum print_kind kind, const struct print *prints,
	size_t count)
{
	struct seen *seen = arg;
	size_t i;

	seen->wrong += entity != ENTITY_CLASS || kind != PRINT_PUT;
	for (i = 0; i < count; i++, seen->prints++)
		seen->wrong +=
			prints[i].key != seen->prints || prints[i].row != seen->prints + 7;
	seen->chunks++;
}

static struct seen load(const char *app)
{
	struct seen seen = {0};

	must(print_load(store, app, see, &seen, &hub_err), "print_load");
	return seen;
}

int main(void)
{
	struct print *prints = mem_zero(MANY, sizeof(*prints));
	struct sync sync = {.app = (char *)"main"};
	int64_t counts[ENTITY_COUNT];
	struct seen seen;
	size_t i;

	store = hub_open("hub");
	for (i = 0; i < MANY; i++)
		prints[i] = (struct print){i, i * 3, (uint32_t)i + 7};
	seen = load("main");
	is_int((long long)seen.chunks, 0, "an app that never ran has none");
	sync.number = hub_begin(store, "main");
	must(print_add(store, "main", sync.number, ENTITY_CLASS, PRINT_PUT, prints, MANY,
		     &hub_err),
		"add");
	must(print_add(
		     store, "main", sync.number, ENTITY_CLASS, PRINT_PUT, prints, 0, &hub_err),
		"add none");
	is_int((long long)load("main").prints, 0, "before the verdict there are none");
	must(verdict_accept(store, &sync, &hub_err), "accept");
	seen = load("main");
	is_int((long long)seen.prints, MANY, "all of them after");
	is_int((long long)seen.chunks, 3, "in chunks");
	is_int((long long)seen.wrong, 0, "in order, exact");
	must(print_add(store, "main", sync.number, ENTITY_CLASS, PRINT_REMOVED, prints, 5,
		     &hub_err),
		"removed");
	must(print_counts(store, "main", counts, &hub_err), "counts");
	is_int(counts[ENTITY_CLASS], MANY, "counted, but for the removed");
	is_int(counts[ENTITY_COURSE], 0, "by type");
	must(print_forget(store, "other", &hub_err), "forget");
	ok(load("main").prints == MANY + 5, "forgetting another app's leaves them");
	must(print_forget(store, "main", &hub_err), "forget");
	is_int((long long)load("main").chunks, 0, "forgotten");
	store_close(store);
	free(prints);
	return done_testing();
}
