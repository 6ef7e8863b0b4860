/* The dashboard of an app. (A placeholder until the real one lands.) */
#include <stdlib.h>

#include "base/mem.h"
#include "screen/screen.h"
#include "shell.h"

struct dashboard {
	struct shell *shell;
};

static void *dashboard_open(struct shell *shell, void *arg)
{
	struct dashboard *dashboard = mem_zero(1, sizeof(*dashboard));

	dashboard->shell = shell;
	shell_where(shell, arg ? arg : "");
	return dashboard;
}

static void dashboard_draw(void *state, struct rect area)
{
	(void)state;
	draw_text(area.y, area.x, area.width, DRAW_TITLE, "Dashboard");
}

const struct screen dashboard_screen = {
	.name = "dashboard",
	.title = "Dashboard",
	.open = dashboard_open,
	.close = free,
	.draw = dashboard_draw,
};
