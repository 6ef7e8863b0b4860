#!/usr/bin/env bats
# Filter Rules in a real tmux against the simulated Lumen Touch: rules are made, counted on data
# that is fetched, and taken back.

load ../scenario/helper
load helper
bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_DIRNAME/../.."
  etc=$BATS_TEST_TMPDIR/etc/lumenport.conf
  state=$BATS_TEST_TMPDIR/state
}

teardown() {
  tui_stop
  sim_stop
}

# A new app "main" whose schools are all switched on, at Filter Rules with data fetched.
to_filters() {
  tui_start "$@" "$lumenport" --config "$etc" --state "$state" \
    --prefill "$origin,demo,$BATS_TEST_TMPDIR/sim.secret"
  wait_for "Application Gallery"
  keys Tab Enter
  wait_for "A short name for this app"
  keys Enter Enter
  wait_for "Step 1 of 9: Delivery Config"
  keys F8
  wait_for "The terms: not accepted yet"
  keys Enter
  wait_for "lumenport: terms of an import"
  keys BTab Enter
  wait_for "Terms: accepted"
  keys F8
  wait_for "Oak View High School" 20
  type_text A
  wait_for "3 schools switched on"
  keys F8
  wait_for "Step 3 of 9: Attributes Mapping"
  keys F8
  wait_for "Step 4 of 9: Data Requirements"
  keys F8
  wait_for "Step 5 of 9: Filter Rules"
  type_text r
  wait_for "of 60" 20
}

# What differs from run to run.
picture() {
  local name=$1
  shift
  set -- "$name" 's/draft saved ..:../draft saved HH:MM/' \
    's/fetched ....-..-.. ..:../fetched YYYY-MM-DD HH:MM/' "$@"
  if [ "${GOLDEN:-}" = write ]; then
    wait_until 5 stands_still
  else
    wait_until 5 looks_like "$@" || true
  fi
  golden "$@"
}
looks_like() { golden "$@" >/dev/null; }
stands_still() {
  local before
  before=$(screen)
  read -rt 0.3 <> <(:) || true
  [ "$before" = "$(screen)" ]
}

@test "a template, conditions of one's own, who is out, what goes along, and undo" {
  sim_start
  to_filters
  wait_for "all come in"
  type_text n
  wait_for "Active students"
  keys Down Down Down Enter
  wait_for "Added: High school (9-12). u undoes."
  wait_for "lets in 1"
  picture filters-rule
  type_text w
  wait_for "students left out"
  wait_for "not so: gradeLevel is one of"
  keys Enter
  wait_gone "students left out"
  keys Down Enter
  wait_for "Add a condition"
  keys Enter
  wait_for "Attribute, condition, value"
  type_text "emial is empty"
  keys Enter Enter
  wait_for "Did you mean email?"
  keys C-u
  type_text "email is not empty"
  keys Enter Enter
  wait_for "adds more conditions"
  keys Down Space
  wait_for "[x] classes go along"
  type_text u
  wait_for "The last change is taken back."
  keys Up
  type_text d
  wait_for "Deleted: High school (9-12). u undoes."
  wait_gone "lets in"
  type_text u
  wait_for "lets in"
}

@test "search: the rules and types in which a word occurs, and all again" {
  sim_start
  to_filters
  wait_for "all come in"
  type_text n
  wait_for "Active students"
  keys Down Down Down Enter
  wait_for "Added: High school (9-12)."
  type_text /high
  wait_gone "teachers"
  wait_for "High school"
  wait_for "students"
  keys Escape
  wait_for "teachers"
}

@test "at 132x43 and 40x10" {
  sim_start
  to_filters -x 132 -y 43
  picture filters-132x43
  tui_tmux resize-window -x 40 -y 10
  wait_for "Filter Rules"
  picture filters-40x10
}
