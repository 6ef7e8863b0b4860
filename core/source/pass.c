#include "source/pass.h"

enum { PASS_CAP_MIN = 5000, PASS_CAP_UNIT = 1000 };

static void note_total(struct pass *pass, const struct answer *answer)
{
	if (!answer->total_named)
		return;
	if (pass->total_named && pass->total != answer->total)
		pass->total_changed = true;
	pass->total_named = true;
	pass->total = answer->total;
}

/* All that the total promised is there, and it is a total, not the count of one page. */
static bool total_is_reached(const struct pass *pass)
{
	return pass->total_named && !pass->total_changed && pass->total == pass->received;
}

enum pass_next pass_add(struct pass *pass, const struct pass_page *page,
	const struct answer *answer, bool repeat)
{
	bool same = pass->pages && page->hash == pass->last_hash && page->count == pass->last;
	bool whole = page->count == pass->received && answer->total == pass->total;
	bool stale = !repeat && pass->pages && page->fresh == 0 && page->again == page->count;

	/* The total of an empty page is not counted: 0 is what a total per page says there. */
	if (page->count == 0)
		return PASS_END;
	/* A source that gives its whole list whatever the offset: all, when the total says so.
	 */
	if ((same || stale) && whole && total_is_reached(pass))
		return PASS_END;
	note_total(pass, answer);
	if (same || stale) {
		/* Rows were put in while it was read, and the last ones came once more: the
		 * end. */
		pass->again += repeat ? 0 : page->again;
		return pass->total_changed || page->count < pass->largest ? PASS_END
									  : PASS_STUCK;
	}
	pass->pages++;
	pass->received += page->count;
	pass->fresh += page->fresh;
	pass->again += repeat ? 0 : page->again;
	pass->last = page->count;
	pass->last_hash = page->hash;
	pass->last_full =
		page->count >= page->limit || (pass->pages > 1 && page->count >= pass->largest);
	if (page->count > pass->largest)
		pass->largest = page->count;
	/* A total met by the first page may be the count of that page: the next one tells. */
	if (pass->pages > 1 && total_is_reached(pass) && !answer->has_next)
		return PASS_END;
	return PASS_MORE;
}

enum pass_verdict pass_judge(const struct pass *pass, bool repeat)
{
	bool agrees = total_is_reached(pass) || (!pass->total_named && !pass->denied) ||
		      (pass->received == 0 && pass->total <= 0);

	if (!repeat)
		return agrees && pass->again == 0 ? PASS_PROVEN : PASS_REPEAT;
	/* "Not found" is an end only when it comes behind the same records twice. */
	if (agrees || (!pass->total_named && pass->fresh == 0))
		return PASS_PROVEN;
	/* Full pages up to a round number, then nothing, and a total that says more: a source
	 * that does not let itself be read deeper. */
	if (pass->total > pass->received && !pass->total_changed && pass->last_full &&
		pass->received >= PASS_CAP_MIN && pass->received % PASS_CAP_UNIT == 0)
		return PASS_BROKEN;
	return pass->fresh == 0 ? PASS_DOUBTFUL : PASS_BROKEN;
}
