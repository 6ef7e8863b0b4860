#!/usr/bin/env bats
# The tab Data Quality in a real tmux: classes, the records of one, the record itself, the file for
# a spreadsheet.
# shellcheck disable=SC2154,SC2034 # what the helpers and bats set

load ../scenario/helper
load ../scenario/roster
load helper
bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_DIRNAME/../.."
  etc=$BATS_TEST_TMPDIR/etc/lumenport.conf
  state=$BATS_TEST_TMPDIR/state
  home=$BATS_TEST_TMPDIR/home
  sim_pid=
  mkdir -p "$home"
}

teardown() {
  tui_stop
  sim_stop
}

# board [-x ..] [-y ..]: the tab of an app whose first two students have no e-mail, nobody sms
board() {
  local tui=() id
  while [[ ${1:-} == -[xye] ]]; do
    tui+=("$1" "$2")
    shift 2
  done
  sim_start --students 60
  app_ready >/dev/null 2>&1
  for id in $(ids users 2 '.role == "student"'); do
    patch users "$id" 'del(.email)'
  done
  lp require main student.email=skip student.sms=report >/dev/null 2>&1
  lp run main >/dev/null
  tui_start "${tui[@]}" -e HOME="$home" "$lumenport" --config "$etc" --state "$state"
  wait_for "Overview"
  keys 5
  wait_for "Required values that are"
}

picture() {
  local name=$1
  shift
  set -- "$name" 's/20[0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]/YYYY-MM-DD HH:MM/g' \
    "s#$home#HOME#g" "$@"
  [ "${GOLDEN:-}" = write ] || wait_until 5 looks_like "$@" || true # a frame may be half drawn
  golden "$@"
}
looks_like() { golden "$@" >/dev/null; }

@test "errors and skipped first; the records of a class, searched; the record in the hub, or not there" {
  board
  picture quality-tab
  keys Enter
  wait_for "sms is empty"
  wait_for "of 58"
  picture quality-errors
  local id
  id=$(ids users 5 '.role == "student"' | tail -n 1)
  keys / && type_text "$id"
  wait_for "(filtered from 58)"
  keys Enter Enter
  wait_for "firstName"
  wait_for "$id"
  keys Escape
  wait_for "sms is empty"
  keys Escape Escape
  wait_for "[Data Quality]"
  keys Down Enter
  wait_for "email is empty"
  keys Enter
  wait_for "It is not in the hub."
  keys Enter
  wait_gone "It is not in the hub."
  keys F1
  wait_for "Enter opens the record as it is in the hub"
}

@test "written as CSV: the path is asked for, a file is replaced only when wanted" {
  board
  keys w
  wait_for "Write as CSV"
  picture quality-csv
  keys Enter Enter
  wait_for "60 rows written to"
  [ "$(wc -l <"$home/quality-main-1.csv")" = 61 ]
  [ "$(stat -c %a "$home/quality-main-1.csv")" = 600 ]
  echo other >"$home/quality-main-1.csv"
  keys w
  wait_for "Write as CSV"
  keys Enter Enter
  wait_for "is there already"
  keys Enter
  wait_gone "is there already"
  [ "$(cat "$home/quality-main-1.csv")" = other ]
  keys w
  wait_for "Write as CSV"
  keys C-u && type_text '~' && type_text /none/x.csv
  keys Enter Enter
  wait_for "Nothing was written"
  keys Enter
  wait_gone "Nothing was written"
  # Of one class only.
  keys Down Enter
  wait_for "email is empty"
  keys w
  wait_for "quality-main-1-skipped_record.csv"
  keys Enter Enter
  wait_for "2 rows written to"
  grep -q '^skipped_record,student,' "$home/quality-main-1-skipped_record.csv"
  lp audit show --json | jq -se 'map(select(.action == "quality.csv")) | length == 2'
}

@test "small and wide" {
  board -x 40 -y 10
  picture quality-tab-40x10
  keys Enter
  wait_for "SIS id"
  wait_for "of 58"
  picture quality-errors-40x10
  resize 132 43
  wait_for "1-35 of 58"
  picture quality-errors-132x43
}
