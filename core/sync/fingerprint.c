#include "sync/fingerprint.h"

#include <openssl/evp.h>
#include <stdio.h>

#include "base/buf.h"

void sync_fingerprint(struct sync *sync, const struct staged_sum *sum)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned length = 0, i;
	struct buf text;

	sync->fingerprint[0] = '\0';
	if (!sum->low && !sum->high)
		return;
	buf_init(&text);
	buf_addf(&text, "%s\n%lld\n%lld\n%s\n%016llx%016llx\n", sync->app,
		(long long)sync->base, (long long)sync->revision, sync->settings_hash,
		(unsigned long long)sum->high, (unsigned long long)sum->low);
	EVP_Digest(text.data, text.used, digest, &length, EVP_sha256(), NULL);
	for (i = 0; i < length; i++)
		snprintf(sync->fingerprint + 2 * i, 3, "%02x", digest[i]);
	buf_clear(&text);
}
