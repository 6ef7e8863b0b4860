#include "roster/grades.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 40 };

struct grade {
	const char *code, *plain;
};

static const struct grade grades[] = {{"IT", "IT"}, {"PR", "PR"}, {"PK", "PK"}, {"TK", "TK"},
	{"KG", "K"}, {"01", "1"}, {"02", "2"}, {"03", "3"}, {"04", "4"}, {"05", "5"},
	{"06", "6"}, {"07", "7"}, {"08", "8"}, {"09", "9"}, {"10", "10"}, {"11", "11"},
	{"12", "12"}, {"13", "13"}, {"PS", "PS"}, {"UG", "UG"}, {"Other", "Other"}};

enum {
	INFANT,
	PRESCHOOL,
	PREK,
	TRANSITIONAL,
	KINDERGARTEN,
	FIRST,
	POSTSECONDARY = FIRST + 13,
	UNGRADED,
	OTHER
};

/* Letters and digits only, in lower case. In order. */
static const struct spelling {
	const char *text;
	int grade;
} spellings[] = {
	{"eighth", FIRST + 7},
	{"eleventh", FIRST + 10},
	{"fifth", FIRST + 4},
	{"first", FIRST},
	{"fourth", FIRST + 3},
	{"freshman", FIRST + 8},
	{"infant", INFANT},
	{"infanttoddler", INFANT},
	{"it", INFANT},
	{"junior", FIRST + 10},
	{"k", KINDERGARTEN},
	{"kg", KINDERGARTEN},
	{"kindergarten", KINDERGARTEN},
	{"kn", KINDERGARTEN},
	{"ninth", FIRST + 8},
	{"other", OTHER},
	{"pk", PREK},
	{"pk3", PREK},
	{"pk4", PREK},
	{"postsecondary", POSTSECONDARY},
	{"pr", PRESCHOOL},
	{"prek", PREK},
	{"prekindergarten", PREK},
	{"preschool", PRESCHOOL},
	{"ps", POSTSECONDARY},
	{"second", FIRST + 1},
	{"senior", FIRST + 11},
	{"seventh", FIRST + 6},
	{"sixth", FIRST + 5},
	{"sophomore", FIRST + 9},
	{"tenth", FIRST + 9},
	{"third", FIRST + 2},
	{"tk", TRANSITIONAL},
	{"toddler", INFANT},
	{"transitionalkindergarten", TRANSITIONAL},
	{"twelfth", FIRST + 11},
	{"ug", UNGRADED},
	{"ungraded", UNGRADED},
};

static int compare(const void *word, const void *spelling)
{
	return strcmp(word, ((const struct spelling *)spelling)->text);
}

/* Letters and digits in lower case. False: too long, or other letters, or "-1". */
static const char *squeeze(const char *text, char out[LONGEST])
{
	size_t used = 0;

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (used + 1 == LONGEST || c >= 0x80 || (c == '-' && !used))
			return NULL;
		if (isalnum(c))
			out[used++] = (char)tolower(c);
	}
	out[used] = '\0';
	return out;
}

/* "9", "09", "9th": the number, -1 where it is none of 0 to 13. */
static int number_of(const char *word)
{
	static const char *const endings[] = {
		"", "st", "nd", "rd", "th", "thgrade", "stgrade", "ndgrade", "rdgrade"};
	char *end;
	long number;
	size_t i;

	if (!isdigit((unsigned char)*word))
		return -1;
	number = strtol(word, &end, 10);
	for (i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (!strcmp(end, endings[i]))
			return number <= 13 ? (int)number : -1;
	return -1;
}

static const char *without_prefix(const char *word)
{
	if (!strncmp(word, "grade", 5) && word[5])
		return word + 5;
	if (!strncmp(word, "gr", 2) && isdigit((unsigned char)word[2]))
		return word + 2;
	return word;
}

static const struct grade *find(const char *text)
{
	char squeezed[LONGEST];
	const char *word = squeeze(text, squeezed);
	const struct spelling *spelling;
	int number;

	if (!word)
		return NULL;
	word = without_prefix(word);
	number = number_of(word);
	if (number >= 0)
		return &grades[KINDERGARTEN + number];
	spelling = bsearch(word, spellings, sizeof(spellings) / sizeof(*spellings),
		sizeof(*spellings), compare);
	return spelling ? &grades[spelling->grade] : NULL;
}

const char *grades_code(const char *text)
{
	const struct grade *grade = find(text);

	return grade ? grade->code : NULL;
}

const char *grades_plain(const char *text)
{
	const struct grade *grade = find(text);

	return grade ? grade->plain : NULL;
}
