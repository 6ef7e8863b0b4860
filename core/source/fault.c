#include "source/fault.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"

enum { FAULT_BODY = 16 * 1024 }; /* no more of a body is looked at */

/* Most telling first. */
static const char *const reasons[] = {"imsx_description", "error_description", "detail",
	"Description", "description", "message", "Message", "title", "imsx_codeMinor",
	"imsx_CodeMinor", "CodeMinor", "error", "imsx_codeMajor", "CodeMajor"};

/* Members that hold the status info one level down. */
static const char *const wrappers[] = {
	"imsx_StatusInfo", "imsx_statusInfo", "statusInfoSet", "errors", "error"};

enum { REASONS = sizeof(reasons) / sizeof(reasons[0]) };
enum { WRAPPERS = sizeof(wrappers) / sizeof(wrappers[0]) };

static const char *string_of(const cJSON *object, const char *name)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

	return cJSON_IsString(item) && item->valuestring[0] ? item->valuestring : NULL;
}

/* The object itself, or the one wrapped in it. */
static const cJSON *unwrap(const cJSON *object)
{
	const cJSON *inner;
	size_t i;

	for (i = 0; i < WRAPPERS; i++) {
		inner = cJSON_GetObjectItemCaseSensitive(object, wrappers[i]);
		if (cJSON_IsArray(inner))
			inner = inner->child;
		if (cJSON_IsObject(inner))
			return inner;
	}
	return object;
}

static void reason_of(const cJSON *object, char out[FAULT_SIZE])
{
	const cJSON *inner = unwrap(object);
	const char *text = NULL;
	size_t i;

	for (i = 0; i < REASONS && !text; i++)
		text = string_of(inner, reasons[i]);
	for (i = 0; i < REASONS && !text; i++)
		text = string_of(object, reasons[i]);
	text_clean(text ? text : "", out, FAULT_SIZE);
}

bool fault_in_object(const cJSON *object, char out[FAULT_SIZE])
{
	const cJSON *inner = unwrap(object);
	const char *major = string_of(inner, "imsx_codeMajor");
	const char *severity = string_of(inner, "imsx_severity");

	if (!major)
		major = string_of(inner, "CodeMajor");
	if (!severity)
		severity = string_of(inner, "Severity");
	if (!(major && text_same_word(major, "failure")) &&
		!(severity && text_same_word(severity, "error")) && !string_of(object, "error"))
		return false;
	reason_of(object, out);
	return true;
}

bool fault_is_html(const char *body, size_t length)
{
	size_t i = 0;

	if (length >= 3 && memcmp(body, "\xef\xbb\xbf", 3) == 0)
		i = 3;
	while (i < length && isspace((unsigned char)body[i]))
		i++;
	return i < length && body[i] == '<';
}

/* The title of a page, else its text without the tags. */
static void html_text(char *body, char out[FAULT_SIZE])
{
	char *title = strcasestr(body, "<title"), *from = title ? strchr(title, '>') : NULL;
	char *to = body, *end;
	char *p;

	if (from && (end = strcasestr(from, "</title")) != NULL) {
		*end = '\0';
		text_clean(text_trim(from + 1), out, FAULT_SIZE);
		return;
	}
	for (p = body; *p;) {
		if (*p == '<') {
			p += strcspn(p, ">");
			p += *p == '>';
		} else {
			*to++ = *p++;
		}
	}
	*to = '\0';
	text_clean(text_trim(body), out, FAULT_SIZE);
}

void fault_text(const char *body, size_t length, char out[FAULT_SIZE])
{
	char *copy = mem_strndup(body, length < FAULT_BODY ? length : FAULT_BODY);
	cJSON *json = cJSON_ParseWithLength(copy, strlen(copy));

	out[0] = '\0';
	if (cJSON_IsObject(json))
		reason_of(json, out);
	else if (cJSON_IsString(json))
		text_clean(json->valuestring, out, FAULT_SIZE);
	else if (fault_is_html(copy, strlen(copy)))
		html_text(copy, out);
	else if (!json)
		text_clean(text_trim(copy), out, FAULT_SIZE);
	cJSON_Delete(json);
	free(copy);
}
