#include "publish/checksum.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"

enum { READ_AT = 256 * 1024 };

static EVP_MD_CTX *begin(void)
{
	EVP_MD_CTX *digest = EVP_MD_CTX_new();

	if (!digest || !EVP_DigestInit_ex(digest, EVP_sha256(), NULL))
		abort(); /* only without memory */
	return digest;
}

static void end(EVP_MD_CTX *digest, char out[CHECKSUM_SIZE])
{
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned length = 0, i;

	EVP_DigestFinal_ex(digest, bytes, &length);
	for (i = 0; i < length; i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
	EVP_MD_CTX_free(digest);
}

int checksum_file(const char *path, char out[CHECKSUM_SIZE], struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	EVP_MD_CTX *digest;
	char *data;
	ssize_t n;

	if (fd < 0)
		return file_error(err, "open", path);
	digest = begin();
	data = mem_alloc(READ_AT);
	while ((n = read(fd, data, READ_AT)) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			EVP_DigestUpdate(digest, data, (size_t)n);
	end(digest, out);
	if (n < 0)
		file_error(err, "read", path);
	free(data);
	close(fd);
	return n < 0 ? -1 : 0;
}

static int is_file(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

int checksum_folder(const char *path, char out[CHECKSUM_SIZE], struct err *err)
{
	struct dirent **entries;
	int count = scandir(path, &entries, is_file, by_bytes), i, result = 0;
	struct buf lines;
	EVP_MD_CTX *digest;

	if (count < 0)
		return file_error(err, "read", path);
	buf_init(&lines);
	for (i = 0; i < count; i++) {
		char *file = mem_printf("%s/%s", path, entries[i]->d_name);
		char sum[CHECKSUM_SIZE];

		if (!result)
			result = checksum_file(file, sum, err);
		if (!result)
			buf_addf(&lines, "%s  %s\n", sum, entries[i]->d_name);
		free(file);
		free(entries[i]);
	}
	free(entries);
	if (!result) {
		digest = begin();
		EVP_DigestUpdate(digest, lines.data, lines.used);
		end(digest, out);
	}
	buf_clear(&lines);
	return result;
}
