/*
 * The settings as the program uses them: one `struct app` for each activated source, and one
 * table of keys that drives the settings file, `app set`, `app show` and the wizard's fields.
 * The client secret is not a setting (secret.h).
 */
#ifndef SETTINGS_SETTINGS_H
#define SETTINGS_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "roster/schema.h"
#include "settings/rule.h"
#include "settings/when.h"

enum app_kind { APP_LUMEN_TOUCH, APP_ONEROSTER_API, APP_ONEROSTER_CSV, APP_KINDS };
enum export_format { EXPORT_ONEROSTER, EXPORT_ONEROSTER_12, EXPORT_BASIC };
enum auth_mode { AUTH_AUTO, AUTH_OAUTH2, AUTH_OAUTH1 };

/* A sync hold limit: "off", "10%", or "250" records. */
enum limit_unit { LIMIT_DEFAULT, LIMIT_OFF, LIMIT_PERCENT, LIMIT_COUNT };
struct limit {
	enum limit_unit unit; /* LIMIT_DEFAULT: the next more general limit decides */
	int amount;           /* hundredths of a percent, or records */
};

struct hold_settings {
	struct limit any[CHANGE_KINDS];                  /* of any entity type */
	struct limit entity[ENTITY_COUNT][CHANGE_KINDS]; /* of one; LIMIT_DEFAULT: as any */
	struct limit school[CHANGE_KINDS]; /* of an entity type within one school */
	int floor;           /* percentages do not judge fewer records than this */
	bool deletions_only; /* additions and updates go through, deletions wait */
};

enum schedule_mode { SCHEDULE_OFF, SCHEDULE_DAILY, SCHEDULE_WEEKLY, SCHEDULE_MONTHLY };

/* When imports run by themselves. */
struct schedule {
	enum schedule_mode mode;
	unsigned days; /* of the week, with SCHEDULE_WEEKLY: 1 << 0 for Monday */
	int day;       /* of the month, with SCHEDULE_MONTHLY; where there is none, the last */
	int time;      /* minutes after midnight */
	char *zone;    /* NULL: this machine's */
	char until[DATE_SIZE]; /* the last day; "": for ever */
};

/* What is otherwise around the change of the school year, each between two dates. */
struct rollover {
	struct window suspend; /* nothing runs by itself */
	struct window keep;    /* nothing is deleted */
	struct window limits;  /* the limits below hold, in place of all others of their kind */
	struct limit limit[CHANGE_KINDS]; /* LIMIT_DEFAULT: as otherwise */
};

/* One source school and what becomes of it. */
struct school_choice {
	char *id;     /* owned; as the source gives it, without prefix */
	bool on;      /* the slider: in the sync */
	char *name;   /* owned; name in the hub; NULL: the source's */
	char *hub_id; /* owned; hub school it is mapped onto; NULL: one of its own */
};

/* What Test Connection and imports found to work. Rediscovered when it stops working. */
struct learned {
	char *root;      /* collection root, without trailing slash */
	char *token_url; /* NULL with OAuth 1.0a */
	char *auth;      /* "oauth2 basic scope", "oauth1 HMAC-SHA256" ...; see oauth.h */
	int page_size;   /* 0: not known */
};

struct terms_acceptance {
	int version; /* 0: not accepted */
	char *when;  /* ISO 8601 */
	char *by;    /* user name */
};

/* Where the accepted hub goes, and as what. The password is a secret (secret.h). */
struct publication {
	enum export_format format;
	bool delta;    /* only what changed since the last one that arrived */
	char *exclude; /* attributes that never leave (roster/exclusion.h); NULL: none */
	char *dir;     /* NULL: no export to a folder after an accept */
	char *zip;
	char *host; /* SFTP; NULL: no delivery */
	int port;
	char *user;
	char *path;     /* of the zip there */
	char *key_file; /* private key; NULL: by password */
	char *host_key; /* fingerprint of the server's, "SHA256:..."; NULL: not known yet */
};

struct app {
	char *name; /* unique among the apps; letters, digits, - and _ */
	enum app_kind kind;
	char *path; /* of a OneRoster CSV: folder or zip */
	char *url;
	char *client_id;
	char *token_url; /* NULL: derived */
	enum auth_mode auth;
	char *ca_bundle;     /* NULL: the system's */
	int page_size;       /* records asked for per request */
	int parallel;        /* requests at a time */
	char *sis_id_prefix; /* NULL: none */
	bool bulk_upload;
	bool multiple_sources;
	bool uniqueness;
	bool preview;
	struct hold_settings hold;
	struct publication publication;
	struct schedule schedule;
	struct rollover rollover;
	struct terms_acceptance terms;
	struct learned learned;
	struct school_choice *schools; /* owned, ascending by id */
	size_t school_count;
	struct rules rules; /* of the kinds before RULE_OF_HUB */
};

