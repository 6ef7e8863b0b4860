#include "source/page.h"

#include <cjson/cJSON.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "source/fault.h"
#include "source/plain.h"
#include "source/scan.h"

/* Where cJSON's memory comes from in this thread; NULL: malloc. Set only within parse(). */
static _Thread_local struct arena *parse_arena;
static pthread_once_t hooks_once = PTHREAD_ONCE_INIT;

static void *hook_malloc(size_t size)
{
	return parse_arena ? arena_alloc(parse_arena, size) : malloc(size);
}

static void hook_free(void *p)
{
	if (!parse_arena)
		free(p);
}

static void install(void)
{
	cJSON_Hooks hooks = {.malloc_fn = hook_malloc, .free_fn = hook_free};

	cJSON_InitHooks(&hooks);
}

void page_install_hooks(void)
{
	pthread_once(&hooks_once, install);
}

void page_memory_init(struct page_memory *memory)
{
	page_install_hooks();
	memory->plain = mem_alloc(sizeof(*memory->plain));
	arena_init(&memory->arena);
	buf_init(&memory->repaired);
}

void page_memory_clear(struct page_memory *memory)
{
	free(memory->plain);
	arena_clear(&memory->arena);
	buf_clear(&memory->repaired);
}

/* One value from `text`, living in the arena until the next is parsed. */
static cJSON *parse(struct page *page, const char *text, size_t length, const char **end)
{
	cJSON *json;

	arena_reset(&page->memory->arena);
	parse_arena = &page->memory->arena;
	json = cJSON_ParseWithLengthOpts(text, length, end, 0);
	parse_arena = NULL;
	return json;
}

static enum page_got bad(struct err *err, const char *what)
{
	err_set(err, ERR_SOURCE, "%s", what);
	return PAGE_BAD;
}

static enum page_got unscanned(enum scan_result result, struct err *err)
{
	if (result == SCAN_CUT)
		return PAGE_CUT;
	return bad(err, result == SCAN_DEEP ? "the answer is nested too deeply to be a roster. "
					      "Its operator can tell why"
					    : "the answer is not well-formed JSON. Report this "
					      "to the source's operator");
}

/* Members that may report an error in an answer with status 200. */
static bool is_report(const char *name, size_t length)
{
	static const char *const names[] = {"imsx_StatusInfo", "imsx_statusInfo",
		"statusInfoSet", "imsx_codeMajor", "imsx_severity", "CodeMajor", "Severity",
		"errors", "error"};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0)
			return true;
	return false;
}

/* Looks at the envelope without its records: an error report makes the page bad. */
static enum page_got check_report(struct page *page, const char *name, size_t length,
	const char *value, size_t size, struct err *err)
{
	char reason[FAULT_SIZE];
	const char *end;
	struct buf text;
	cJSON *json;
	bool failure;

	buf_init(&text);
	buf_addc(&text, '{');
	buf_addc(&text, '"');
	buf_add(&text, name, length);
	buf_adds(&text, "\":");
	buf_add(&text, value, size);
	buf_addc(&text, '}');
	json = parse(page, text.data, text.used, &end);
	failure = cJSON_IsObject(json) && fault_in_object(json, reason);
	buf_clear(&text);
	if (!failure)
		return PAGE_RECORD;
	err_set(err, ERR_SOURCE,
		"the source reports an error with status 200%s%s. Its operator can tell why",
		reason[0] ? ": " : "", reason);
	return PAGE_BAD;
}

/* A member of the envelope: its name, and where its value begins. */
struct member {
	char *name;
	size_t length;
	char *value;
};

/*
 * Reads the name of the next member at page->at. PAGE_RECORD: there is one; PAGE_END: the
 * object was closed.
 */
static enum page_got next_member(struct page *page, struct member *member, struct err *err)
{
	char *at = scan_space(page->at, page->end);
	enum scan_result result;

	if (at < page->end && *at == ',')
		at = scan_space(at + 1, page->end);
	if (at == page->end)
		return PAGE_CUT;
	if (*at == '}') {
		page->at = at + 1;
		return PAGE_END;
	}
	if (*at != '"')
		return unscanned(SCAN_BAD, err);
	member->name = at + 1;
	result = scan_string(&at, page->end);
	if (result != SCAN_OK)
		return unscanned(result, err);
	member->length = (size_t)(at - 1 - member->name);
	at = scan_space(at, page->end);
	if (at == page->end)
		return PAGE_CUT;
	if (*at != ':')
		return unscanned(SCAN_BAD, err);
	member->value = page->at = scan_space(at + 1, page->end);
	return member->value == page->end ? PAGE_CUT : PAGE_RECORD;
}

static bool is_key(const struct page *page, const struct member *member)
{
	return page->key && strlen(page->key) == member->length &&
	       memcmp(page->key, member->name, member->length) == 0;
}

static enum page_got skip_member(
	struct page *page, const struct member *member, struct err *err)
{
	enum scan_result result = scan_value(&page->at, page->end, PAGE_DEPTH);

	if (result != SCAN_OK)
		return unscanned(result, err);
	if (!is_report(member->name, member->length))
		return PAGE_RECORD;
	return check_report(page, member->name, member->length, member->value,
		(size_t)(page->at - member->value), err);
}

/* Enters the array under the expected key, else the only array of the envelope. */
static enum page_got enter_object(struct page *page, struct err *err)
{
	struct member member;
	char *only = NULL;
	int arrays = 0;
	enum page_got got;

