#!/usr/bin/env bats
# Schools Mapping and the SIS ID prefix, over HTTP: what comes in, and as what.
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

@test "SIS ID prefix: on every id and every reference; another one makes all anew" {
  sim_start --students 100
  app_ready --set sis_id_prefix=east-
  lp run main
  expected "$want"
  hub "$have"
  local refs='["schoolId", "otherSchoolIds", "contactIds", "studentIds", "parentId", "courseId",
    "schoolYearId", "calendarIds", "classId", "userId", "sisId"]'
  diff <(jq -cS --argjson r "$refs" 'with_entries(.key as $k | if ($r | index($k)) then
      .value |= (if type == "array" then map("east-" + .) else "east-" + . end) else . end)' "$want" |
    LC_ALL=C sort) "$have"
  lp app set main sis_id_prefix=west-
  expect 20 run main --json
  is '.counts.student == {created: 100, updated: 0, deleted: 100, unchanged: 0, total: 100}'
  expect 0 approve "$(of .sync)" --fingerprint "$(of .fingerprint)"
  hub "$have"
  run ! grep -q east- "$have"
  expect 0 run main --json
  is '.state == "unchanged"'
}

@test "schools off and on: their people, classes and enrollments go and come" {
  sim_start --students 300
  lp app add lumen-touch --name main --url "$origin" --client-id demo
  lp_secret
  lp terms accept main
  no_limits
  lp schools main --on S-0001 --on S-0003
  lp run main
  hub "$have"
  jq -se '[.[] | select(.entity == "class") | .schoolId] | unique == ["S-0001", "S-0003"]' "$have"
  jq -se '[.[] | select(.entity == "student") | .schoolId] | unique == ["S-0001", "S-0003"]' "$have"
  jq -se 'any(.entity == "school" and .sisId == "D-0001") and
    all(.sisId != "S-0002") and all(.schoolId != "S-0002")' "$have"
  # no enrollment without its class and its person
  jq -se '(map({key: .sisId, value: 1}) | from_entries) as $in |
    all(.entity != "enrollment" or ($in[.classId] and $in[.userId]))' "$have"
  cp "$have" "$BATS_TEST_TMPDIR/two"
  lp schools main --on S-0002
  expect 0 run main --json
  is '.counts.school.created == 1 and .counts.student.created > 0 and .counts.student.deleted == 0'
  expected "$want"
  hub "$have"
  diff "$want" "$have"
  lp schools main --off S-0002
  expect 0 run main --json
  is '.counts.school.deleted == 1 and .counts.student.created == 0'
  hub "$have"
  cmp "$BATS_TEST_TMPDIR/two" "$have"
}

@test "schools renamed, mapped onto one, several onto one" {
  sim_start --students 300
  app_ready
  no_limits
  lp schools main --rename 'S-0001=Cedar, the new one'
  lp run main
  expect 0 data school --json
  [ "$(jq -r 'select(.sisId == "S-0001").name' <<<"$output")" = 'Cedar, the new one' ]
  hub "$want"
  lp schools main --map S-0002=S-0001 --map S-0003=S-0001
  expect 0 run main --json
  is '.counts.school.deleted == 2 and .counts.student.deleted == 0 and .counts.student.created == 0'
  hub "$have"
  diff <(jq -cS 'select(.entity != "school" or (.sisId | test("S-000[23]") | not)) |
      (.schoolId, .otherSchoolIds[]?) |= (if . == "S-0002" or . == "S-0003" then "S-0001" else . end)
      | if .schoolId == null then del(.schoolId) else . end
      | if .otherSchoolIds then .otherSchoolIds -= [.schoolId] else . end
      | if .otherSchoolIds == [] then del(.otherSchoolIds) else . end' "$want" | LC_ALL=C sort) "$have"
  expect 0 run main --json
  is '.state == "unchanged"'
}

@test "Auto Mapping twice, and of a second app onto the schools of the first" {
  sim_start --students 100
  app_ready
  expect 0 schools main --auto
  says '0 schools'
  lp run main
  lp app add lumen-touch --name second --url "$origin" --client-id demo --set sis_id_prefix=b-
  lp_secret second
  lp terms accept second
  expect 0 schools second --auto --json
  jq -se 'map(select(.on)) | map(.hubId) == ["S-0001", "S-0002", "S-0003"]' <<<"$output"
  expect 0 run second --json
  is '.state == "accepted" and .counts.student.created == 100'
  hub "$have"
  jq -se '[.[] | select(.entity == "student") | .schoolId] | unique | all(startswith("S-"))' "$have"
  jq -se '[.[] | select(.entity == "school" and (.sisId | startswith("b-S")))] == []' "$have"
  expect 0 run main --json
  is '.state == "unchanged"'
  expect 0 run second --json
  is '.state == "unchanged"'
}
