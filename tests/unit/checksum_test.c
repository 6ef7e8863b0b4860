/* SHA-256 as sha256sum(1) tells it. */
#include "publish/checksum.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tap.h"
#include "tempdir.h"

static struct err err;

/* What the command says, without its line end. */
static void said(const char *command, char *out, size_t size)
{
	FILE *pipe = popen(command, "r");

	if (!pipe || !fgets(out, (int)size, pipe))
		*out = '\0';
	if (pipe)
		pclose(pipe);
	out[strcspn(out, " \n")] = '\0';
}

int main(void)
{
	char sum[CHECKSUM_SIZE], want[200], command[900];
	char *big = malloc(1 << 20);

	memset(big, 'x', 1 << 20);
	ok(!file_write(temp_path("empty"), "", 0, &err) &&
			!checksum_file(temp_path("empty"), sum, &err),
		"an empty file");
	is_str(sum, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"has the sum of nothing");
	ok(!file_make_dir(temp_path("d"), &err) &&
			!file_write(temp_path("d/b.csv"), big, 1 << 20, &err) &&
			!file_write(temp_path("d/Z.csv"), "z", 1, &err),
		"a folder");
	ok(!checksum_folder(temp_path("d"), sum, &err), "is summed");
	snprintf(command, sizeof(command), "cd '%s' && LC_ALL=C sha256sum * | sha256sum",
		temp_path("d"));
	said(command, want, sizeof(want));
	is_str(sum, want, "as the manual says");
	ok(checksum_file(temp_path("none"), sum, &err), "what is not there: %s", err.text);
	ok(checksum_folder(temp_path("none"), sum, &err), "as a folder: %s", err.text);
	free(big);
	return done_testing();
}
