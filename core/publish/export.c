#include "publish/export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/idset.h"
#include "base/mem.h"
#include "publish/columns.h"
#include "publish/rows.h"

enum { WRITE_AT = 256 * 1024 }; /* bytes of rows given on at once */

struct export
{
	const struct export_order *order; /* borrowed */
	struct bundle *bundle;            /* owned */
	struct rows *now, *before;        /* owned; before: NULL in bulk */
	char when[TIME_SIZE];             /* of a change */
	bool *written;                    /* owned; of each file: it has at least one row */
	uint64_t before_sum;
	struct export_report total;

	/* of the file being written */
	size_t file;
	struct columns metadata;
	bool begun;         /* the header is out: columns can no longer be added */
	bool late;          /* but one was found: only look for more, then write anew */
	struct idset same;  /* hashes of rows that were there before */
	struct idset ids;   /* of rows that are there now */
	int64_t were, stay; /* rows before; rows that are as they were */
	struct export_report here;
	struct buf out;
};

void export_report_clear(struct export_report *report)
{
	moment_clear(&report->moment);
}

/* ---- rows into a file ---- */

static int flush(struct export *export, struct err *err)
{
	int result = bundle_write(export->bundle, export->out.data, export->out.used, err);

	buf_reset(&export->out);
	return result;
}

static int begin_file(struct export *export, struct err *err)
{
	const struct format_file *file = export->order->format->file[export->file];
	struct buf header;
	char name[40];
	int result;

	snprintf(name, sizeof(name), "%s.csv", file->name);
	if (export->written[export->file] ? bundle_restart(export->bundle, err)
					  : bundle_begin(export->bundle, name, err))
		return -1;
	export->begun = export->written[export->file] = true;
	buf_init(&header);
	buf_adds(&header, file->columns);
	columns_add_names(&export->metadata, &header);
	buf_adds(&header, "\r\n");
	result = bundle_write(export->bundle, header.data, header.used, err);
	buf_clear(&header);
	return result;
}

/* Ends the row that was made, and writes it with those before when there are enough. */
static int end_row(struct export *export, const struct made_row *row, struct err *err)
{
	if (export->order->format->file[export->file]->metadata) {
		bool found = columns_note(&export->metadata, row->record);

		export->late |= export->begun && found;
	}
	if (export->late) {
		export->out.used = row->start;
		return 0;
	}
	if (!export->begun && begin_file(export, err))
		return -1;
	columns_add_cells(&export->metadata, row->record, &export->out);
	buf_add(&export->out, "\r\n", 2);
	export->here.rows++;
	return export->out.used >= WRITE_AT ? flush(export, err) : 0;
}

/* Fills the two columns after the id, which are empty in bulk. */
static void put_status(struct export *export, const struct made_row *row, const char *status)
{
	struct buf *out = &export->out;
	char text[TIME_SIZE + 20];
	size_t length = (size_t)snprintf(text, sizeof(text), ",%s,%s", status, export->when);
	size_t rest = row->id_end + 2, after = out->used - rest;

	buf_reserve(out, length);
	memmove(out->data + row->id_end + length, out->data + rest, after);
	memcpy(out->data + row->id_end, text, length);
	out->used = row->id_end + length + after;
	out->data[out->used] = '\0';
}

/* Rows of different files may read the same. */
static uint64_t salted(const struct export *export, const struct made_row *row)
{
	return row->hash * (2 * export->file + 1);
}

static int on_bulk_row(void *arg, const struct made_row *row, struct err *err)
{
	struct export *export = arg;

	export->here.sum += salted(export, row);
	return end_row(export, row, err);
}

static int on_former_row(void *arg, const struct made_row *row, struct err *err)
{
	struct export *export = arg;

	(void)err;
	export->before_sum += salted(export, row);
	export->were++;
	idset_add(&export->same, row->hash);
	export->out.used = row->start;
	return 0;
}

static int on_present_row(void *arg, const struct made_row *row, struct err *err)
{
	struct export *export = arg;

	export->here.sum += salted(export, row);
	idset_add(&export->ids, rows_id(export->now, row));
	if (idset_has(&export->same, row->hash)) {
		export->stay++;
		export->out.used = row->start;
		return 0;
	}
	put_status(export, row, "active");
	return end_row(export, row, err);
}

static int on_gone_row(void *arg, const struct made_row *row, struct err *err)
{
	struct export *export = arg;

	if (idset_has(&export->ids, rows_id(export->before, row))) {
		export->out.used = row->start;
		return 0;
	}
	put_status(export, row, "tobedeleted");
	export->here.deleted++;
	return end_row(export, row, err);
}

/* ---- files ---- */

