#!/usr/bin/env bats
# Sync hold over whole imports: just under, at and over every kind of limit; what always holds and
# what never does; deletions that wait by themselves.
# shellcheck disable=SC2034,SC2154 # variables that the helpers share
bats_require_minimum_version 1.5.0

load helper
load roster

setup() { sim_pid=; }
teardown() { sim_stop; }

# begin: an accepted first import, and no limit but what a test sets
begin() {
  sim_start --students 100
  app_ready
  lp run main
  no_limits
}

students() { ids users "$1" '.role == "student"'; }

# change N [FILTER]: other mail addresses for the first N students
change() {
  local id
  raw users >"$BATS_TEST_TMPDIR/users"
  for id in $(jq -r "select((.role // .roles[0].role) == \"student\" and (${2:-true})).sourcedId" "$BATS_TEST_TMPDIR/users" | head -n "$1"); do
    overlay users "$id" "$(jq -c --arg id "$id" 'select(.sourcedId == $id) | .email = "new@example.org"' "$BATS_TEST_TMPDIR/users")"
  done
}

# add N: so many students more
add() {
  local i one
  one=$(raw users | jq -c 'select(.role == "student") | .agents = []' | head -n 1)
  for i in $(seq "$1"); do
    overlay users "added-$i" "$(jq -c --arg i "added-$i" '.sourcedId = $i | .username = $i' <<<"$one")"
  done
}

# held LIMIT...: a dry run under these settings would be held; passes: it would not
held() {
  lp app set main "$@"
  expect 20 run main --dry-run --json
  is '.state == "held" and .dry_run and .sync == null'
}
passes() {
  lp app set main "$@"
  expect 0 run main --dry-run --json
  is '.state == "accepted" and .hold == []'
}

@test "deleted: under, at and over a percentage and a count" {
  begin
  # shellcheck disable=SC2046
  vanish users $(students 10)
  passes hold.student.deleted=11%
  passes hold.student.deleted=10%
  held hold.student.deleted=9.99%
  is '.hold == [{entity: "student", kind: "deleted", school: null, changed: 10, base: 100,
    percent: 10, limit: "9.99%"}]'
  passes hold.student.deleted=11
  passes hold.student.deleted=10
  held hold.student.deleted=9
  is '.hold[0].limit == "9"'
  held hold.student.deleted=0
  held hold.student.deleted=0%
  passes hold.student.deleted=off
}

@test "updated: under, at and over a percentage and a count" {
  begin
  change 20
  passes hold.student.updated=20%
  held hold.student.updated=19%
  is '.hold | map([.entity, .kind, .changed, .base, .percent]) == [["student", "updated", 20, 100, 20]]'
  passes hold.student.updated=20
  held hold.student.updated=19
  passes hold.student.updated=off hold.student.deleted=0 hold.student.created=0
}

@test "created: under, at and over; the base is what was there before" {
  begin
  add 10
  passes hold.student.created=10%
  held hold.student.created=9%
  is '.hold[0] | .kind == "created" and .changed == 10 and .base == 100 and .percent == 10'
  passes hold.student.created=10
  held hold.student.created=9
}

@test "an entity type's own limit goes before that of all" {
  begin
  # shellcheck disable=SC2046
  vanish users $(students 10)
  held hold.deleted=5%
  is '[.hold[].entity] | index("student") and index("enrollment")'
  held hold.student.deleted=50%
  is '[.hold[].entity] == ["enrollment"]'
  passes hold.enrollment.deleted=off
  held hold.deleted=off hold.enrollment.deleted=1%
  is '[.hold[].entity] == ["enrollment"]'
}

@test "per school: only where it happens, by percentage and count" {
  begin
  # admins and teachers have few records, students enough
  local n
  n=$(raw users | jq -s 'map(select(.role == "student" and .orgs[0].sourcedId == "S-0001")) | length')
  change 8 '.orgs[0].sourcedId == "S-0001"'
  passes hold.per_school.updated=8
  held hold.per_school.updated=7
  is ".hold == [{entity: \"student\", kind: \"updated\", school: \"S-0001\", changed: 8, base: $n,
    percent: (800 / $n * 100 | round / 100), limit: \"7\"}]"
  held hold.per_school.updated=$((800 / n))%
  passes hold.per_school.updated=$((800 / n + 1))%
  # The district's limit is of the district's records.
  passes hold.per_school.updated=off hold.updated=8%
  held hold.updated=7%
  is '[.hold[].school] == [null]'
}

