#include "term/keys.h"

#include <curses.h>
#include <string.h>

#include "base/text.h"

/*
 * Codes for define_key. ncurses itself uses KEY_MAX+1 and on for a terminal's extra keys
 * (585 and more seen), so ours lie above.
 */
enum { CODE_FIRST = 2000, CODE_PASTE = 3000, CODE_PASTE_END, CODE_CHAR = 4000 };

struct sequence {
	const char *bytes; /* after the Esc */
	int code;          /* an enum key_code, or a CODE_ */
};

/* Whatever TERM says: half the terminals of this world call themselves xterm and are not. */
static const struct sequence sequences[] = {
	{"[200~", CODE_PASTE},
	{"[201~", CODE_PASTE_END},
	/* F1-F5: PuTTY and rxvt, Linux console, xterm and VT220 */
	{"[11~", K_HELP},
	{"[12~", K_SAVE},
	{"[13~", K_F3},
	{"[14~", K_F4},
	{"[15~", K_RUN},
	{"[[A", K_HELP},
	{"[[B", K_SAVE},
	{"[[C", K_F3},
	{"[[D", K_F4},
	{"[[E", K_RUN},
	{"OP", K_HELP},
	{"OQ", K_SAVE},
	{"OR", K_F3},
	{"OS", K_F4},
	{"OT", K_RUN},
	{"[17~", K_STEPS},
	{"[18~", K_PREVIOUS},
	{"[19~", K_NEXT},
	{"[20~", K_F9},
	{"[21~", K_QUIT},
	{"[23~", K_F11},
	{"[24~", K_F12},
	/* PuTTY as VT100+ */
	{"OU", K_STEPS},
	{"OV", K_PREVIOUS},
	{"OW", K_NEXT},
	{"OX", K_F9},
	{"OY", K_QUIT},
	{"[A", K_UP},
	{"[B", K_DOWN},
	{"[C", K_RIGHT},
	{"[D", K_LEFT},
	{"OA", K_UP},
	{"OB", K_DOWN},
	{"OC", K_RIGHT},
	{"OD", K_LEFT},
	{"[H", K_HOME},
	{"OH", K_HOME},
	{"[1~", K_HOME},
	{"[7~", K_HOME},
	{"[F", K_END},
	{"OF", K_END},
	{"[4~", K_END},
	{"[8~", K_END},
	{"[2~", K_INSERT},
	{"[3~", K_DELETE},
	{"[5~", K_PAGE_UP},
	{"[6~", K_PAGE_DOWN},
	{"[Z", K_BACKTAB},
	{"OM", K_ENTER},
};

/*
 * The keypad with Num Lock, as PuTTY sends it in application mode. VT100 descriptions have
 * function keys on some of these, which are left alone.
 */
static const char keypad_last[] = "jklmnopqrstuvwxy";
static const char keypad_char[] = "*+,-./0123456789";

/* What terminfo knew and the table above did not override. */
static const struct {
	int curses;
	enum key_code code;
} named[] = {
	{KEY_UP, K_UP},
	{KEY_DOWN, K_DOWN},
	{KEY_LEFT, K_LEFT},
	{KEY_RIGHT, K_RIGHT},
	{KEY_HOME, K_HOME},
	{KEY_END, K_END},
	{KEY_FIND, K_HOME},
	{KEY_SELECT, K_END},
	{KEY_PPAGE, K_PAGE_UP},
	{KEY_NPAGE, K_PAGE_DOWN},
	{KEY_IC, K_INSERT},
	{KEY_DC, K_DELETE},
	{KEY_BACKSPACE, K_BACKSPACE},
	{KEY_BTAB, K_BACKTAB},
	{KEY_ENTER, K_ENTER},
	{KEY_F(1), K_HELP},
	{KEY_F(2), K_SAVE},
	{KEY_F(3), K_F3},
	{KEY_F(4), K_F4},
	{KEY_F(5), K_RUN},
	{KEY_F(6), K_STEPS},
	{KEY_F(7), K_PREVIOUS},
	{KEY_F(8), K_NEXT},
	{KEY_F(9), K_F9},
	{KEY_F(10), K_QUIT},
	{KEY_F(11), K_F11},
	{KEY_F(12), K_F12},
};

/* Control characters; what is not here does nothing. */
static const enum key_code controls[32] = {
	['A' - '@'] = K_HOME,
	['C' - '@'] = K_QUIT,
	['E' - '@'] = K_END,
	['F' - '@'] = K_FILTER,
	['G' - '@'] = K_STEPS,
	['H' - '@'] = K_BACKSPACE,
	['I' - '@'] = K_TAB,
	['J' - '@'] = K_ENTER,
	['K' - '@'] = K_KILL_REST,
	['L' - '@'] = K_REDRAW,
	['M' - '@'] = K_ENTER,
	['N' - '@'] = K_NEXT,
	['P' - '@'] = K_PREVIOUS,
	['Q' - '@'] = K_QUIT,
	['R' - '@'] = K_REVEAL,
	['S' - '@'] = K_SAVE,
	['U' - '@'] = K_KILL_LINE,
	['W' - '@'] = K_KILL_WORD,
	['Z' - '@'] = K_SUSPEND,
	['[' - '@'] = K_ESC,
};

