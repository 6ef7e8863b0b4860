/* A self-signed certificate for this machine's loopback, made anew at each start. */
#include "buf.h"
#include "serve.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

static char *bio_text(BIO *bio)
{
	char *data;
	long len = BIO_get_mem_data(bio, &data);
	char *text = sim_alloc((size_t)len + 1);
	memcpy(text, data, (size_t)len);
	text[len] = 0;
	return text;
}

static int extension_add(X509 *x, int nid, const char *value)
{
	X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
	int ok = e && X509_add_ext(x, e, -1);
	X509_EXTENSION_free(e);
	return ok;
}

static int cert_fill(X509 *x, EVP_PKEY *key)
{
	/* Another number each time, or a browser or a curl with a cache would mix them up. */
	BIGNUM *serial = BN_new();
	int ok = serial && BN_rand(serial, 64, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) &&
		 BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(x));
	BN_free(serial);
	X509_NAME *name = X509_get_subject_name(x);
	return ok && X509_set_version(x, 2) &&
	       X509_gmtime_adj(X509_getm_notBefore(x), -86400) &&
	       X509_gmtime_adj(X509_getm_notAfter(x), 30L * 86400) &&
	       X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
		       (const unsigned char *)"lumensim", -1, -1, 0) &&
	       X509_set_issuer_name(x, name) && X509_set_pubkey(x, key) &&
	       extension_add(x, NID_basic_constraints, "critical,CA:TRUE") &&
	       extension_add(x, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1") &&
	       X509_sign(x, key, EVP_sha256());
}

int cert_make(char **cert, char **key)
{
	EVP_PKEY *pair = EVP_EC_gen("P-256");
	X509 *x = X509_new();
	BIO *cert_bio = BIO_new(BIO_s_mem()), *key_bio = BIO_new(BIO_s_mem());
	int ok = pair && x && cert_bio && key_bio && cert_fill(x, pair) &&
		 PEM_write_bio_X509(cert_bio, x) &&
		 PEM_write_bio_PrivateKey(key_bio, pair, NULL, NULL, 0, NULL, NULL);
	if (ok) {
		*cert = bio_text(cert_bio);
		*key = bio_text(key_bio);
	}
	BIO_free(cert_bio);
	BIO_free(key_bio);
	X509_free(x);
	EVP_PKEY_free(pair);
	return ok ? 0 : -1;
}
