# lumenport: make all | demo | test | check-asan | check-valgrind | lint | bench | install |
#            uninstall | clean
# No configure. What has to be installed is in tests/packages.sh; demo and test see to it
# themselves. Variables worth knowing: V=1 shows the commands, WERROR=1, CC=clang,
# BUILD=directory, TESTS="tests/scenario/sim.bats tests/unit/url_test.c", PREFIX, DESTDIR.

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

CORE_PKGS = libcurl libcjson libconfig sqlite3 libxxhash libutf8proc libisal libzip libcrypto
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

# gcc's checker of printf lengths is misled by the sanitizers' code.
WARN_SANITIZED = $(if $(findstring clang,$(CC)),,-Wno-format-truncation)

ALL_CFLAGS = -std=gnu11 -D_GNU_SOURCE -DLUMENPORT_VERSION='"$(VERSION)"' -pthread \
             $(WARN) $(if $(SANITIZE),$(WARN_SANITIZED),$(HARDEN)) $(CFLAGS) $(SANITIZE) -MMD -MP
ALL_LDFLAGS = -pthread -pie $(LDFLAGS) $(SANITIZE)

CORE_OBJ = $(patsubst %.c,$(BUILD)/%.o,$(wildcard core/*/*.c))
TUI_OBJ  = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tui/*.c tui/*/*.c))
SIM_OBJ  = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/sim/*.c))
UNIT     = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/*_test.c))
TUI_UNIT = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/tui/*_test.c))
DRIVEN   = $(patsubst %.c,$(BUILD)/%,$(filter-out %_test.c,$(wildcard tests/tui/*.c)))
SCENARIO = $(wildcard tests/scenario/*.bats)
TUI_BATS = $(wildcard tests/tui/*.bats)
PROGRAM  = $(if $(filter build,$(BUILD)),lumenport,$(BUILD)/lumenport)
SIM      = $(BUILD)/lumensim

Q   = $(if $(V),,@)
say = $(if $(V),,@printf '  %-4s %s\n' $(1) $@)

all: $(PROGRAM)

# Made anew when compiler or flags change. Missing packages are named before any compiler
# stumbles over them.
built_with = $(subst ','\'',$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS))
$(BUILD)/flags: FORCE
	@tests/packages.sh check $(CORE_PKGS) $(TUI_PKGS)
	@mkdir -p $(@D)
	@echo '$(built_with)' | cmp -s - $@ || echo '$(built_with)' >$@

$(PROGRAM): $(TUI_OBJ) $(BUILD)/libcore.a
	$(call say,LD)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(tui_libs) $(core_libs) -lm

$(BUILD)/libcore.a: $(CORE_OBJ)
	$(call say,AR)
	$(Q)rm -f $@ && ar rcs $@ $^

$(SIM): $(SIM_OBJ)
	$(call say,LD)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(sim_libs)

# core sees only core; the front end sees both; the simulator sees neither.
$(BUILD)/core/%.o: core/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) $(core_cflags) -iquote core -c -o $@ $<

$(BUILD)/tui/%.o: tui/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) $(core_cflags) $(tui_cflags) -iquote core -iquote tui -c -o $@ $<

$(BUILD)/tests/sim/%.o: tests/sim/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) $(sim_cflags) -c -o $@ $<

$(BUILD)/tests/unit/%: tests/unit/%.c $(BUILD)/libcore.a
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) $(core_cflags) -iquote core $(ALL_LDFLAGS) -o $@ $< $(BUILD)/libcore.a $(core_libs) -lm

# What tests/tui drives: the widgets alone, without a product word.
WIDGET_OBJ = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tui/term/*.c tui/widget/*.c))
$(BUILD)/tests/tui/%: tests/tui/%.c $(WIDGET_OBJ) $(BUILD)/libcore.a
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) -iquote core -iquote tui $(ALL_LDFLAGS) -o $@ $< $(WIDGET_OBJ) \
		$(BUILD)/libcore.a $(tui_libs) $(core_libs) -lm

-include $(CORE_OBJ:.o=.d) $(TUI_OBJ:.o=.d) $(SIM_OBJ:.o=.d) $(UNIT:=.d) \
	$(wildcard $(BUILD)/tests/tui/*.d)

# ---- to see it work ----

demo:
	@tests/demo.sh

# ---- tests ----

parallel = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))
# TESTS names sources or .bats files; what is compiled is run from $(BUILD).
chosen   = $(patsubst %.c,$(BUILD)/%,$(TESTS))
prove    = LC_ALL=C.UTF-8 BUILD='$(BUILD)' LUMENPORT='$(abspath $(PROGRAM))' LUMENSIM='$(abspath $(SIM))' \
	   prove --jobs $(or $(PROVE_JOBS),4) --exec

test:
	@tests/packages.sh test
	@$(MAKE) $(parallel) --no-print-directory test-programs
	@$(prove) tests/tap.sh $(or $(chosen),$(UNIT) $(TUI_UNIT) $(SCENARIO) $(TUI_BATS))

# Everything that the tests run, the program first: without it nothing else is worth a look.
test-programs: $(PROGRAM) $(SIM) $(DRIVEN) \
	$(if $(TESTS),$(filter-out tests/%,$(chosen)),$(UNIT) $(TUI_UNIT))

ASAN = BUILD=build-asan CFLAGS='-O1 -g -fno-omit-frame-pointer' \
       SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=undefined'
check-asan:
	@$(MAKE) --no-print-directory $(ASAN) \
		TESTS='$(or $(TESTS),$(wildcard tests/unit/*_test.c tests/tui/*_test.c) $(SCENARIO))' test

# Unit tests, and one whole import: first, approved, exported, with nothing changed.
check-valgrind:
	@tests/packages.sh valgrind
	@$(MAKE) $(parallel) --no-print-directory test-programs
	@$(prove) 'valgrind -q --error-exitcode=99 --leak-check=full' $(or $(chosen),$(UNIT) $(TUI_UNIT))
	@$(prove) tests/tap.sh tests/valgrind.sh

lint:
	@tests/packages.sh lint
	@tests/lint.sh

bench: all $(SIM)
	@tests/bench/run.py

# ---- to the system ----

DOC  = $(DESTDIR)$(PREFIX)/share/doc/lumenport
MAN  = $(DESTDIR)$(PREFIX)/share/man

install: all
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/lumenport
	install -D -m 644 -t $(MAN)/man1 man/lumenport.1
	install -D -m 644 -t $(MAN)/man5 man/lumenport.conf.5
	install -D -m 644 -t $(MAN)/man7 man/lumenport.7
	install -D -m 644 -t $(DOC) README.md CHANGELOG.md LICENSE config.sample

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/lumenport $(MAN)/man1/lumenport.1 \
		$(MAN)/man5/lumenport.conf.5 $(MAN)/man7/lumenport.7
	rm -rf $(DOC)

clean:
	rm -rf build build-* demo-state lumenport

FORCE:
.PHONY: all demo test test-programs check-asan check-valgrind lint bench install uninstall \
	clean FORCE
