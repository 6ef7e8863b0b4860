#!/usr/bin/env bats
# Data Requirements and Data Quality over whole imports: what is left out, hidden, reported, held,
# and that what must not be seen is nowhere.
# shellcheck disable=SC2034,SC2154 # variables that the helpers share
bats_require_minimum_version 1.5.0

load helper
load roster

setup() {
  sim_pid=
  want=$BATS_TEST_TMPDIR/want
  have=$BATS_TEST_TMPDIR/have
  state=$BATS_TEST_TMPDIR/state
}
teardown() { sim_stop; }

# without ATTRIBUTE N: the first N students have no such attribute at the source
without() {
  local id
  for id in $(ids users "$2" '.role == "student"'); do
    patch users "$id" "del(.$1)"
  done
}

# nowhere TEXT: in no file of the state
nowhere() {
  ! grep -rlF -- "$1" "$state" || return 1
}

@test "skip, report, exclude: the hub is the source without them, counted, with the reason" {
  sim_start --students 100
  app_ready
  without email 7
  expect 0 require main student.email=skip student.sms=report 'teacher.phone=exclude'
  says 'Nothing was pulled from main yet'
  expect 0 run main --json
  is '.problems == {missing_value: 93, skipped_record: 7}'
  is '.counts.student.created == 93'
  hub "$have"
  jq -se 'map(select(.entity == "student")) | length == 93 and all(.email)' "$have"
  jq -se 'map(select(.entity == "teacher")) | length > 0 and all(.phone == null)' "$have"
  jq -se '(map({key: .sisId, value: 1}) | from_entries) as $in |
    all(.entity != "enrollment" or ($in[.classId] and $in[.userId]))' "$have"
  expect 0 quality main --class skipped_record --json
  jq -se 'length == 7 and all(.entity == "student" and .attribute == "email" and
    .reason == "email is empty; record left out" and .class == "skipped_record")' <<<"$output"
  expect 0 run main --json
  is '.state == "unchanged" and .problems == {missing_value: 93, skipped_record: 7}'
  # The value is filled in: the student comes, with the enrollments.
  local id
  id=$(ids users 1 '.role == "student"')
  patch users "$id" '.email = "here@example.org"'
  expect 0 run main --json
  is '.counts.student.created == 1 and .counts.enrollment.created > 0 and .problems.skipped_record == 6'
  # The rule goes: all are there.
  lp require main student.email= student.sms= teacher.phone=
  no_limits
  lp run main
  expected "$want"
  hub "$have"
  diff "$want" "$have"
}

@test "skipped classes and courses: enrollments follow in silence, nothing dangles" {
  sim_start --students 60
  app_ready
  local id
  id=$(ids classes 1)
  patch classes "$id" 'del(.classCode)'
  lp require main class.classCode=skip course.courseCode=report
  expect 0 run main --json
  is '.problems == {skipped_record: 1}'
  hub "$have"
  run ! grep -F "\"classId\":\"$id\"" "$have"
}

