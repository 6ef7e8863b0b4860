# lumenport: make all | demo | test | check-asan | check-valgrind | lint | bench | install | clean
# No configure: a Debian 12 with the packages of tests/packages.sh is all it needs.

CC       ?= cc
CFLAGS   ?= -O2 -g
WARN      = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
            -Wwrite-strings -Wvla -Wformat=2 -Wno-format-nonliteral -Wno-missing-field-initializers \
            $(if $(WERROR),-Werror)
HARDEN    = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
PREFIX   ?= /usr/local
DESTDIR  ?=
BUILD    ?= build
VERSION   = 0.1.0

CORE_PKGS = libcurl libcjson libconfig sqlite3 libxxhash libutf8proc libisal libcrypto
TUI_PKGS  = ncursesw
SIM_PKGS  = libmicrohttpd libcrypto zlib
# Asked of pkg-config once, and only by the rules that compile.
pkg       = $(eval $(1) := $$(shell pkg-config $(2)))$($(1))
core_cflags = $(call pkg,core_cflags,--cflags $(CORE_PKGS))
core_libs   = $(call pkg,core_libs,--libs $(CORE_PKGS))
tui_cflags  = $(call pkg,tui_cflags,--cflags $(TUI_PKGS))
tui_libs    = $(call pkg,tui_libs,--libs $(TUI_PKGS))
sim_cflags  = $(call pkg,sim_cflags,--cflags $(SIM_PKGS))
sim_libs    = $(call pkg,sim_libs,--libs $(SIM_PKGS))

ALL_CFLAGS = -std=gnu11 -D_GNU_SOURCE -DLUMENPORT_VERSION='"$(VERSION)"' -pthread \
             $(WARN) $(if $(SANITIZE),,$(HARDEN)) $(CFLAGS) $(SANITIZE) -MMD -MP
ALL_LDFLAGS = -pthread -pie $(LDFLAGS) $(SANITIZE)

CORE_OBJ = $(patsubst %.c,$(BUILD)/%.o,$(wildcard core/*/*.c))
TUI_OBJ  = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tui/*.c tui/*/*.c))
SIM_OBJ  = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/sim/*.c))
UNIT     = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/*_test.c))
PROGRAM  = $(if $(filter build,$(BUILD)),lumenport,$(BUILD)/lumenport)
SIM      = $(BUILD)/lumensim

# make V=1 shows the commands
Q   = $(if $(V),,@)
say = $(if $(V),,@printf '  %-4s %s\n' $(1) $@)

all: $(PROGRAM)

$(PROGRAM): $(TUI_OBJ) $(BUILD)/libcore.a
	$(call say,LD)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(tui_libs) $(core_libs)

$(BUILD)/libcore.a: $(CORE_OBJ)
	$(call say,AR)
	$(Q)rm -f $@ && ar rcs $@ $^

$(SIM): $(SIM_OBJ)
	$(call say,LD)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(sim_libs)

# core sees only core; the front end sees both; the simulator sees neither.
$(BUILD)/core/%.o: core/%.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) $(core_cflags) -iquote core -c -o $@ $<

$(BUILD)/tui/%.o: tui/%.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) $(core_cflags) $(tui_cflags) -iquote core -iquote tui -c -o $@ $<

$(BUILD)/tests/sim/%.o: tests/sim/%.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) $(sim_cflags) -c -o $@ $<

$(BUILD)/tests/unit/%: tests/unit/%.c $(BUILD)/libcore.a
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) $(core_cflags) -iquote core $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libcore.a $(core_libs)

# What tests/tui drives: the widgets alone, without a product word.
WIDGET_OBJ = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tui/term/*.c tui/widget/*.c))
$(BUILD)/tests/tui/%: tests/tui/%.c $(WIDGET_OBJ) $(BUILD)/libcore.a
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) -iquote core -iquote tui $(ALL_LDFLAGS) -o $@ $< $(WIDGET_OBJ) \
		$(BUILD)/libcore.a $(tui_libs) $(core_libs)

-include $(CORE_OBJ:.o=.d) $(TUI_OBJ:.o=.d) $(SIM_OBJ:.o=.d) $(UNIT:=.d) $(wildcard $(BUILD)/tests/tui/*.d)

clean:
	rm -rf build build-* lumenport

.PHONY: all clean
