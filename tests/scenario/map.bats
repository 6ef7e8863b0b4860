#!/usr/bin/env bats
# Attributes Mapping over whole imports: what feeds what, how it is said and refused, and that a
# changed rule is a preview like any other change.
# shellcheck disable=SC2034,SC2154 # variables that the helpers share
bats_require_minimum_version 1.5.0

load helper
load roster

setup() {
  sim_pid=
  conf=$BATS_TEST_TMPDIR/etc/lumenport.conf
}
teardown() { sim_stop; }

# student ID: that student in the hub
student() { lp data student --json | jq -c --arg id "$1" 'select(.sisId == $id)'; }

@test "what a source really has: metadata, extensions, ids by type, in lists and in the hub" {
  sim_start
  local id
  id=$(ids users 1 '.role == "student"')
  patch users "$id" '.metadata.mail = " Zoë.X@Mail.ORG " | .["home room"] = "12" | .bus = 7
    | .grades = ["K"] | .lunchPin = "hunter2" | .nested = {"a": 1}
    | .userIds += [{"type": "Card", "identifier": "c-1"}]'
  app_ready
  lp run main
  # what no standard names is not in the hub by itself
  student "$id" | jq -e '."metadata.mail" == " Zoë.X@Mail.ORG " and (tostring | contains("home room") | not)'
  expect 0 map main --sources student --json
  jq -se 'map(select(.filled == 1 and .records == 60)) | map({(.source): .samples}) | add |
    .["metadata.mail"] == [" Zoë.X@Mail.ORG "] and .["[extension.home room]"] == ["12"] and
    .["extension.bus"] == ["7"] and .["userIds.Card"] == ["c-1"] and (has("extension.nested") | not)' \
    <<<"$output"
  ! grep -rq hunter2 "$BATS_TEST_TMPDIR/state" || return 1
  expect 10 map main "student.email=first(metadata.mail, email) | trim | lower" "student.location=x"
  says 'A student has no attribute "location"'
  expect 0 map main --changed
  [ -z "$output" ]
  expect 0 map main "student.email=first(metadata.mail, email) | trim | lower" \
    'student.preferredFirstName=[extension.home room]' student.middleName=userIds.Card \
    "student.gradeLevel=grades | grades(oneroster)" "student.phone='none'" student.sms=none
  [[ $output == *"student.email"*"first(metadata.mail, email) | trim | lower"*changed* ]]
  no_limits
  lp run main
  student "$id" | jq -e '.email == "zoë.x@mail.org" and .preferredFirstName == "12" and
    .middleName == "c-1" and .gradeLevel == ["KG"] and .phone == "none" and (has("sms") | not)'
  lp data student --json | jq -se 'map(select(.email | test("@students.lumenvalley")) ) | length == 59'
  expect 0 run main --json
  is '.state == "unchanged"'
  # "" is the default again; so is what says the default in words
  expect 0 map main student.email= "student.middleName= middleName " --json
  jq -se 'map([.attribute, .source, .changed]) |
    sort == [["email", "email", false], ["middleName", "middleName", false]]' <<<"$output"
  expect 0 map main --restore student
  expect 0 map main --restore
  says 'Nothing changes'
  lp run main
  student "$id" | jq -e '.email != "zoë.x@mail.org" and (has("preferredFirstName") | not)'
  run ! grep -q "map :" "$conf"
}

