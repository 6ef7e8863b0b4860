#include "screen/help.h"

#include "shell.h"

static const char keys_help[] =
	"Keys that work everywhere\n"
	"Tab, Shift-Tab   next or previous field or button\n"
	"Enter            press the button; in a text, on to the next field\n"
	"Space            switch a slider, a box or a row\n"
	"Esc              close a pop-up, undo the field, or one step back\n"
	"F1 or ?          this help\n"
	"F2 or Ctrl-S     save the draft\n"
	"F6 or Ctrl-G     list of the steps, to jump to one\n"
	"F7 or Ctrl-P     previous step\n"
	"F8 or Ctrl-N     next step\n"
	"F9 or f          to Finish, once the mapping has been seen\n"
	"F10 or Ctrl-Q    quit (asks first)\n"
	"/ or Ctrl-F      search in a list\n"
	"a x i            all on, all off, invert: the rows shown\n"
	"Ctrl-L           draw the screen anew\n"
	"Ctrl-Z           suspend; fg comes back";

void help_show(struct shell *shell, const struct screen *screen, void *state)
{
	static const char *const labels[] = {"Close"};
	struct dialog dialog;
	struct buf text;

	buf_init(&text);
	if (screen->help) {
		screen->help(state, &text);
		buf_adds(&text, "\n\n");
	}
	buf_adds(&text, keys_help);
	dialog_text(&dialog, "Help", text.data, labels, 1);
	shell_ask(shell, &dialog, NULL, NULL);
	buf_clear(&text);
}