@test "the floor: percentages do not judge few records, counts do" {
  begin
  # shellcheck disable=SC2046
  vanish users $(students 20)
  held hold.student.deleted=10% hold.floor=100
  passes hold.floor=101
  held hold.student.deleted=19
  held hold.floor=0 hold.student.deleted=10%
}

@test "the defaults: over 10 % deleted or 75 % updated, in the district or in a school" {
  sim_start --students 300
  app_ready
  lp run main
  # shellcheck disable=SC2046
  vanish users $(students 30)
  lp app set main hold.per_school.deleted=off
  expect 0 run main --dry-run --json
  vanish users "$(ids users 1 '.role == "student"')"
  expect 20 run main --dry-run --json
  is '[.hold[] | select(.school == null and .entity == "student")] | .[0].limit == "10%" and .[0].changed == 31'
  sim_set clear=1
  # shellcheck disable=SC2046
  vanish users $(ids users 24 '.role == "student" and .orgs[0].sourcedId == "S-0002"')
  lp app set main hold.per_school.deleted=default
  expect 20 run main --dry-run --json
  is '.hold | length > 0 and all(.school == "S-0002" and .kind == "deleted")'
}

@test "an entity type that empties always holds; what is an error stays one" {
  begin
  sim_set fault=empty-type=classes
  expect 20 run main --json
  is '[.hold[] | [.entity, .kind, .changed == .base, .percent, .limit]] ==
    [["class", "emptied", true, 100, null], ["enrollment", "emptied", true, 100, null]]'
  local before
  before=$(totals)
  lp reject "$(of .sync)" --reason 'the vendor says it is being repaired'
  [ "$(totals)" = "$before" ]
  sim_set 'clear=1&fault=no-students'
  expect 20 run main --json
  is '[.hold[] | select(.kind == "emptied").entity] | index("student") != null'
  # Nobody or no school at all is no change to be judged but a failed pull.
  for what in users orgs; do
    sim_set "clear=1&fault=empty-type=$what"
    expect 14 run main --json
    is '.state == "failed" and .hold == [] and .error.code == 14'
    [ "$(totals)" = "$before" ]
  done
  sim_set clear=1
  expect 0 run main --json
  is '.state == "unchanged"'
}

@test "preview: every sync waits, the first one too; an unchanged one does not" {
  sim_start --students 60
  app_ready --set preview=on
  expect 20 run main --json
  is '.hold == [{entity: null, kind: "preview", school: null, changed: 0, base: 0, percent: 0, limit: null}]'
  [[ $(totals) == *student=0* ]]
  expect 0 approve "$(of .sync)" --fingerprint "$(of .fingerprint)"
  [[ $(totals) == *student=60* ]]
  expect 0 run main --json
  is '.state == "unchanged" and .hold == []'
  change 1
  expect 20 run main --json
  is '[.hold[].kind] == ["preview"]'
  # The threshold is still shown.
  lp app set main hold.student.updated=0
  expect 20 run main --json
  is '[.hold[].kind] == ["preview", "updated"]'
  # Off again: the limits decide.
  lp app set main preview=off hold.student.updated=default
  expect 0 run main --json
  is '.state == "accepted"'
}

@test "the first import has nothing to compare with: no limit holds it" {
  sim_start --students 60
  app_ready --set hold.threshold=0% --set hold.floor=0
  expect 0 run main --json
  is '.state == "accepted" and .hold == []'
  change 1
  expect 20 run main
}

@test "another Service URL or version: held, unless nothing changed" {
  begin
  local first=$origin
  sim_stop
  sim_start --students 100 --version 1.2
  lp app set main url="$origin"
  run --separate-stderr lp run main --json
  # 1.2 shows other things of a few people: preferred names, other roles
  [ "$status" -eq 20 ]
  is '[.hold[] | select(.kind == "source")] | length == 1 and .[0].entity == null'
  expect 0 approve "$(of .sync)" --fingerprint "$(of .fingerprint)"
  expect 0 run main --json
  is '.state == "unchanged"'
  change 1
  expect 0 run main --json
  is '.state == "accepted"'
  sim_stop
  sim_start --students 100 --version 1.2
  [ "$origin" != "$first" ]
  lp app set main url="$origin"
  sim_set day=1
  expect 20 run main --json
  is '[.hold[].kind] == ["source"]'
}

@test "another SIS ID prefix: held, also where nothing is deleted by itself" {
  begin
  lp app set main sis_id_prefix=X- bulk_upload=off
  expect 20 run main --json
  is '[.hold[].kind] == ["source"] and .counts.student.created == 100 and .counts.student.deleted == 0'
}

