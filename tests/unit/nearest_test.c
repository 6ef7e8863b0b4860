/* The word that was meant. */
#include "base/nearest.h"

#include "tap.h"

static const char *const words[] = {"run", "status", "schools", "secret", "show", "approve"};

static void meant(const char *word, const char *want)
{
	is_str(nearest_word(word, words, sizeof(words) / sizeof(*words), sizeof(*words)), want,
		"%s means %s", word, want ? want : "nothing");
}

int main(void)
{
	meant("rnu", "run");
	meant("runn", "run");
	meant("Stauts", "status");
	meant("aprove", "approve");
	meant("school", "schools");
	meant("explode", NULL);
	meant("", NULL);
	return done_testing();
}
