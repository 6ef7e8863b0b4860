/*
 * lumensim, the simulated Lumen Touch: a OneRoster source on the loopback with a made-up
 * district that lives from day to day, and with every fault that sources have been seen to
 * have.
 */
#include "serve.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

static const char usage[] =
	"usage: lumensim [--port N] [--https [--cert FILE --key FILE] [--ca-out FILE]]\n"
	"  [--version 1.1|1.2] [--root PATH] [--token-path PATH]\n"
	"  [--students N] [--seed N] [--day N]\n"
	"  [--auth oauth2|oauth1|both|none] [--client-id ID] [--secret-file FILE] "
	"[--token-life S]\n"
	"  [--limit-cap N] [--think MS] [--gzip] [--fault "
	"NAME[xTIMES][=VALUE][:COLLECTION][@K]]...\n"
	"  [--lifetime SECONDS] [--detach] [--faults] [--help]\n";

struct options {
	const char *cert, *key, *ca_out;
	long lifetime;
	bool detach;
};

enum { OPT_SETTING = 1000 };

static const struct option long_options[] = {
	{"port", required_argument, NULL, 'p'},
	{"https", no_argument, NULL, 's'},
	{"cert", required_argument, NULL, 'c'},
	{"key", required_argument, NULL, 'k'},
	{"ca-out", required_argument, NULL, 'o'},
	{"secret-file", required_argument, NULL, 'f'},
	{"gzip", no_argument, NULL, 'z'},
	{"fault", required_argument, NULL, 'F'},
	{"faults", no_argument, NULL, 'L'},
	{"lifetime", required_argument, NULL, 'l'},
	{"detach", no_argument, NULL, 'd'},
	{"help", no_argument, NULL, 'h'},
	{"version", required_argument, NULL, OPT_SETTING},
	{"root", required_argument, NULL, OPT_SETTING},
	{"token-path", required_argument, NULL, OPT_SETTING},
	{"students", required_argument, NULL, OPT_SETTING},
	{"seed", required_argument, NULL, OPT_SETTING},
	{"day", required_argument, NULL, OPT_SETTING},
	{"auth", required_argument, NULL, OPT_SETTING},
	{"client-id", required_argument, NULL, OPT_SETTING},
	{"token-life", required_argument, NULL, OPT_SETTING},
	{"limit-cap", required_argument, NULL, OPT_SETTING},
	{"think", required_argument, NULL, OPT_SETTING},
	{NULL, 0, NULL, 0},
};

static int fail(const char *what, const char *name)
{
	fprintf(stderr, "lumensim: %s: %s\n", name, what);
	return -1;
}

/* A whole small file; NULL where it cannot be read. */
static char *file_read(const char *name)
{
	FILE *f = fopen(name, "re");
	if (!f)
		return NULL;
	struct buf b = {0};
	char part[4096];
	size_t n;
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		buf_put(&b, part, n);
	fclose(f);
	return buf_take(&b, NULL);
}

static int secret_read(struct sim *sim, const char *name)
{
	char *text = file_read(name);
	if (!text)
		return fail(strerror(errno), name);
	text[strcspn(text, "\r\n")] = 0;
	int result = settings_set(&sim->settings, "secret", text);
	free(text);
	return result ? fail("the secret is too long", name) : 0;
}

static int option_take(struct sim *sim, struct options *o, int c, int index)
{
	switch (c) {
	case 'p':
		sim->settings.port = atoi(optarg);
		return sim->settings.port >= 0 && sim->settings.port < 65536
			       ? 0
			       : fail("no port", optarg);
	case 's': sim->settings.https = true; return 0;
	case 'c': o->cert = optarg; return 0;
	case 'k': o->key = optarg; return 0;
	case 'o': o->ca_out = optarg; return 0;
	case 'f': return secret_read(sim, optarg);
	case 'z': sim->settings.gzip = true; return 0;
	case 'F': return faults_add(&sim->faults, optarg) ? fail("no such fault", optarg) : 0;
	case 'l':
		o->lifetime = atol(optarg);
		return o->lifetime > 0 ? 0 : fail("no time", optarg);
	case 'd': o->detach = true; return 0;
	case OPT_SETTING:
		if (settings_set(&sim->settings, long_options[index].name, optarg) == 0)
			return 0;
		return fail("will not do", long_options[index].name);
	default: fputs(usage, stderr); return -1;
	}
}

static int options_read(struct sim *sim, struct options *o, int argc, char **argv)
{
	int c, index = 0;
	while ((c = getopt_long(argc, argv, "", long_options, &index)) != -1) {
		if (c == 'L' || c == 'h') {
			if (c == 'L')
				faults_list();
			else
				fputs(usage, stdout);
			return 1;
		}
		if (option_take(sim, o, c, index) != 0)
			return -1;
	}
	return optind < argc ? fail("not an option", argv[optind]) : 0;
}

/* The certificate and key to serve with; both the caller's. */
static int tls_get(const struct options *o, char **cert, char **key)
{
	if (o->cert && o->key) {
		*cert = file_read(o->cert);
		*key = file_read(o->key);
		if (!*cert || !*key)
			return fail(strerror(errno), *cert ? o->key : o->cert);
	} else if (cert_make(cert, key) != 0) {
		return fail("cannot be made", "certificate");
	}
	if (!o->ca_out)
		return 0;
	FILE *f = fopen(o->ca_out, "we");
	if (!f || fputs(*cert, f) < 0 || fclose(f) != 0)
		return fail(strerror(errno), o->ca_out);
	return 0;
}

/* Until a signal comes or the time is up. */
static void wait_for_end(const sigset_t *signals, long lifetime)
{
	struct timespec now, left = {.tv_sec = lifetime};
	clock_gettime(CLOCK_MONOTONIC, &now);
	time_t end = now.tv_sec + lifetime;
	while (sigtimedwait(signals, NULL, &left) < 0 && errno == EINTR) {
		clock_gettime(CLOCK_MONOTONIC, &now);
		left.tv_sec = end > now.tv_sec ? end - now.tv_sec : 0;
	}
}

static int run(struct sim *sim, const struct options *o, const sigset_t *signals)
{
	char *cert = NULL, *key = NULL;
	int result = sim->settings.https ? tls_get(o, &cert, &key) : 0;
	struct MHD_Daemon *daemon = NULL;
	if (result == 0) {
		daemon = serve_start(sim, cert, key);
		if (!daemon)
			result = fail("cannot be listened on", "port");
	}
	if (daemon) {
		printf("ready %s://127.0.0.1:%d\n", sim->settings.https ? "https" : "http",
			sim->settings.port);
		fflush(stdout);
		wait_for_end(signals, o->lifetime);
		sim->stopping = true;
		serve_stop(daemon);
	}
	free(cert);
	free(key);
	return result ? 1 : 0;
}

int main(int argc, char **argv)
{
	static struct sim sim;
	struct options o = {.lifetime = 600};
	sim_init(&sim);
	int result = options_read(&sim, &o, argc, argv);
	if (result == 0) {
		/* Blocked before any thread is begun, so that only main takes them. */
		sigset_t signals;
		sigemptyset(&signals);
		sigaddset(&signals, SIGTERM);
		sigaddset(&signals, SIGINT);
		sigaddset(&signals, SIGHUP);
		pthread_sigmask(SIG_BLOCK, &signals, NULL);
		signal(SIGPIPE, SIG_IGN);
		if (!o.detach)
			prctl(PR_SET_PDEATHSIG, SIGTERM);
		result = run(&sim, &o, &signals);
	} else {
		result = result < 0 ? 2 : 0;
	}
	sim_clear(&sim);
	return result;
}
