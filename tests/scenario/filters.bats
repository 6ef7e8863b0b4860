#!/usr/bin/env bats
# Filter Rules and Include linked over whole imports: what comes in is what the rules say, with
# everything that hangs on it; twice is once; a rule alone never changes the hub.
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

# What the hub should have of the source's records: the rules once more, in jq. $keep says of a
# record whether its own filters let it in; $on has the links that are on.
filtered() {
  expected "$BATS_TEST_TMPDIR/all"
  jq -cnS --slurpfile all "$BATS_TEST_TMPDIR/all" --argjson on "$2" '
    def keep: '"$1"';
    def ids: map({key: .sisId, value: true}) | from_entries;
    def of($e): [$all[] | select(.entity == $e)];
    def own($e): [of($e)[] | select(keep)];
    def gone($e): [of($e)[] | select(keep | not)] | ids;
    (own("calendar") | ids) as $calendars | gone("calendar") as $no_calendars |
    (own("course") | ids) as $courses0 | gone("course") as $no_courses |
    (own("student") | ids) as $students0 | (own("teacher") | ids) as $teachers0 |
    ([own("class")[] | select(
      ($on.calendar_classes and any(.calendarIds[]?; $no_calendars[.]) and
        all(.calendarIds[]?; $calendars[.] | not) | not) and
      ($on.course_classes and $no_courses[.courseId] | not))] | ids) as $classes0 |
    of("enrollment") as $seats |
    ([$seats[] | select(.role == "student" and $students0[.userId]) | .classId] |
      map({key: ., value: true}) | from_entries) as $with_student |
    ([$seats[] | select(.role == "teacher" and $teachers0[.userId]) | .classId] |
      map({key: ., value: true}) | from_entries) as $with_teacher |
    ($classes0 | with_entries(select((($on.student_classes | not) or $with_student[.key]) and
      (($on.teacher_classes | not) or $with_teacher[.key])))) as $classes |
    ([$seats[] | select(.role == "student" and $classes[.classId]) | .userId] |
      map({key: ., value: true}) | from_entries) as $seated |
    ([$seats[] | select(.role == "teacher" and $classes[.classId]) | .userId] |
      map({key: ., value: true}) | from_entries) as $teaching |
    ($students0 | with_entries(select(($on.class_students | not) or $seated[.key]))) as $students |
    ($teachers0 | with_entries(select(($on.class_teachers | not) or $teaching[.key]))) as $teachers |
    ([of("class")[] | select($classes[.sisId]) | .courseId] |
      map({key: ., value: true}) | from_entries) as $held |
    $all[] |
    if .entity == "contact" then
      (.studentIds // []) as $had | .studentIds = [$had[] | select($students[.])] |
      select(.studentIds != [] or $had == [] or (.schoolId and ($on.student_contacts | not))) |
      if .studentIds == [] then del(.studentIds) else . end | select(keep)
    elif .entity == "enrollment" then select($classes[.classId] and
      (if .role == "student" then $students[.userId] else $teachers[.userId] end))
    elif .entity == "class" then select($classes[.sisId])
    elif .entity == "student" then select($students[.sisId])
    elif .entity == "teacher" then select($teachers[.sisId])
    elif .entity == "course" then select($courses0[.sisId] and (($on.class_courses | not) or $held[.sisId]))
    else select(keep) end' | LC_ALL=C sort >"$want"
}

# The hub is what `filtered` says, and a second run finds nothing to do.
same() {
  expect 0 run main --json
  hub "$have"
  diff "$want" "$have"
  expect 0 run main --json
  is '.state == "unchanged"'
}

usual='{"calendar_classes": true, "course_classes": true, "student_contacts": true}'
grades='["9", "10", "11", "12"]'

@test "students by grade: their contacts and enrollments go along, bulk upload on and off" {
  sim_start --students 200
  app_ready
  no_limits
  lp run main
  local bulk
  for bulk in on off; do
    lp app set main bulk_upload=$bulk
    lp filter main --add student High --where 'gradeLevel is one of 9, 10, 11, 12'
    filtered ".entity != \"student\" or ((.gradeLevel // []) - ((.gradeLevel // []) - $grades) != [])" "$usual"
    same
    is '.filtered.student > 100 and .filtered.contact > 100 and .filtered.enrollment > 100'
    is '.problems | has("cascaded_enrollment") or has("dangling_reference") | not'
    [ "$(lp filter main --json | jq -c .counts.student.kept)" = "$(lp data student --json | wc -l)" ]
    lp filter main --remove student High
    filtered true "$usual"
    same
    is '.filtered == {}'
  done
}

@test "every link that waits for enrollments: classes by students and teachers, people and courses by classes" {
  sim_start --students 200
  app_ready
  no_limits
  lp filter main --add student High --where 'gradeLevel is one of 9, 10, 11, 12'
  local keep link words
  keep=".entity != \"student\" or ((.gradeLevel // []) - ((.gradeLevel // []) - $grades) != [])"
  while read -r words link; do
    lp filter main --linked student= --linked class= --linked teacher=
    # shellcheck disable=SC2086
    lp filter main ${words//+/ --linked }
    filtered "$keep" "$(jq -c ". + $link" <<<"$usual")"
    same
    # What was said before is what came.
    diff <(lp filter main --json | jq -S '.counts | map_values(.kept)') \
      <(lp run main --json | jq -S '.counts | del(.school) | map_values(.total)')
  done <<'LINKS'
--linked=student=classes,contacts {"student_classes":true}
--linked=student=none {"student_contacts":false}
--linked=student=classes+class=courses,students,teachers {"student_classes":true,"student_contacts":false,"class_courses":true,"class_students":true,"class_teachers":true}
LINKS
}

@test "classes and calendars: their own, and what goes along" {
  sim_start --students 200
  app_ready
  no_limits
  lp filter main --template scheduled-classes --linked class=students,teachers,courses
  filtered '.entity != "class" or .classType == "scheduled"' \
    "$(jq -c '. + {class_students: true, class_teachers: true, class_courses: true}' <<<"$usual")"
  same
  lp filter main --remove class 'Scheduled classes, no homerooms' --linked class=
  lp filter main --add calendar One --where 'type does not equal semester'
  filtered '.entity != "calendar" or .type != "semester"' "$usual"
  same
}

@test "a rule alone changes nothing; 15 percent fewer students is held" {
  sim_start --students 200
  app_ready
  lp run main
  hub "$want"
  lp filter main --add student Some --where 'gradeLevel does not equal KG' --where 'gradeLevel does not equal 01' \
    --where 'gradeLevel does not equal 02' --where 'gradeLevel does not equal 1' --where 'gradeLevel does not equal 2'
  hub "$have"
  cmp "$want" "$have"
  expect 20 run main --json
  is '.state == "held" and (.hold | any(.entity == "student" and .kind == "deleted"))'
  is '.filtered.student == .counts.student.deleted and .counts.student.deleted > 20'
  hub "$have"
  cmp "$want" "$have"
  expect 0 audit show --json
  jq -se 'map(select(.action == "filter.set")) | length == 1' <<<"$output"
}

@test "a wrong rule is refused in words, and nothing of it is kept" {
  sim_start
  app_ready
  expect 10 filter main --add student X --where 'emial is empty'
  says 'A student has no attribute "emial". Did you mean email?'
  expect 10 filter main --add school X --where 'name is empty'
  says 'There are no filters of schools'
  expect 10 filter main --linked student=teachers
  says '"teachers" cannot go along with students'
  expect 2 filter main --remove student X
  expect 2 filter main --template nonesuch
  expect 0 filter main --json
  is '.filters == []'
  expect 0 filter --templates --json
  local name
  while read -r name; do lp filter main --template "$name"; done < <(jq -r .name <<<"$output")
  expect 0 run main --dry-run --json
  expect 0 filter main --try student --where 'email is empty' --json
  is '.counts.student.kept == 0 and (.left_out | length) == 20'
}