@test "masks: what the source says is nowhere, in no file; counts of what is missing stay right" {
  sim_start --students 100
  app_ready
  local id hash
  id=$(ids users 1 '.role == "student"')
  patch users "$id" '.email = "canary-mail@example.org" | .givenName = "Canary-given Two" |
    .familyName = "Canary-family" | .userIds = [{type: "stateId", identifier: "canary-state"},
    {type: "local", identifier: "plain-local"}] | .phone = "canary-phone" | .sms = "plain-sms"'
  overlay demographics "$id" "{\"sourcedId\": \"$id\", \"status\": \"active\", \"birthDate\": \"1912-02-29\",
    \"cityOfBirth\": \"Canary-town\"}"
  expect 0 require main 'student.email=mask hash' 'student.firstName=mask initials' \
    'student.lastName=mask fixed' 'student.stateId=mask hash' 'student.phone=exclude' \
    'student.birthDate=mask year' 'student.cityOfBirth=exclude'
  expect 0 run main --json
  is '.problems == {}'
  expect 0 data student --json
  jq -se "map(select(.sisId == \"$id\"))[0] | .firstName == \"C. T.\" and .lastName == \"***\" and .phone == null and
    .sms == \"plain-sms\" and .birthDate == \"1912-01-01\" and .cityOfBirth == null and
    (.email | test(\"^x[a-z2-9]{16}@masked[.]invalid$\")) and (.stateId | test(\"^x[a-z2-9]{16}$\")) and
    .userIds == [\"stateId:\" + .stateId, \"local:plain-local\"]" <<<"$output" >/dev/null
  hash=$(jq -r "select(.sisId == \"$id\").stateId" <<<"$output")
  for word in canary-mail Canary-given Canary-family canary-state canary-phone Canary-town 1912-02-29; do
    nowhere "$word"
  done
  run grep -rlF plain-sms "$state"
  [ "${#lines[@]}" -ge 2 ] # the search finds what is there: in the hub and in what is kept of the pull
  lp export --to "$BATS_TEST_TMPDIR/out"
  run ! grep -riF canary "$BATS_TEST_TMPDIR/out"
  # What is missing is still known, of what is hidden as well.
  expect 0 require main --json
  jq -se "map(select(.entity == \"student\") | {key: .attribute, value: .missing}) | from_entries |
    .email == 0 and .firstName == 0 and .birthDate == 0 and .phone == $(raw users |
      jq -s 'map(select(.role == "student" and (.phone // "") == "")) | length')" <<<"$output"
  # Twice is once, in the next run as well.
  expect 0 run main --json
  is '.state == "unchanged"'
  # Another app of the hub hashes equal values equally.
  lp app add lumen-touch --name second --url "$origin" --client-id demo --set sis_id_prefix=b-
  lp_secret second
  lp terms accept second
  lp schools second --auto
  lp require second 'student.stateId=mask hash'
  lp run second
  expect 0 data student --json
  [ "$(jq -r "select(.sisId == \"b-$id\").stateId" <<<"$output")" = "$hash" ]
}

@test "filters and mappings see what the source says, the hub and its duplicates the mask" {
  sim_start --students 60
  app_ready
  local id
  id=$(ids users 1 '.role == "student"')
  patch users "$id" '.email = "Only.One@example.org" | .metadata = {mail: "Meta@example.org", room: "12"}'
  lp filter main --add student "One" --where 'email contains only.one@'
  lp require main 'student.email=mask hash' 'student.phone=mask fixed'
  lp map main 'student.phone=metadata.mail | lower'
  lp run main
  lp data student --json >"$have"
  jq -se "length == 1 and .[0].sisId == \"$id\" and (.[0].email | endswith(\"@masked.invalid\")) and
    .[0].phone == \"***\" and .[0].\"metadata.room\" == \"12\" and .[0].\"metadata.mail\" == null" "$have"
  ! grep -rliF -e 'one@example' -e 'meta@example' "$state" || return 1
}

@test "what a mask makes the same for many makes no two people one" {
  sim_start --students 60
  app_ready
  lp app add lumen-touch --name second --url "$origin" --client-id demo --set sis_id_prefix=b-
  lp_secret second
  lp terms accept second
  lp schools second --auto
  local app rules=()
  for app in student teacher admin contact; do
    rules+=("$app.username=mask fixed" "$app.email=mask initials" "$app.stateId=mask fixed")
  done
  for app in main second; do
    lp require "$app" "${rules[@]}"
  done
  expect 0 run main --json
  is '.problems == {}'
  expect 0 run second --json
  is '.counts.student.created == 60 and .problems == {}'
  lp data student --json | jq -se 'length == 120 and all(.username == "***" and .stateId == "***")'
}

@test "demographics that fail to come leave masked values as they are" {
  sim_start --students 60
  app_ready
  lp require main 'student.birthDate=mask year' 'student.cityOfBirth=mask hash' student.gender=skip
  lp run main
  hub "$want"
  sim_stop
  sim_start --students 60 --fault forbidden=demographics
  lp app set main url="$origin" hold.threshold=off
  run lp run main --json
  hub "$have"
  diff <(undated "$want") <(undated "$have")
}

@test "a rule that takes 15 % of the students is held; another rule since makes the approval stale" {
  sim_start --students 100
  app_ready
  lp run main
  hub "$want"
  without email 15
  lp run main
  hub "$BATS_TEST_TMPDIR/before"
  expect 0 require main student.email=skip
  says 'Skip leaves out 15 of 100 students.'
  says 'Nothing changes in the hub before the next import.'
  hub "$have"
  cmp "$BATS_TEST_TMPDIR/before" "$have"
  expect 20 run main --json
  is '.state == "held" and any(.hold[]; .entity == "student" and .kind == "deleted" and .changed == 15 and .base == 100)'
  local sync print
  sync=$(of .sync)
  print=$(of .fingerprint)
  hub "$have"
  cmp "$BATS_TEST_TMPDIR/before" "$have"
  lp require main student.phone=report
  run --separate-stderr lp approve "$sync" --fingerprint "$print"
  [ "$status" -ne 0 ]
  says 'settings'
  hub "$have"
  cmp "$BATS_TEST_TMPDIR/before" "$have"
  expect 20 run main --json
  expect 0 approve "$(of .sync)" --fingerprint "$(of .fingerprint)"
  hub "$have"
  jq -se 'map(select(.entity == "student")) | length == 85' "$have"
  expect 0 run main --json
  is '.state == "unchanged"'
}

@test "what Skip would leave out is what it leaves out" {
  sim_start --students 200
  app_ready
  lp run main
  no_limits
  without email 20
  without phone 60
  lp run main
  expect 0 require main student.email=skip student.phone=skip class.location=skip contact.email=skip
  local told
  told=$(grep -o 'Skip leaves out [0-9,]* of [0-9,]* [a-z]*' <<<"$stderr" | tr -d , |
    sed 's/Skip leaves out \([0-9]*\) of [0-9]* \(.*\)/\2 \1/')
  local follow
  follow=$(sed -n 's/^\([0-9,]*\) enrollments go with them.*/\1/p' <<<"$stderr" | tr -d ,)
  expect 0 run main --json
  [ "$(of '.counts.student.deleted')" = "$(awk '$1 == "students" { print $2 }' <<<"$told")" ]
  [ "$(of '.counts.enrollment.deleted')" = "$follow" ]
  # What was left out is still in what is kept of the pull: the counts stay, for other rules.
  expect 0 require main
  grep -q "^$follow enrollments go with them" <<<"$(tr -d , <<<"$stderr")"
  grep -q "Skip leaves out $(awk '$1 == "students" { print $2 }' <<<"$told") of 200 students" <<<"$stderr"
  # Left out or not there any more: every problem is one of the count.
  expect 0 quality main --class skipped_record --json
  [ "$(jq -s 'map(select(.entity == "student")) | length' <<<"$output")" = "$(awk '$1 == "students" { print $2 }' <<<"$told")" ]
}

@test "rules by command: the words are checked, listed, audited; defaults come back" {
  sim_start
  app_ready
  expect 10 require main student.email=skp
  says 'student.email cannot be "skp": did you mean skip.'
  expect 10 require main student.email=skip school.schoolNumber=skip
  says 'Which schools come in is said in Schools Mapping'
  expect 2 require main email=skip
  says 'student.email'
  expect 10 require main student.mail=skip
  says 'Did you mean email?'
  expect 10 require other
  says 'There is no app "other".'
  run ! grep -q skip "$BATS_TEST_TMPDIR/etc/lumenport.conf"
  expect 0 require main --json
  jq -se 'length > 100 and all(.rule == null and .missing == null)' <<<"$output"
  expect 0 require main 'student.email=skip, mask hash' class.title=optional --json
  jq -se 'map([.entity, .attribute, .rule, .ifMissing, .mask]) ==
    [["student", "email", "skip, mask hash", "skip", "hash"], ["class", "title", "optional", "optional", null]]' <<<"$output"
  grep -q 'email = "skip, mask hash"' "$BATS_TEST_TMPDIR/etc/lumenport.conf"
  expect 0 audit show --json
  jq -se 'last | .action == "require.set" and .subject == "main" and
    .detail == "student.email=skip, mask hash, class.title=optional"' <<<"$output"
  expect 0 require main student.email= class.title=
  run ! grep -q 'email' "$BATS_TEST_TMPDIR/etc/lumenport.conf"
}

@test "a rule in the file that cannot be: file and line" {
  sim_start
  app_ready
  lp require main student.email=skip
  sed -i 's/"skip"/"skip, report"/' "$BATS_TEST_TMPDIR/etc/lumenport.conf"
  local line
  line=$(grep -n '"skip, report"' "$BATS_TEST_TMPDIR/etc/lumenport.conf" | cut -d: -f1)
  expect 10 run main
  says "lumenport.conf:$line: student.email cannot be both \"report\" and \"skip\"."
}

@test "quality: one list by class, of any sync, and as a file for a spreadsheet" {
  sim_start --students 60
  app_ready
  expect 2 quality main
  says 'No import of main has read its source to the end yet. Start with: lumenport run main'
  lp require main student.email=skip student.sms=report
  local id
  for id in '=1+2' '@at' '-dash' 'with,comma "and" quote'; do
    overlay users "$id" "$(raw users | jq -c --arg id "$id" 'select(.role == "student") | .sourcedId = $id |
      .username = $id | .userIds = [] | del(.email)' | head -n 1)"
  done
  lp run main
  expect 0 quality main --csv "$BATS_TEST_TMPDIR/quality.csv"
  says 'Records left out (Skip if missing): 4.'
  [ "$(stat -c %a "$BATS_TEST_TMPDIR/quality.csv")" = 600 ]
  [ "$(head -n 1 "$BATS_TEST_TMPDIR/quality.csv")" = $'class,entity,sisId,attribute,reason\r' ]
  grep -qxF $'skipped_record,student,\'=1+2,email,email is empty; record left out\r' "$BATS_TEST_TMPDIR/quality.csv"
  grep -qxF $'skipped_record,student,\'@at,email,email is empty; record left out\r' "$BATS_TEST_TMPDIR/quality.csv"
  grep -qxF $'skipped_record,student,\'-dash,email,email is empty; record left out\r' "$BATS_TEST_TMPDIR/quality.csv"
  grep -qxF $'skipped_record,student,"with,comma ""and"" quote",email,email is empty; record left out\r' \
    "$BATS_TEST_TMPDIR/quality.csv"
  [ "$(wc -l <"$BATS_TEST_TMPDIR/quality.csv")" = 65 ]
  [ "$(grep -c $'\r$' "$BATS_TEST_TMPDIR/quality.csv")" = 65 ]
  # A reader of CSV gets five cells a row, whatever the ids.
  python3 -c 'import csv, sys
rows = list(csv.reader(open(sys.argv[1], newline="")))
assert len(rows) == 65 and all(len(r) == 5 for r in rows), rows' "$BATS_TEST_TMPDIR/quality.csv"
  # Ids only: no name of anybody.
  raw users | jq -r 'select(.role == "student") | .familyName, .username' | grep -vxF -e '=1+2' -e '@at' -e '-dash' -e 'with,comma "and" quote' |
    sort -u >"$BATS_TEST_TMPDIR/names"
  run ! grep -wF -f "$BATS_TEST_TMPDIR/names" "$BATS_TEST_TMPDIR/quality.csv"
  expect 0 quality main --class missing_value --json
  jq -se 'length == 60 and all(.attribute == "sms")' <<<"$output"
  expect 0 quality main --class bad_value
  says 'found nothing wrong of that class'
  expect 2 quality main --class bad
  says '"bad" is no class. There is: unusable_record,'
  expect 2 quality main --sync 99
  says 'There is no sync 99'
  expect 1 quality main --csv "$BATS_TEST_TMPDIR/none/quality.csv"
  expect 0 audit show --json
  jq -se 'map(select(.action == "quality.csv")) | length == 1 and .[0].subject == "main #1"' <<<"$output"
  lp require main student.email= student.sms=
  lp run main
  expect 0 quality main --class skipped_record
  says 'Sync 2 found nothing wrong of that class in the data'
  expect 0 quality main --sync 1 --json
  jq -se 'length == 64' <<<"$output"
}

@test "10,000 of a class are kept of the newest sync, 100 of older ones, and it is said" {
  sim_start --students 11000
  app_ready
  lp require main student.sms=report
  lp run main
  expect 0 quality main --json
  [ "$(wc -l <<<"$output")" = 10000 ]
  says 'Required values that are empty: 11,000; the first 10,000 of them are listed.'
  expect 0 run main --json
  is '.problems.missing_value == 11000'
  expect 0 quality main --sync 1 --json
  [ "$(wc -l <<<"$output")" = 100 ]
  says '11,000; the first 100 of them are listed.'
  expect 0 quality main --json
  [ "$(wc -l <<<"$output")" = 10000 ]
}
