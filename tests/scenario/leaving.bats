#!/usr/bin/env bats
# Imports of sources that are not tidy: who leaves and takes what along, what leads nowhere, what
# comes twice, what must never come.
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

@test "bulk upload off: who vanishes stays, who is marked leaves with the enrollments" {
  sim_start --students 100
  app_ready --set bulk_upload=off
  lp run main
  hub "$want"
  local gone student
  mapfile -t gone < <(ids users 5 '.role == "student"')
  vanish users "${gone[@]}"
  vanish classes "$(ids classes 1)"
  expect 0 run main --json
  is '.state == "unchanged"'
  hub "$have"
  cmp "$want" "$have"
  sim_set clear=1
  student=${gone[2]}
  n=$(jq -s --arg s "$student" 'map(select(.userId == $s)) | length' "$want")
  [ "$n" -gt 2 ]
  local how
  for how in tobedeleted ToBeDeleted to-be-deleted inactive; do
    status_of users $how "$student"
    expect 0 run main --dry-run --json
    is ".counts.student.deleted == 1 and .counts.enrollment.deleted == $n"
  done
  # Neither an unknown status nor "Active" ends anybody.
  for how in ext:paused Active ACTIVE unknown; do
    status_of users $how "$student"
    expect 0 run main --dry-run --json
    is '.state == "unchanged"'
  done
  status_of users tobedeleted "$student"
  expect 0 run main --json
  is ".state == \"accepted\" and .problems.cascaded_enrollment == $n"
  hub "$have"
  diff <(jq -c --arg s "$student" 'select(.sisId != $s and .userId != $s) |
    if .studentIds then .studentIds -= [$s] else . end | if .studentIds == [] then del(.studentIds)
    else . end' "$want") "$have"
  expect 0 run main --json
  is '.state == "unchanged"'
  # Back again: all as before.
  sim_set clear=1
  expect 0 run main --json
  is ".counts.student.created == 1 and .counts.enrollment.created == $n"
  hub "$have"
  cmp "$want" "$have"
}

@test "a student who is gone takes the enrollments along, although the source keeps them" {
  sim_start --students 100
  app_ready
  lp run main
  hub "$want"
  local student n
  student=$(ids users 1 '.role == "student"')
  n=$(jq -s --arg s "$student" 'map(select(.userId == $s)) | length' "$want")
  raw enrollments >"$BATS_TEST_TMPDIR/seats"
  vanish users "$student"
  # The simulator leaves the enrollments where they are.
  [ "$(raw enrollments | wc -l)" = "$(wc -l <"$BATS_TEST_TMPDIR/seats")" ]
  expect 0 run main --json
  is ".counts.student.deleted == 1 and .counts.enrollment.deleted == $n"
  is '.problems.cascaded_enrollment == '"$n"
  expect 0 show "$(of .sync)" --problems --json
  jq -se 'map(select(.class == "cascaded_enrollment")) | length == '"$n"' and all(.sisId != null)' <<<"$output"
  expect 0 run main --json
  is '.state == "unchanged"'
}

@test "references that lead nowhere are reported, nothing is invented" {
  sim_start --students 200 --fault dangling
  app_ready
  expect 0 run main --json
  is '.state == "accepted" and .problems.dangling_reference > 5'
  hub "$have"
  jq -se '(map({key: .sisId, value: 1}) | from_entries) as $in |
    all(.entity != "enrollment" or ($in[.classId] and $in[.userId]))' "$have"
  jq -se '(map(select(.entity == "school") | {key: .sisId, value: 1}) | from_entries) as $in |
    all(.schoolId == null or $in[.schoolId])' "$have"
  run ! grep -q '"sisId":"\(S-none\|nobody-\)' "$have"
  expect 0 show 1 --problems
  [[ $output == *"leads nowhere"* ]]
  expect 0 run main --json
  is '.state == "unchanged"'
}

@test "records that come twice: once in the hub, counted, the last one counts" {
  sim_start --students 200 --fault duplicates
  app_ready
  expect 0 run main --json
  is '.problems.duplicate_id > 3 and .counts.student.created == 200'
  sim_set clear=1
  same
  expect 0 run main --json
  is '.state == "unchanged"'
}

@test "passwords of the source are nowhere to be found" {
  sim_start --students 50 --fault password
  app_ready --set export.dir="$BATS_TEST_TMPDIR/out"
  raw users | grep -q CANARY-PASSWORD
  {
    lp run main --json
    lp data student --json
    lp data student --search CANARY-PASSWORD
    lp show 1 --changes
    lp show 1 --problems
  } >"$BATS_TEST_TMPDIR/said" 2>&1
  lp export --zip "$BATS_TEST_TMPDIR/out.zip"
  mkdir "$BATS_TEST_TMPDIR/unzipped"
  (cd "$BATS_TEST_TMPDIR/unzipped" && unzip -q ../out.zip)
  run ! grep -raF CANARY-PASSWORD "$BATS_TEST_TMPDIR/state" "$BATS_TEST_TMPDIR/said" \
    "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/unzipped" "$BATS_TEST_TMPDIR/etc"
}

@test "who left and is kept as a tombstone leaves; status in all its spellings" {
  sim_start --students 200
  app_ready
  lp run main
  sim_set 'day=5&fault=tombstones'
  expect 0 run main --json
  is '.counts.student.deleted > 0'
  hub "$have"
  raw users | jq -r 'select(.status == "tobedeleted").sourcedId' >"$BATS_TEST_TMPDIR/gone"
  [ -s "$BATS_TEST_TMPDIR/gone" ]
  run ! grep -qFf "$BATS_TEST_TMPDIR/gone" <(jq -r .sisId "$have")
  sim_set 'clear=1&fault=status-variants'
  no_limits
  lp run main
  hub "$have"
  raw users | jq -r 'select(.status | ascii_downcase | test("active") | not).sourcedId' >"$BATS_TEST_TMPDIR/gone"
  raw users | jq -r 'select(.status == "inactive").sourcedId' >>"$BATS_TEST_TMPDIR/gone"
  run ! grep -qFf "$BATS_TEST_TMPDIR/gone" <(jq -r .sisId "$have")
}