static WINDOW *input; /* a pad: wgetch on a pad refreshes nothing */
static int put_back;  /* read too far; ERR when not */
static bool in_paste;
static char partial[8]; /* the bytes of a character that has not arrived whole */
static int partial_used;

static int next_byte(int wait_ms)
{
	int c = put_back;

	if (c != ERR) {
		put_back = ERR;
		return c;
	}
	wtimeout(input, wait_ms);
	return wgetch(input);
}

/*
 * After an Esc that ncurses could not make a key of. The rest of its sequence, ECMA-48 5.4 or
 * SS3 and one character, goes down whole. True when there was one.
 */
static bool swallow_sequence(void)
{
	int c = next_byte(0), wait = get_escdelay(), number = 0;

	if (c != '[' && c != 'O') {
		put_back = c;
		return false;
	}
	if (c == '[' && (c = next_byte(wait)) == '[') { /* Linux console: one more */
		next_byte(wait);
		return true;
	}
	if (c == 'O')
		c = next_byte(wait);
	for (; c >= 0x20 && c < 0x40; c = next_byte(wait)) {
		if (c >= '0' && c <= '9' && number < 1000)
			number = number * 10 + c - '0';
	}
	/* A slow line tore the marker apart: missing it would turn every key into paste. */
	if (c == '~' && (number == 200 || number == 201))
		in_paste = number == 200;
	if (c > 0xff || (c != ERR && c < 0x20))
		put_back = c;
	return true;
}

/* Collects a character of UTF-8. True when `key` holds a showable one. */
static bool take_byte(int c, struct key *key)
{
	char clean[8] = "";
	int want;

	if (partial_used && (c & 0xc0) != 0x80)
		partial_used = 0;
	partial[partial_used++] = (char)c;
	c = (unsigned char)partial[0];
	want = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	if (partial_used < want)
		return false;
	partial[partial_used] = '\0';
	partial_used = 0;
	if (!text_is_utf8(partial, strlen(partial)) ||
		!*text_clean(partial, clean, sizeof(clean)))
		return false;
	key->code = K_CHAR;
	key->pasted = in_paste;
	memcpy(key->text, clean, sizeof(clean));
	return true;
}

static bool take_control(int c, struct key *key)
{
	partial_used = 0;
	if (c == 27 && swallow_sequence())
		return false;
	if (!in_paste) {
		key->code = c == 0x7f ? K_BACKSPACE : controls[c];
		return key->code != K_NONE;
	}
	/* In a paste only line ends and tabs mean anything, and neither presses a button. */
	if (c != '\r' && c != '\n' && c != '\t')
		return false;
	key->code = K_CHAR;
	key->pasted = true;
	strcpy(key->text, c == '\t' ? " " : "\n");
	return true;
}

static bool take_mouse(struct key *key)
{
	MEVENT event;

	if (getmouse(&event) != OK)
		return false;
	key->y = event.y;
	key->x = event.x;
	if (event.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED))
		key->code = K_CLICK;
	else if (event.bstate & BUTTON4_PRESSED)
		key->code = K_WHEEL_UP;
	else if (event.bstate & BUTTON5_PRESSED)
		key->code = K_WHEEL_DOWN;
	return key->code != K_NONE;
}

static bool take_code(int c, struct key *key)
{
	size_t i;

	partial_used = 0;
	if (c == CODE_PASTE || c == CODE_PASTE_END) {
		in_paste = c == CODE_PASTE;
		return false;
	}
	if (in_paste)
		return false;
	if (c == KEY_MOUSE)
		return take_mouse(key);
	if (c > CODE_CHAR) {
		key->code = K_CHAR;
		key->text[0] = (char)(c - CODE_CHAR);
	} else if (c >= CODE_FIRST) {
		key->code = (enum key_code)(c - CODE_FIRST);
	}
	for (i = 0; key->code == K_NONE && i < sizeof(named) / sizeof(*named); i++) {
		if (named[i].curses == c)
			key->code = named[i].code;
	}
	return key->code != K_NONE;
}

bool key_typed(const struct key *key, const char *character)
{
	return key->code == K_CHAR && !key->pasted && strcmp(key->text, character) == 0;
}

bool keys_read(struct key *key)
{
	int c;

	while ((c = next_byte(0)) != ERR) {
		memset(key, 0, sizeof(*key));
		if (c > 0xff                    ? take_code(c, key)
			: c < 0x20 || c == 0x7f ? take_control(c, key)
						: take_byte(c, key))
			return true;
	}
	return false;
}

void keys_open(void)
{
	char bytes[16];
	size_t i;
	int code;

	input = newpad(1, 1);
	keypad(input, TRUE);
	put_back = ERR;
	in_paste = false;
	partial_used = 0;
	for (i = 0; i < sizeof(sequences) / sizeof(*sequences); i++) {
		code = sequences[i].code;
		snprintf(bytes, sizeof(bytes), "\033%s", sequences[i].bytes);
		define_key(bytes, code < CODE_PASTE ? CODE_FIRST + code : code);
	}
	for (i = 0; keypad_last[i]; i++) {
		snprintf(bytes, sizeof(bytes), "\033O%c", keypad_last[i]);
		code = key_defined(bytes);
		if (code < KEY_F(1) || code > KEY_F(12))
			define_key(bytes, CODE_CHAR + keypad_char[i]);
	}
}

void keys_close(void)
{
	delwin(input);
	input = NULL;
}
