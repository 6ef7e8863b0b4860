#!/usr/bin/env bats
# Whole imports over HTTP: what the source shows is what the hub has, every attribute, every day.
# shellcheck disable=SC2034,SC2154 # variables that the helpers share
bats_require_minimum_version 1.5.0

load helper
load roster

setup() {
  sim_pid=
  want=$BATS_TEST_TMPDIR/want
  have=$BATS_TEST_TMPDIR/have
}
teardown() { sim_stop; }

# same: the hub is what the source shows, attribute by attribute
same() {
  expected "$want"
  hub "$have"
  [ -s "$want" ]
  diff "$want" "$have"
}

@test "1.1: every record and every attribute arrives" {
  sim_start --students 300
  app_ready
  expect 0 run main --json
  is '.state == "accepted" and .hold == [] and .problems == {} and .base == null'
  is '.counts | all(.[]; .created == .total and .created > 0 and .unchanged == 0)'
  same
  [ "$(jq -s 'map(select(.entity == "student")) | length' "$have")" = 300 ]
  # The sample has what makes it one: demographics, agents, letters beyond ASCII, metadata.
  jq -se 'any(.birthDate) and any(.contactIds) and any(.["metadata.bus"]) and
    any((.lastName // "") | test("[^\\x00-\\x7f]"))' "$have"
}

@test "1.2: every record and every attribute arrives" {
  sim_start --students 300 --version 1.2
  app_ready
  expect 0 run main --json
  is '.state == "accepted" and .problems == {} and (.source | endswith("/v1p2"))'
  same
  jq -se 'any(.pronouns) and any(.preferredFirstName) and
    ([.[].staffRole] | index("principal") or index("counselor") or index("siteAdministrator"))' "$have"
}

@test "people with several roles and schools, 1.2 and 1.1" {
  local v
  for v in 1.2 1.1; do
    rm -rf "${BATS_TEST_TMPDIR:?}/state" "${BATS_TEST_TMPDIR:?}/etc"
    sim_start --students 200 --version $v --fault multi-roles
    app_ready
    expect 0 run main --json
    same
    if [ $v = 1.2 ]; then
      jq -se 'group_by(.sisId) | any(.[]; (map(.entity) | sort) == ["contact", "teacher"])' "$have"
    fi
    jq -se 'any(.otherSchoolIds)' "$have"
    expect 0 run main --json
    is '.state == "unchanged"'
    sim_stop
  done
}

@test "run twice: nothing changes, nothing is staged" {
  sim_start --students 300
  app_ready
  lp run main
  hub "$want"
  expect 0 run main --json
  is '.state == "unchanged" and .fingerprint == null'
  is '.counts | all(.[]; .created + .updated + .deleted == 0 and .unchanged == .total)'
  hub "$have"
  cmp "$want" "$have"
  # The order of pages and their size are no change either.
  lp app set main page_size=7 parallel=3
  expect 0 run main --json
  is '.state == "unchanged"'
}

@test "day by day: created, updated, deleted are what differs in the source" {
  sim_start --students 300
  app_ready
  no_limits
  lp run main
  expected "$BATS_TEST_TMPDIR/day0"
  local day
  for day in 1 2 3 4 5; do
    sim_set day=$day
    expected "$BATS_TEST_TMPDIR/day$day"
    expect 0 run main --json
    is '.state == "accepted"'
    delta "$BATS_TEST_TMPDIR/day$((day - 1))" "$BATS_TEST_TMPDIR/day$day" >"$want"
    of '.counts | map_values(del(.total))' >"$have"
    diff <(jq -S . "$want") <(jq -S . "$have")
  done
  hub "$have"
  diff <(undated "$BATS_TEST_TMPDIR/day5") <(undated "$have")
}

@test "a school opens, another closes, the summer comes" {
  sim_start --students 300
  app_ready
  no_limits
  lp run main
  local day
  for day in 30 60 100; do
    sim_set day=$day
    lp schools main --auto
    run --separate-stderr lp run main --json
    if [ "$status" -eq 20 ]; then # all classes of the old year are gone, or a school is
      is '.hold | all(.kind == "emptied")'
      expect 0 approve "$(of .sync)" --fingerprint "$(of .fingerprint)"
    fi
    expected "$want"
    hub "$have"
    diff <(undated "$want") <(undated "$have")
  done
}
