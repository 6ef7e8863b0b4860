/*
 * TAP for unit tests: ok(), is_str(), is_int(), and a plan at the end. What a test says goes
 * to stdout, where prove(1) reads it; why it failed goes beside it as a comment.
 */
#ifndef TESTS_UNIT_TAP_H
#define TESTS_UNIT_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int tap_count, tap_failed;

static bool tap_report(bool passed, const char *fmt, va_list ap)
{
	printf("%sok %d - ", passed ? "" : "not ", ++tap_count);
	vprintf(fmt, ap);
	putchar('\n');
	fflush(stdout); /* so that a crash, or a child, loses and repeats nothing */
	tap_failed += !passed;
	return passed;
}

__attribute__((unused, format(printf, 2, 3))) static bool ok(bool passed, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	tap_report(passed, fmt, ap);
	va_end(ap);
	return passed;
}

/* NULL equals only NULL. */
__attribute__((unused, format(printf, 3, 4))) static bool is_str(
	const char *got, const char *want, const char *fmt, ...)
{
	bool same = got && want ? !strcmp(got, want) : got == want;
	va_list ap;

	va_start(ap, fmt);
	tap_report(same, fmt, ap);
	va_end(ap);
	if (!same)
		printf("#  got: %s\n# want: %s\n", got ? got : "(null)",
			want ? want : "(null)");
	return same;
}

__attribute__((unused, format(printf, 3, 4))) static bool is_int(
	long long got, long long want, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	tap_report(got == want, fmt, ap);
	va_end(ap);
	if (got != want)
		printf("#  got: %lld\n# want: %lld\n", got, want);
	return got == want;
}

/* Prints the plan. What main() returns: 0 when all passed. */
__attribute__((unused)) static int done_testing(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed || !tap_count;
}

#endif
