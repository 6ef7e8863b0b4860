#include "source/pass.h"

#include "tap.h"

static struct pass pass;
static uint64_t hash;

static struct answer answer_of(int64_t total, bool next)
{
	struct answer answer;

	answer_init(&answer);
	answer.total = total;
	answer.total_named = total != -2; /* -2: no header; -1: a header that is no number */
	if (total == -2)
		answer.total = -1;
	answer.has_next = next;
	return answer;
}

static enum pass_next page(int64_t count, int64_t again, int64_t total)
{
	struct answer answer = answer_of(total, false);
	struct pass_page counts = {
		.count = count, .fresh = count - again, .again = again, .limit = 100};

	counts.hash = ++hash;
	return pass_add(&pass, &counts, &answer, false);
}

static void begin(void)
{
	pass = (struct pass){0};
}

static void test_ends(void)
{
	begin();
	is_int(page(100, 0, 150), PASS_MORE, "more is there");
	is_int(page(50, 0, 150), PASS_END, "a total reached by the second page ends it");
	is_int(pass_judge(&pass, false), PASS_PROVEN, "and proves it");
	begin();
	is_int(page(12, 0, 12), PASS_MORE, "a total met by the first page does not end it");
	is_int(page(0, 0, 0), PASS_END, "an empty page does");
	is_int(pass_judge(&pass, false), PASS_PROVEN, "proven");
	begin();
	is_int(page(100, 0, -2), PASS_MORE, "no total");
	is_int(page(37, 0, -2), PASS_MORE, "a short page is not the last");
	is_int(page(0, 0, -2), PASS_END, "the empty one is");
	is_int(pass_judge(&pass, false), PASS_PROVEN, "proven without a total");
	begin();
	is_int(page(0, 0, 0), PASS_END, "nothing at all");
	is_int(pass_judge(&pass, false), PASS_PROVEN, "is a result; others judge it");
}

static void test_denied(void)
{
	begin();
	page(100, 0, -2);
	pass.denied = true;
	is_int(pass_judge(&pass, false), PASS_REPEAT, "no total, then a 404: once more");
	pass.fresh = 0;
	is_int(pass_judge(&pass, true), PASS_PROVEN, "the same records twice: the end");
	pass.fresh = 10;
	is_int(pass_judge(&pass, true), PASS_BROKEN, "more at the second try: broken");
	begin();
	page(100, 0, 150);
	page(50, 0, 150);
	pass.denied = true;
	is_int(pass_judge(&pass, false), PASS_PROVEN, "a 404 behind a total that is reached");
}

static void test_totals(void)
{
	begin();
	page(100, 0, 100);
	page(100, 0, 100);
	is_int(page(50, 0, 50), PASS_MORE, "totals per page");
	page(0, 0, 0);
	is_int(pass_judge(&pass, false), PASS_REPEAT, "are a reason to repeat");
	is_int(pass_judge(&pass, true), PASS_BROKEN,
		"new ids in the second pass: not known complete");
	pass.fresh = 0;
	is_int(pass_judge(&pass, true), PASS_DOUBTFUL, "none: a warning");
	begin();
	page(100, 0, 300);
	page(100, 0, 299);
	page(99, 0, 299);
	is_int(pass_judge(&pass, false), PASS_REPEAT,
		"a total that changed: rows may have shifted");
	begin();
	page(100, 0, 199);
	page(99, 1, 199);
	is_int(pass_judge(&pass, false), PASS_REPEAT,
		"an id that came twice: another may be missing");
	begin();
	page(12, 0, -1);
	page(0, 0, -1);
	is_int(pass_judge(&pass, false), PASS_REPEAT, "a negative total");
}

static void test_stops_short(void)
{
	int i;

	begin();
	for (i = 0; i < 100; i++)
		page(100, 0, 25000);
	page(0, 0, 25000);
	pass.fresh = 0;
	is_int(pass_judge(&pass, true), PASS_BROKEN,
		"ten thousand of more, twice: a cap, not an end");
}

static void test_stuck(void)
{
	begin();
	page(100, 0, 300);
	is_int(page(100, 100, 300), PASS_STUCK, "no new id, and more is promised");
	begin();
	page(100, 0, -2);
	is_int(page(100, 100, -2), PASS_STUCK, "no new id, and nothing is promised");
	begin();
	page(12, 0, 12);
	is_int(page(12, 12, 12), PASS_END, "the whole list whatever the offset");
	is_int(pass_judge(&pass, false), PASS_PROVEN, "is whole");
	begin();
	page(100, 0, 200);
	page(100, 1, 201);
	is_int(page(1, 1, 201), PASS_END, "a row that slipped back ends the pass");
	is_int(pass_judge(&pass, false), PASS_REPEAT, "which is repeated");
}

int main(void)
{
	test_denied();
	test_ends();
	test_totals();
	test_stops_short();
	test_stuck();
	return done_testing();
}
