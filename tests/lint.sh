#!/bin/bash
# make lint: what the compiler does not see. Every check names what it found; all are run.
set -eu
cd "$(dirname "$0")/.."

failed=0
mapfile -t c < <(git ls-files -co --exclude-standard '*.[ch]' | while read -r f; do [ ! -f "$f" ] || echo "$f"; done)
mapfile -t bats < <(git ls-files -co --exclude-standard '*.bats')

# check TITLE COMMAND...: the command must succeed.
check() {
  local title=$1
  shift
  if "$@"; then
    echo "ok      $title"
  else
    echo "FAILED  $title"
    failed=1
  fi
}

# none TITLE LINES: nothing must have been found.
none() {
  [ -z "$2" ] || printf '%s\n' "$2"
  check "$1" test -z "$2"
}

# found WHERE PATTERN [BUT]: lines of the C sources at WHERE that match, but for files at BUT.
found() {
  printf '%s\n' "${c[@]}" | grep -E "^($1)" | grep -Ev "^(${3:-nowhere/})" | xargs -r grep -nE -- "$2" /dev/null || true
}

# ---- layers: who may include whom ----

# below LAYER OTHERS: core/LAYER includes nothing of OTHERS.
below() {
  none "core/$1 knows nothing of: ${2//|/, }" "$(found "core/$1/" "^#include \"($2)/")"
}

none 'core includes nothing of the front end' "$(found core/ '^#include "(term|widget|screen|command|tui)/')"
none 'core knows no terminal' "$(found core/ '<(curses|ncurses|ncursesw/.*|term)\.h>')"
none '<curses.h> only in tui/term' "$(found tui/ '<(curses|ncurses.*|term)\.h>' tui/term/)"
below base 'roster|settings|source|rules|store|publish|schedule|sync'
below roster 'settings|source|rules|store|publish|schedule|sync'
below settings 'source|rules|store|publish|schedule|sync'
below source 'rules|store|publish|schedule|sync'
below rules 'store|publish|schedule|sync'
below store 'source|rules|publish|schedule|sync'
below publish 'source|rules|schedule|sync'
none 'widgets know no product word' "$(found 'tui/(widget|term)/' '^#include "(roster|settings|source|rules|store|publish|sync|screen|command)/')"
none 'the simulator shares nothing with the program' "$(found tests/sim/ '^#include ".*/(core|tui)/')"
none 'SQL only in core/store' "$(found 'core/|tui/' '<sqlite3\.h>|"(SELECT|INSERT|UPDATE|DELETE FROM|CREATE TABLE|PRAGMA) ' core/store/)"
none 'core does not end the program' "$(found core/ '\bexit\(|\b_exit\(')"

# ---- size and style ----

# Older files that are still too long. A name leaves this list when its file is split; none is added.
long='core/rules/schools.c'
none 'no file over 500 lines' "$(wc -l "${c[@]}" | awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines" }' | grep -Ev "^($long):" || true)"
none 'no struct typedefs' "$(found 'core/|tui/' '^typedef struct')"
none 'no unbounded string functions' "$(found 'core/|tui/' '\b(strcat|sprintf|vsprintf|gets)\(')"
check 'clang-format' clang-format --dry-run -Werror "${c[@]}"

# ---- tools ----

check 'cppcheck' cppcheck --quiet -j "$(nproc)" --std=c11 --error-exitcode=1 --inline-suppr \
  --enable=warning,performance,portability --suppress=missingIncludeSystem --suppress=nullPointerRedundantCheck:tests/* \
  -D_GNU_SOURCE -I core -I tui -I tests/sim core tui tests
check 'shellcheck' shellcheck -x .ci/run tests/*.sh tests/tui/helper.bash
# What a loaded helper sets or reads is unknown here.
check 'shellcheck of the scenarios' shellcheck -x -S warning -e SC2034,SC2120,SC2154,SC2164 "${bats[@]}"
undocumented=$(sed -n 's/^\t{"\([a-z][a-z ]*\)".*/\1/p' tui/main.c | while read -r name; do
  grep -q "^\.It Cm $name\( \|\$\)" man/lumenport.1 || echo "lumenport $name"
done)
none 'every command is in lumenport(1)' "$undocumented"
unknown=$(grep -oE '(core|tui|tests)/[a-z0-9_/]+\.[a-z]+' man/lumenport.7 | sort -u | while read -r name; do
  [ -e "$name" ] || echo "$name"
done)
none 'every file that lumenport(7) names is there' "$unknown"
check 'manual pages' mandoc -T lint -W warning man/*.[157]

exit $failed
