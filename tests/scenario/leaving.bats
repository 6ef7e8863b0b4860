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

@test "a tombstone in any collection takes its record, and what cannot be without it" {
  sim_start --students 100
  app_ready
  no_limits
  lp run main
  local c id want bulk
  for bulk in on off; do
    lp app set main bulk_upload=$bulk
    while read -r c id want; do
      sim_set clear=1
      status_of "$c" tobedeleted "$id"
      expect 0 run main --dry-run --json
      is "[.counts | to_entries[] | select(.value.deleted > 0) | \"\\(.key)=\\(.value.deleted)\"] |
        join(\",\") == \"$want\""
    done <<EOF
classes $(ids classes 1) class=1,enrollment=1
courses $(ids courses 1) course=1
academicSessions $(ids academicSessions 1) calendar=1
enrollments $(ids enrollments 1) enrollment=1
EOF
  done
  sim_set clear=1
  status_of demographics tobedeleted "$(ids users 1 '.role == "student"')"
  expect 0 run main --json
  is '.counts.student.updated == 1 and (.counts | all(.[]; .deleted == 0))'
}

@test "a record that comes twice and differently: the last one counts, every time" {
  sim_start --students 60
  app_ready
  lp run main
  local id
  id=$(ids users 1 '.role == "student"')
  overlay users zz-twice "$(raw users | jq -c --arg id "$id" 'select(.sourcedId == $id) | .givenName = "Last"')"
  expect 0 run main --json
  is '.counts.student == {created: 0, updated: 1, deleted: 0, unchanged: 59, total: 60}'
  is '.problems.duplicate_id == 1'
  expect 0 data student --search "$id" --json
  is '.firstName == "Last"'
  expect 0 run main --json
  is '.state == "unchanged" and .problems.duplicate_id == 1'
  # and in the first import
  rm -rf "$BATS_TEST_TMPDIR/state/hub.db"
  expect 0 run main --json
  is '.counts.student.created == 60'
  expect 0 data student --search "$id" --json
  is '.firstName == "Last"'
}

@test "much comes and goes again and again: the hub is the same each time" {
  sim_start --students 3000
  app_ready
  no_limits
  lp run main
  local day before now
  before=$(lp data enrollment --json | LC_ALL=C sort | cksum)
  for day in 100 0 100 0 100 0; do
    sim_set day=$day
    expect 0 run main --json
    is '.state == "accepted" and .counts.enrollment.created > 10000'
    [ $day = 0 ] || continue
    expect 0 run main --json
    is '.state == "unchanged"'
    now=$(lp data enrollment --json | LC_ALL=C sort | cksum)
    [ "$now" = "$before" ]
  done
  # The fingerprints do not grow without end.
  [ "$(sqlite3 "$BATS_TEST_TMPDIR/state/hub.db" 'SELECT sum(length(data)) / 20 < 200000 FROM print')" = 1 ]
}
