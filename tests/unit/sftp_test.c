/* What can be said of a delivery by SFTP without a server; with one: tests/scenario/sftp.bats.
 */
#include "publish/sftp.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "tap.h"
#include "tempdir.h"

static struct err err;

static void target_is(struct publication place, const char *want)
{
	char *target = sftp_target(&place);

	is_str(target, want, "the target of %s", place.path);
	free(target);
}

static void lacks(struct publication place, const char *word)
{
	err.text[0] = '\0';
	ok(sftp_settings(&place, &err) && err.code == ERR_SETTINGS && strstr(err.text, word),
		"%s: %s", word, err.text);
}

static void test_key_file(void)
{
	char *path = (char *)temp_path("key");
	struct publication place = {.host = (char *)"h",
		.user = (char *)"u",
		.path = (char *)"p",
		.key_file = path};

	ok(sftp_settings(&place, &err) == -1, "a key that is not there: %s", err.text);
	ok(!file_write(path, "key", 3, &err) && !sftp_settings(&place, &err), "a private key");
	chmod(path, 0640);
	lacks(place, "chmod 600");
}

int main(void)
{
	target_is((struct publication){.host = (char *)"sftp.example.org",
			  .port = 22,
			  .user = (char *)"district",
			  .path = (char *)"/in/roster.zip"},
		"sftp://district@sftp.example.org:22/in/roster.zip");
	target_is((struct publication){.host = (char *)"::1",
			  .port = 2222,
			  .user = (char *)"d",
			  .path = (char *)"roster.zip"},
		"sftp://d@[::1]:2222/~/roster.zip");
	lacks((struct publication){.host = NULL}, "deliver.host");
	lacks((struct publication){.host = (char *)"h"}, "deliver.user");
	lacks((struct publication){.host = (char *)"h", .user = (char *)"u"}, "deliver.path");
	test_key_file();
	return done_testing();
}