	page->in_object = true;
	page->at++;
	while ((got = next_member(page, &member, err)) == PAGE_RECORD) {
		if (is_key(page, &member) && *member.value == '[') {
			page->at = member.value + 1;
			return PAGE_RECORD;
		}
		if (*member.value == '[' && !is_report(member.name, member.length) &&
			arrays++ == 0)
			only = member.value;
		got = skip_member(page, &member, err);
		if (got != PAGE_RECORD)
			return got;
	}
	if (got != PAGE_END)
		return got;
	if (arrays == 1) {
		page->at = only + 1;
		return PAGE_RECORD;
	}
	err_set(err, ERR_SOURCE,
		"the answer has status 200 but no list of %s in it. Is this address really the "
		"OneRoster "
		"service?",
		page->key ? page->key : "records");
	return PAGE_BAD;
}

/* Cut by the byte, not by what is in it: a page whose last byte cannot be an end. */
static bool ends_early(const struct page *page)
{
	const char *last = page->end;

	while (last > page->at && strchr(" \t\r\n", last[-1]))
		last--;
	return last == page->at || (last[-1] != ']' && last[-1] != '}');
}

enum page_got page_open(struct page *page, char *text, size_t length, const char *key,
	struct page_memory *memory, struct err *err)
{
	memset(page, 0, sizeof(*page));
	page->text = page->at = text;
	page->end = text + length;
	page->key = key;
	page->memory = memory;
	if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		page->at += 3;
	page->at = scan_space(page->at, page->end);
	if (page->at == page->end)
		return bad(err,
			"the answer has status 200 but is empty. Check the Service URL, or "
			"ask the source's operator");
	if (*page->at == '<')
		return bad(err, "the answer is a web page, not data: most likely a login or "
				"error page. "
				"Check the Service URL");
	if (*page->at != '{' && *page->at != '[')
		return bad(err, "the answer is not JSON. Check the Service URL");
	if (ends_early(page))
		return PAGE_CUT;
	page->repaired = scan_mend(page->at, (size_t)(page->end - page->at));
	page->malformed = !text_is_utf8(page->at, (size_t)(page->end - page->at));
	if (*page->at == '{')
		return enter_object(page, err);
	page->at++;
	return PAGE_RECORD;
}

/* After the closing bracket: the rest of the envelope, then nothing. */
static enum page_got finish(struct page *page, struct err *err)
{
	struct member member;
	enum page_got got;

	page->ended = true;
	while (page->in_object) {
		got = next_member(page, &member, err);
		if (got == PAGE_END)
			break;
		if (got != PAGE_RECORD)
			return got;
		if (is_key(page, &member))
			return bad(err, "the answer holds its list twice. Report this to the "
					"source's operator");
		got = skip_member(page, &member, err);
		if (got != PAGE_RECORD)
			return got;
	}
	page->at = scan_space(page->at, page->end);
	return page->at == page->end ? PAGE_END
				     : bad(err, "the answer goes on after the end of its JSON. "
						"Report this to the source's operator");
}

/* A record the parser stumbled over: is it one by its brackets, and does it parse mended? */
static enum page_got hard_record(struct page *page, const cJSON **json, const char **text,
	size_t *length, struct err *err)
{
	char *start = page->at;
	struct buf *mended = &page->memory->repaired;
	enum scan_result result = scan_value(&page->at, page->end, PAGE_DEPTH);
	size_t size = (size_t)(page->at - start);
	const char *end;

	if (result != SCAN_OK)
		return unscanned(result, err);
	*text = start;
	*length = size;
	if (page->malformed && !text_is_utf8(start, size)) {
		buf_reset(mended);
		buf_reserve(mended, 3 * size);
		mended->used = text_repair(start, size, mended->data);
		*text = mended->data;
		*length = mended->used;
		page->repaired++;
	}
	*json = parse(page, *text, *length, &end);
	return cJSON_IsObject(*json) && end == *text + *length ? PAGE_RECORD : PAGE_UNREADABLE;
}

/* Moves over the comma behind a record; a missing one is an error unless the list ends. */
static enum page_got pass_comma(struct page *page, struct err *err)
{
	page->at = scan_space(page->at, page->end);
	if (page->at == page->end)
		return PAGE_CUT;
	if (*page->at == ',') {
		page->at = scan_space(page->at + 1, page->end);
		return page->at == page->end ? PAGE_CUT : PAGE_RECORD;
	}
	return *page->at == ']' ? PAGE_RECORD : unscanned(SCAN_BAD, err);
}

enum page_got page_next(struct page *page, const cJSON **json, const char **text,
	size_t *length, struct err *err)
{
	enum page_got got;
	const char *end = NULL;

	page->at = scan_space(page->at, page->end);
	if (page->records && (got = pass_comma(page, err)) != PAGE_RECORD)
		return got;
	if (page->at == page->end)
		return PAGE_CUT;
	if (*page->at == ']') {
		page->at++;
		return finish(page, err);
	}
	page->records++;
	*json = NULL;
	if (!page->malformed && *page->at == '{') {
		*json = plain_parse(page->memory->plain, page->at, page->end, &end);
		if (!*json)
			*json = parse(page, page->at, (size_t)(page->end - page->at), &end);
	}
	if (!*json)
		return hard_record(page, json, text, length, err);
	*text = page->at;
	*length = (size_t)(end - page->at);
	page->at += *length;
	return PAGE_RECORD;
}