@test "a changed rule is a preview: counted, held at 75 %, nothing in the hub before the decision" {
  sim_start --students 100
  app_ready
  lp run main
  hub "$BATS_TEST_TMPDIR/before"
  lp map main "student.username=email | upper"
  hub "$BATS_TEST_TMPDIR/after"
  cmp "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
  expect 20 run main --json
  is '.counts.student == {created: 0, updated: 100, deleted: 0, unchanged: 0, total: 100} and
    .counts.teacher.updated == 0 and .counts.enrollment.updated == 0'
  is '.hold | map([.entity, .kind, .school]) | any(. == ["student", "updated", null])'
  local sync print
  sync=$(of .sync)
  print=$(of .fingerprint)
  hub "$BATS_TEST_TMPDIR/after"
  cmp "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
  expect 0 show "$sync" --changes student --json
  jq -se 'all(.attributes | map(.name) == ["username"])' <<<"$output"
  # changed once more, what was looked at is not what would be applied
  lp map main "student.username=email"
  expect 1 approve "$sync" --fingerprint "$print"
  says "the settings of its app changed since it ran"
  lp map main "student.username=email | upper"
  expect 0 approve "$sync" --fingerprint "$print"
  lp data student --json | jq -se 'all(.username | test("^[^a-z]+$"))'
  expect 0 run main --json
  is '.state == "unchanged"'
}

@test "demographics that are not given this time: students keep theirs, whatever the mapping" {
  sim_start
  app_ready
  lp map main "student.gender=demographics.sex | replace(female=F, male=M)" \
    "student.birthDate='1.2.2010' | date(D.M.YYYY)" \
    "student.cityOfBirth=first(demographics.cityOfBirth, 'x') | after(a)"
  lp run main
  lp data student --json | jq -se 'all(.gender == "F" or .gender == "M") and all(.birthDate == "2010-02-01")'
  sim_set fault=missing%3Ddemographics
  expect 0 run main --json
  is '.state == "unchanged" and .problems.missing_collection == 1'
}

@test "what cannot be read is reported and left empty, as ever" {
  sim_start
  app_ready
  lp map main "student.birthDate=demographics.birthDate | date(MM-DD-YYYY)" "student.enabled=email"
  expect 0 run main --json
  is '.problems.bad_value == 60'
  lp map main "student.birthDate=email | date(DD.MM.YYYY)"
  no_limits
  expect 0 run main --json
  is '.problems.bad_value == 120'
  lp data student --json | jq -se 'all(has("birthDate") or has("enabled") | not)'
}

@test "a wrong rule in the settings file is an error with file and line, and nothing runs" {
  sim_start
  app_ready
  lp map main student.email=metadata.mail
  sed -i 's/email = "metadata.mail"/email = "metadata.mail | lowr"/' "$conf"
  local line
  line=$(grep -n lowr "$conf" | cut -d: -f1)
  for command in "run main" "map main" "app list"; do
    # shellcheck disable=SC2086 # two words
    expect 10 $command
    says "$conf:$line: student.email: character 17: there is no transformation \"lowr\". Did you mean lower?"
  done
  sed -i 's/email = "metadata.mail | lowr"/emial = "metadata.mail"/' "$conf"
  expect 10 run main
  says "$conf:$line: A student has no attribute \"emial\". Did you mean email?"
  sed -i 's/emial = "metadata.mail"/schoolId = "none"/' "$conf"
  expect 10 run main
  says "so all of them would be deleted"
}

@test "words: what is wrong is said, warnings come with what everything hangs on" {
  sim_start
  app_ready
  expect 0 map main class
  says "No data was fetched from main yet"
  [[ $output == *class.courseId*course.sourcedId* ]]
  expect 2 map main students.email
  says '"students.email" is no entity type'
  expect 2 map main student.email=email teacher
  says '"teacher" sets nothing'
  expect 2 map main --sources student.email=email
  expect 10 map main enrollment.userId=none
  says "enrollment.userId: it cannot be none: it ties enrollments to their people"
  expect 10 map main "student.email=first(a"
  says "student.email: character 8"
  expect 0 map main class.schoolId=metadata.campus student.lastName=none
  says "class.schoolId: Schools decide what comes in"
  says "student.lastName: It will be missing in every record"
  expect 0 audit show
  [[ $output == *rules.map*main*"class.schoolId=metadata.campus, student.lastName=none"* ]]
}
