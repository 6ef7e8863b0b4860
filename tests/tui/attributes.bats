#!/usr/bin/env bats
# Attributes Mapping in a real tmux against the simulated Lumen Touch: the data that rules are
# tried on is fetched, and every edit is seen before it is saved.

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

# A new app "main" whose schools are all switched on, at Attributes Mapping.
to_attributes() {
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
}

@test "the data of a draft is fetched by a dry run, which can be cancelled and goes on behind other steps" {
  sim_start
  to_attributes
  wait_for "r fetches the data, to show real values here"
  sim_set think=20000
  type_text r
  wait_for "Esc cancels"
  keys Escape
  wait_for "Cancelled. Nothing was changed" 10
  [ ! -e "$state/pulled/main" ]
  sim_set clear=1
  sim_set think=300
  type_text r
  wait_for "Esc cancels"
  keys F7
  wait_for "Step 2 of 9: Schools Mapping"
  keys F8
  wait_for "Step 3 of 9: Attributes Mapping"
  wait_for "Data as fetched 2" 20
  [ -s "$state/pulled/main" ]
  expect 0 history --json
  [ -z "$output" ]
  # Thrown away with the draft: it is personal data of an app that never was.
  keys F10
  wait_for "Save draft"
  keys Tab Enter
  wait_for "the client secret too"
  type_text main
  keys Enter Enter
  wait_for "exit 0"
  [ ! -e "$state/pulled/main" ]
}

@test "data cannot be fetched without a source, and it is said why" {
  sim_start
  to_attributes
  sim_stop
  type_text r
  wait_for "refused" 20
}
