#include "publish/quality_csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "publish/csv_row.h"
#include "store/audit.h"
#include "store/quality.h"

struct writing {
	struct buf text;
	int64_t *rows; /* borrowed: of each class */
};

/* A cell with a comma behind it. Ids come from the source: one may begin like a formula. */
static void add_cell(struct buf *out, const char *text)
{
	char *defused =
		text && *text && strchr("=+-@\t\r", *text) ? mem_printf("'%s", text) : NULL;

	csv_cell(out, defused ? defused : text);
	buf_addc(out, ',');
	free(defused);
}

static int add_row(void *arg, enum problem problem, enum entity entity, const char *sis_id,
	const char *detail, struct err *err)
{
	struct writing *writing = arg;

	(void)err;
	if (problem >= PROBLEM_KINDS) /* of a newer version */
		return 0;
	add_cell(&writing->text, problem_name(problem));
	add_cell(&writing->text, entity < ENTITY_COUNT ? entity_name(entity) : NULL);
	add_cell(&writing->text, sis_id);
	add_cell(&writing->text, problem_attribute(entity, detail));
	add_cell(&writing->text, detail);
	writing->text.used--;
	buf_adds(&writing->text, "\r\n");
	writing->rows[problem]++;
	return 0;
}

static int write_file(struct store *store, const struct sync *sync, const struct buf *text,
	const char *path, struct err *err)
{
	char *subject = mem_printf("%s #%lld", sync->app, (long long)sync->number);
	int result = store_begin(store, err);

	if (!result && (audit_add(store, "quality.csv", subject, path, err) ||
			       file_write(path, text->data, text->used, err))) {
		store_rollback(store);
		result = -1;
	} else if (!result) {
		result = store_commit(store, err);
	}
	free(subject);
	return result;
}

int quality_csv_write(struct store *store, const struct sync *sync, enum problem of,
	const char *path, int64_t rows[PROBLEM_KINDS], struct err *err)
{
	struct writing writing = {.rows = rows};
	int result;

	memset(rows, 0, PROBLEM_KINDS * sizeof(*rows));
	buf_init(&writing.text);
	buf_adds(&writing.text, "class,entity,sisId,attribute,reason\r\n");
	result = quality_each(store, sync->number, of, add_row, &writing, err);
	if (!result)
		result = write_file(store, sync, &writing.text, path, err);
	buf_clear(&writing.text);
	return result;
}