@test "hold deletions only: additions go through, the deletions wait as a sync of their own" {
  begin
  lp app set main hold.deletions_only=on hold.student.deleted=5
  local gone sync print
  mapfile -t gone < <(students 6)
  add 3
  change 2 '.sourcedId != "added-1"' # two of those who will be gone: no change of theirs
  vanish users "${gone[@]}"
  raw users | jq -r 'select(.role == "student" and (.sourcedId | startswith("added") | not)).sourcedId' | tail -n 1 >"$BATS_TEST_TMPDIR/one"
  patch users "$(cat "$BATS_TEST_TMPDIR/one")" '.email = "new@example.org"'
  expect 20 run main --json
  is '.state == "accepted" and .hold == [] and .waiting == .sync + 1'
  is '.counts.student | .created == 3 and .updated == 1 and .deleted == 0 and .total == 103'
  says 'lumenport show'
  sync=$(of .waiting)
  [[ $(totals) == *student=103* ]]
  expect 0 show "$sync" --json
  is '.state == "held" and .counts.student == {created: 0, updated: 0, deleted: 6, unchanged: 97, total: 97}'
  is '[.hold[] | [.entity, .kind]] == [["student", "deleted"]] and .base == .sync - 1'
  is '.counts | all(.[]; .created == 0 and .updated == 0)'
  expect 0 show "$sync" --changes student --json
  diff <(jq -r '"\(.change) \(.sisId)"' <<<"$output" | sort) <(printf 'deleted %s\n' "${gone[@]}" | sort)
  expect 0 data student --search "${gone[0]}" --json
  [ -n "$output" ]
  # Once more: nothing but the deletions is left, one sync that waits, no empty ones beside it.
  expect 20 run main --json
  is ".state == \"held\" and .sync == $sync + 1 and .counts.student.deleted == 6 and .waiting == null"
  print=$(of .fingerprint)
  expect 1 approve "$sync" --fingerprint "$print"
  says "superseded by sync $((sync + 1))"
  sync=$((sync + 1))
  expect 0 reject "$sync" --reason 'they are on a trip'
  [[ $(totals) == *student=103* ]]
  change 3 '.sourcedId | startswith("added")'
  expect 20 run main --json
  is '.counts.student.updated == 3'
  sync=$(of .waiting)
  print=$(lp show "$sync" --json | jq -r .fingerprint)
  expect 0 approve "$sync" --fingerprint "$print" --json
  is '.state == "accepted" and .counts.student.deleted == 6'
  [[ $(totals) == *student=97* ]]
  expect 0 run main --json
  is '.state == "unchanged"'
  expect 0 audit verify
}

@test "hold deletions only: other rules that fire hold all of it" {
  begin
  lp app set main hold.deletions_only=on hold.student.deleted=5 hold.student.updated=5
  local last
  last=$(raw users | jq -r 'select(.role == "student").sourcedId' | tail -n 7)
  # shellcheck disable=SC2046
  vanish users $(students 6)
  local id
  for id in $last; do patch users "$id" '.email = "new@example.org"'; done
  expect 20 run main --json
  is '.state == "held" and .waiting == null and ([.hold[].kind] | sort) == ["deleted", "updated"]'
  lp app set main hold.student.updated=off
  # A type that empties is a deletion as well.
  sim_set 'clear=1&fault=empty-type=classes'
  add 1
  expect 20 run main --json
  is '.state == "accepted" and .counts.student.created == 1 and .counts.class.deleted == 0'
  expect 0 show "$(of .waiting)" --json
  is '[.hold[].kind] == ["emptied", "emptied"]'
}

@test "who did not come beside records that could not be read: held, whatever the limits" {
  local id hidden
  begin
  id=$(students 1)
  hidden=$(raw users | jq -c --arg id "$id" 'select(.sourcedId == $id) | .sourcedId = {}')
  vanish users "$id"
  passes preview=false
  overlay users unreadable "$hidden"
  held preview=false
  is '.hold == [{entity: "student", kind: "unreadable", school: null, changed: 1, base: 100,
    percent: 1, limit: null}]'
  expect 20 run main
  [[ "$output" == *"Held: 1 of 100 students of the district would be deleted because they did not come"* ]]
  # Where only marks delete, absence says nothing.
  lp app set main bulk_upload=false
  expect 0 run main --dry-run --json
  is '.state == "unchanged" and .hold == []'
}
