#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

int err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	char text[sizeof(err->text) + 4]; /* so that text_clean cuts, between characters */
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	err->code = code;
	text_clean(text, err->text, sizeof(err->text));
	return -1;
}

int err_context(struct err *err, const char *fmt, ...)
{
	char context[300], text[sizeof(err->text)];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(context, sizeof(context), fmt, ap);
	va_end(ap);
	snprintf(text, sizeof(text), "%s", err->text);
	return err_set(err, err->code, "%s: %s", context, text);
}
