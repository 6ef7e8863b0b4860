/*
 * JSON records of OneRoster 1.1 and 1.2 (1EdTech) as flat source records: one text for each
 * source attribute, whatever shape the provider gave it. The version is seen record by record,
 * for providers mix them. What no standard names is kept as an extension. Knows no entity of
 * the hub. password and credentials are not read at all.
 */
#ifndef SOURCE_DECODE_H
#define SOURCE_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "roster/problem.h"
#include "roster/record.h"
#include "source/source.h"
#include "source/source_record.h"

struct cJSON;

/* Finds keys; the next record of a collection mostly has them in the order of the last. */
struct decoder {
	struct map by_key;
	unsigned char expected[COLLECTION_COUNT][64]; /* key at a position in the last record */
};

void decoder_init(struct decoder *decoder);
void decoder_clear(struct decoder *decoder);

/*
 * Reads one record. `text` is its JSON (`length` bytes), for the digits of numbers that a
 * double cannot hold. 0; -1 when it has no usable id, which is then in `problems`. Oddities are
 * reported too and do not fail. STATUS_DELETED: status tobedeleted, inactive or deleted, in any
 * case and punctuation; a status not known is active.
 */
int decode_record(struct decoder *decoder, enum collection collection, const struct cJSON *json,
	const char *text, size_t length, struct arena *arena, struct problems *problems,
	struct source_record *out);

#endif