struct settings {
	struct app **apps; /* owned, each owned */
	size_t count;
	struct rules rules; /* of the hub, whatever the app */
};

void settings_init(struct settings *settings);
void settings_clear(struct settings *settings);

/* The app of that name, or NULL. */
struct app *settings_app(const struct settings *settings, const char *name);

/* As settings_app, but a missing one is an ERR_SETTINGS that lists those there are. */
struct app *settings_need_app(
	const struct settings *settings, const char *name, struct err *err);

/* Adds an app with the defaults of its kind. A name that is taken or malformed is an error. */
struct app *settings_add_app(
	struct settings *settings, enum app_kind kind, const char *name, struct err *err);
void settings_remove_app(struct settings *settings, const char *name);

const char *app_kind_name(enum app_kind kind);  /* "lumen-touch" */
const char *app_kind_title(enum app_kind kind); /* "Lumen Touch" */
bool app_kind_by_name(const char *name, enum app_kind *kind);
const char *app_kind_names(void); /* "lumen-touch, oneroster-api and oneroster-csv" */

/* Whether a kind of app has a client secret. */
bool app_kind_has_secret(enum app_kind kind);

/* What an app of that kind is told by: an address, or a path. */
const char *app_kind_place(enum app_kind kind); /* "url" */

enum setting_type {
	SETTING_TEXT,
	SETTING_BOOL,
	SETTING_INT,
	SETTING_LIMIT,
	SETTING_CHOICE, /* an enum: the number of its word */
	SETTING_DAYS,
	SETTING_TIME,
	SETTING_DATE,
};

/* One key of an app. `key` is a path: "hold.student.deleted" lies in the groups hold, student.
 */
struct setting {
	const char *key;
	enum setting_type type;
	size_t offset;            /* of the field in struct app */
	int least, most;          /* of an int */
	const char *fallback;     /* the default, as it would be written */
	const char *help;         /* one sentence */
	const char *example;      /* shown with an error */
	const char *const *words; /* of a choice; NULL at the end */
};

/* Whether a setting means anything to a kind of app: a service has no path, files no address.
 */
bool setting_is_of(const struct setting *setting, enum app_kind kind);

/* Whether an app of that kind finds its source by it, so that it cannot do without. */
bool setting_is_needed(const struct setting *setting, enum app_kind kind);

/* The first needed setting that the app does not have; NULL when it has all. */
const struct setting *app_lacks(const struct app *app);

/* The table, in the order in which the file and the wizard show it. */
const struct setting *settings_table(size_t *count);
const struct setting *setting_by_key(const char *key); /* NULL: no such key */

/*
 * Sets a key from text ("on"/"off"/"true"/"false" for a bool, "" or "default" for the
 * default). A bad value is ERR_SETTINGS that names key, limit and an example; nothing is set.
 */
int app_set(struct app *app, const char *key, const char *value, struct err *err);

/*
 * What no key shows alone: a zone that this machine has, windows with both of their dates, and
 * limits with a window to hold in. ERR_SETTINGS naming the key and what to do.
 */
int app_check(const struct app *app, struct err *err);

/* Writes the value as app_set would take it ("" for none). */
void app_get(const struct app *app, const struct setting *setting, struct buf *out);

/* A limit as app_set would take it; nothing for LIMIT_DEFAULT. */
void limit_write(const struct limit *limit, struct buf *out);

/* The choice for a source school, NULL when there is none. */
struct school_choice *app_school(const struct app *app, const char *id);

/* The same, made (off, unmapped) when there is none. Pointers got before become invalid. */
struct school_choice *app_need_school(struct app *app, const char *id);
void app_remove_school(struct app *app, const char *id);

/*
 * SHA-256 in hex over everything that shapes an import of the app: all of its settings, the
 * school choices and rules, and the hub's rules, not what was learned, where exports go nor
 * when it runs. A decision is bound to it.
 */
void app_settings_hash(const struct rules *of_hub, const struct app *app, char out[65]);

/* Whether the keys of the table are set alike. */
bool app_same_keys(const struct app *a, const struct app *b);

/* Makes all of `to` as in `from`, but its name and kind. */
void app_copy(struct app *to, const struct app *from);

void learned_copy(struct learned *to, const struct learned *from);

/* Forgets what was learned: after a change of URL, credentials or auth mode. */
void learned_clear(struct learned *learned);

#endif
