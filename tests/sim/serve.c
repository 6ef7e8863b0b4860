/* The HTTP server: see serve.h. */
#include "serve.h"
#include "request.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>

enum { BODY_MAX = 64 << 20 };

/* The address as it was sent, before anybody decodes it: signatures and ids need that. */
static void *request_new(void *cls, const char *uri, struct MHD_Connection *connection)
{
	struct request *rq = sim_alloc(sizeof(*rq));
	memset(rq, 0, sizeof(*rq));
	rq->sim = cls;
	rq->connection = connection;
	rq->target = sim_strdup(uri);
	rq->path = sim_strdup(uri);
	rq->path[strcspn(rq->path, "?")] = 0;
	char *query = strchr(rq->target, '?');
	rq->query_text = query ? query + 1 : "";
	query_parse(&rq->query, rq->query_text);
	return rq;
}

static void request_count(struct request *rq, int by)
{
	struct stats *s = &rq->sim->stats;
	s->running += by;
	if (s->running > s->running_max)
		s->running_max = s->running;
	if (!rq->page)
		return;
	s->pages_running += by;
	if (s->pages_running > s->pages_running_max)
		s->pages_running_max = s->pages_running;
}

static void request_done(void *cls, struct MHD_Connection *connection, void **con_cls,
	enum MHD_RequestTerminationCode why)
{
	(void)cls, (void)connection, (void)why;
	struct request *rq = *con_cls;
	if (!rq)
		return;
	if (rq->counted) {
		pthread_mutex_lock(&rq->sim->lock);
		request_count(rq, -1);
		pthread_mutex_unlock(&rq->sim->lock);
	}
	query_clear(&rq->query);
	buf_clear(&rq->body);
	free(rq->target);
	free(rq->path);
	free(rq);
	*con_cls = NULL;
}

/* What stands behind the path of the collections; NULL where the path is another. */
static const char *collection_part(const struct request *rq)
{
	char base[256];
	settings_path(&rq->settings, base, sizeof(base));
	size_t len = strlen(base);
	if (strncmp(rq->path, base, len) != 0 || rq->path[len] != '/')
		return NULL;
	return rq->path + len + 1;
}

static void request_begin(struct request *rq, const char *method)
{
	struct sim *sim = rq->sim;
	rq->begun = true;
	snprintf(rq->method, sizeof(rq->method), "%s", method);
	rq->counted = strncmp(rq->path, "/sim/", 5) != 0;
	pthread_mutex_lock(&sim->lock);
	rq->settings = sim->settings;
	const char *part = collection_part(rq);
	rq->page = part && *part && strcmp(part, "token") != 0;
	if (rq->counted) {
		request_count(rq, 1);
		faults_standing(&sim->faults, NULL, &rq->faults);
	}
	pthread_mutex_unlock(&sim->lock);
}

static enum MHD_Result collection_serve(struct request *rq, const char *part)
{
	char name[64], id[512];
	size_t len = strcspn(part, "/");
	bool slash = part[len] == '/';
	const char *rest = slash ? part + len + 1 : "";
	snprintf(name, sizeof(name), "%.*s", (int)(len < 63 ? len : 63), part);
	if (strcmp(rq->method, "GET") != 0 && strcmp(rq->method, "HEAD") != 0)
		return reply_error(rq, &(struct reply){0}, 405, "invaliddata", "GET only");
	if (collection_find(name, NULL, NULL) < 0 || strlen(rest) >= sizeof(id))
		return reply_error(
			rq, &(struct reply){0}, 404, "unknownobject", "No such path");
	if (!*rest)
		return page_serve(rq, name, slash);
	snprintf(id, sizeof(id), "%s", rest);
	size_t end = strlen(id);
	if (id[end - 1] == '/')
		id[end - 1] = 0;
	bool deeper = strchr(id, '/');
	percent_decode(id, false);
	if (deeper)
		return reply_error(
			rq, &(struct reply){0}, 404, "unknownobject", "No such path");
	return single_serve(rq, name, id);
}

static enum MHD_Result request_serve(struct request *rq)
{
	char token[300];
	if (!rq->counted)
		return control_serve(rq);
	settings_token_path(&rq->settings, token, sizeof(token));
	token[strcspn(token, "?")] = 0;
	if (!strcmp(rq->path, token))
		return token_serve(rq);
	if (!strcmp(rq->path, "/sso/login"))
		return reply_html(rq, &(struct reply){.status = 200}, "Sign in to Lumen");
	const char *part = collection_part(rq);
	if (part && *part)
		return collection_serve(rq, part);
	return reply_error(rq, &(struct reply){0}, 404, "unknownobject", "No such path");
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *data, size_t *data_size,
	void **con_cls)
{
	(void)cls, (void)connection, (void)url, (void)version;
	struct request *rq = *con_cls;
	if (!rq)
		return MHD_NO;
	if (!rq->begun) {
		request_begin(rq, method);
		return MHD_YES;
	}
	if (*data_size) {
		if (rq->body.len + *data_size > BODY_MAX)
			return MHD_NO;
		buf_put(&rq->body, data, *data_size);
		*data_size = 0;
		return MHD_YES;
	}
	return request_serve(rq);
}

struct MHD_Daemon *serve_start(struct sim *sim, const char *cert, const char *key)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)sim->settings.port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	/* No Date of its own: ours may be wrong on purpose. */
	unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION |
			 MHD_USE_POLL | MHD_USE_SUPPRESS_DATE_NO_CLOCK;
	struct MHD_OptionItem tls[] = {{MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)key},
		{MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)cert},
		{MHD_OPTION_END, 0, NULL}};
	if (!cert)
		tls[0].option = MHD_OPTION_END;
	struct MHD_Daemon *daemon = MHD_start_daemon(cert ? flags | MHD_USE_TLS : flags, 0,
		NULL, NULL, handle, sim, MHD_OPTION_SOCK_ADDR, &address,
		MHD_OPTION_URI_LOG_CALLBACK, request_new, sim, MHD_OPTION_NOTIFY_COMPLETED,
		request_done, sim, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)256 << 10,
		MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
	if (!daemon)
		return NULL;
	const union MHD_DaemonInfo *info =
		MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
	if (info)
		sim->settings.port = info->port;
	return daemon;
}

void serve_stop(struct MHD_Daemon *daemon)
{
	MHD_stop_daemon(daemon);
}