/* One pass over what is there now, and over what was there when some of that is gone. */
static int write_rows(struct export *export, struct err *err)
{
	struct rows_count count, ignored;
	bool changes = export->before != NULL;

	export->here = export->total;
	export->begun = export->late = false;
	export->stay = 0;
	idset_clear(&export->ids);
	buf_reset(&export->out);
	if (rows_each(export->now, export->file, &export->out,
		    changes ? on_present_row : on_bulk_row, export, &count, err))
		return -1;
	export->here.left_out += count.left_out;
	export->here.blanked += count.blanked;
	if (!changes || export->stay == export->were)
		return 0;
	return rows_each(
		export->before, export->file, &export->out, on_gone_row, export, &ignored, err);
}

/* A second pass is needed when a metadata column shows up after the first row. */
static int write_file(struct export *export, size_t file, struct err *err)
{
	struct rows_count ignored;

	export->file = file;
	columns_copy(&export->metadata, rows_metadata(export->now, file));
	export->were = 0;
	idset_clear(&export->same);
	if (export->before && rows_each(export->before, file, &export->out, on_former_row,
				      export, &ignored, err))
		return -1;
	do {
		if (write_rows(export, err))
			return -1;
	} while (export->late);
	export->total = export->here;
	return export->begun ? flush(export, err) : 0;
}

/* A file without rows is not allowed to be there: it counts as absent. */
static const char *presence(const struct export *export, const char *name, size_t length)
{
	const struct format *format = export->order->format;
	size_t i;

	for (i = 0; i < format->files; i++)
		if (export->written[i] && strlen(format->file[i]->name) == length &&
			!memcmp(format->file[i]->name, name, length))
			return export->before ? "delta" : "bulk";
	return "absent";
}

static int write_manifest(struct export *export, struct err *err)
{
	const struct format *format = export->order->format;
	const char *const *name;

	if (!format->version)
		return 0;
	if (bundle_begin(export->bundle, format->names[0], err))
		return -1;
	buf_addf(&export->out,
		"propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,%s\r\n",
		format->version);
	for (name = format->names + 1; *name; name++) {
		size_t length = strlen(*name) - strlen(".csv");

		buf_addf(&export->out, "file.%.*s,%s\r\n", (int)length, *name,
			presence(export, *name, length));
	}
	buf_adds(&export->out, "source.systemName,lumenport\r\n"
			       "source.systemCode,lumenport\r\n");
	return flush(export, err);
}

/* 1: the rows of the base are not those that were told: all was for nothing. */
static int write_all(struct export *export, struct store *store, struct err *err)
{
	const struct export_order *order = export->order;
	size_t file;

	export->now =
		rows_open(store, &export->total.moment, order->format, order->exclusion, err);
	if (!export->now)
		return -1;
	if (order->base) {
		export->before = rows_open(
			store, order->base->moment, order->format, order->exclusion, err);
		if (!export->before)
			return -1;
	}
	for (file = 0; file < order->format->files; file++)
		if (write_file(export, file, err))
			return -1;
	if (order->base && export->before_sum != order->base->sum)
		return 1;
	return write_manifest(export, err);
}

static void export_init(struct export *export, const struct export_order *order)
{
	memset(export, 0, sizeof(*export));
	export->order = order;
	export->written = mem_zero(order->format->files, sizeof(*export->written));
	columns_init(&export->metadata);
	idset_init(&export->same);
	idset_init(&export->ids);
	buf_init(&export->out);
}

static void export_clear(struct export *export)
{
	bundle_close(export->bundle);
	rows_close(export->now);
	rows_close(export->before);
	free(export->written);
	columns_clear(&export->metadata);
	idset_clear(&export->same);
	idset_clear(&export->ids);
	buf_clear(&export->out);
	moment_clear(&export->total.moment);
}

/* The whole set, seen at one moment. 1 as write_all. */
static int try_set(struct store *store, const struct export_order *order,
	struct export_report *report, struct err *err)
{
	struct export export;
	int result = -1;

	export_init(&export, order);
	export.bundle = bundle_open(order->target, order->form, format_all_names(), err);
	if (!export.bundle || store_freeze(store, err))
		goto out;
	if (!moment_now(store, &export.total.moment, err)) {
		date_of_time((time_t) export.total.moment.when, export.when);
		result = write_all(&export, store, err);
	}
	store_thaw(store);
	if (!result)
		result = bundle_commit(export.bundle, &export.total.bytes, err);
	if (result)
		goto out;
	*report = export.total;
	report->changes = order->base != NULL;
	memset(&export.total.moment, 0, sizeof(export.total.moment));
out:
	export_clear(&export);
	return result;
}

int export_set(struct store *store, const struct export_order *order,
	struct export_report *report, struct err *err)
{
	struct export_order bulk = *order;
	int result = try_set(store, order, report, err);

	if (result != 1)
		return result;
	bulk.base = NULL;
	return try_set(store, &bulk, report, err);
}
