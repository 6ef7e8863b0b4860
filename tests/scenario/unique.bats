#!/usr/bin/env bats
# unique, master and the origins in data: what the commands list, count, change and refuse.
# shellcheck disable=SC2154 # variables that the helpers share
bats_require_minimum_version 1.5.0

load helper
load pair

setup() { conf=$BATS_TEST_TMPDIR/etc/lumenport.conf; }

@test "unique: the defaults, what they meet, domains of one's own, and the way back" {
  source_app east 6
  expect 0 unique east
  says 'No data was fetched from east yet'
  echo 'dup,true,east-s,student,USER1,,Other,Name,o@x.org,,' >>"$BATS_TEST_TMPDIR/east/users.csv"
  lp run east
  expect 0 unique east --json
  jq -se 'map(select(.entity == "student") | [.order, .domain, .attributes, .default, .records,
    .filled, .shared]) == [[1, "Username", ["username"], true, 7, 7, 2],
    [2, "Email", ["email"], true, 7, 7, 0], [3, "State id", ["stateId"], true, 7, 0, 0]]' <<<"$output"
  jq -se 'map(select(.entity == "contact").domain) == ["Username", "State id"]' <<<"$output"
  jq -se 'map(select(.entity == "class").domain) == [null]' <<<"$output"
  expect 0 unique --add student "Whole name" --by "lastName , firstName"
  says 'The defaults of students are rules of their own now'
  expect 0 unique --up student "whole NAME" --json
  jq -se 'map(.domain + ":" + (.attributes | join("+"))) == ["Username:username",
    "Email:email", "Whole name:lastName+firstName", "State id:stateId"]' <<<"$output"
  expect 0 unique --remove student email
  grep -q 'attributes = "lastName, firstName"' "$conf"
  expect 0 unique --down student username
  expect 0 unique
  [[ $output == *"student "*"1. Whole name"*"lastName, firstName"*"2. Username"*"3. State id"* ]]
  expect 0 unique --none student
  expect 0 unique --json
  jq -se 'map(select(.entity == "student") | [.domain, .default]) == [[null, false]]' <<<"$output"
  expect 0 unique --restore student
  expect 0 unique --restore
  says 'Nothing changes'
  run ! grep -q domains "$conf"
  lp audit show | grep -q 'rules.domains.*up student "whole NAME"'
}

@test "unique: what is wrong is said and changes nothing; a wrong domain in the file has its line" {
  source_app east 2
  expect 2 unique --add student
  expect 2 unique --add student Name
  says '--by "firstName, lastName, birthDate"'
  expect 2 unique --up --down student Email
  expect 2 unique --none pupil
  says '"pupil" is no entity type'
  expect 10 unique nowhere
  says 'There is: east'
  expect 10 unique --add student Mail --by emial
  says 'Did you mean email?'
  expect 10 unique --add student email --by phone
  expect 10 unique --remove student Phone
  says 'There are: Username, Email, State id'
  run ! grep -q domains "$conf"
  echo 'domains = ( { entity = "student"; name = "x"; attributes = "emial"; } );' >>"$conf"
  expect 10 unique
  says "$conf:$(grep -c '' "$conf"): "
  says 'Did you mean email?'
}

@test "master: two apps, who wins, where they differ, and whose attribute is whose" {
  source_app east 4
  lp run east
  source_app west 5
  expect 0 master --conflicts
  says 'No record of the hub is made of several'
  # Few records: nothing is held, for there is no other source before this one.
  expect 0 run west --json
  jq -e '.state == "accepted" and .hold == []' <<<"$output"
  expect 0 master
  says 'There are no Master Fields'
  expect 0 master --conflicts --json
  jq -se 'map(select(.entity == "student") | [.attribute, .records, .differ, .undecided, .wins]) |
    sort == [["email", 4, 4, 4, {east: 4}], ["phone", 4, 4, 4, {east: 4}],
    ["sisId", 4, 4, 4, {east: 4}]]' <<<"$output"
  expect 0 master student.phone="west: master, east: do not override" --json
  jq -se '. == [{schema: 1, entity: "student", attribute: "phone", apps: [
    {app: "west", mode: "master", known: true},
    {app: "east", mode: "do not override", known: true}]}]' <<<"$output"
  expect 0 master --conflicts
  [[ $output == *"student.phone  4 of 4      west 4              by Master Fields"* ]]
  lp run east || [ $? = 20 ]
  decide_newest
  expect 0 data student --json
  jq -se 'map(select(.username == "user1")) | .[0] | .phone == "1-west" and .app == "east, west" and
    .origins == [{app: "east", sisId: "east-u1", attributes: []},
      {app: "west", sisId: "west-u1", attributes: ["phone"]}]' <<<"$output"
  jq -se 'map(select(.username == "user5").app) == ["west"]' <<<"$output"
  expect 0 data student --search user1
  [[ $output == *"student east-u1 (east, west)"*"from west (west-u1): phone"* ]]
  expect 0 master student.phone=
  run ! grep -q masters "$conf"
  expect 0 master --generate west
  expect 0 master --json
  jq -se '(map(.entity) | unique) == ["calendar", "class", "course", "enrollment", "student",
    "teacher"] and all(.attribute != "sisId")' <<<"$output"
  expect 0 master --generate east teacher
  lp app remove west
  expect 0 master
  says 'there is no app "west" (any more), so that has no effect'
}

@test "master: apps and attributes that are not there are refused" {
  source_app east 2
  expect 10 master student.email="wst: master"
  says 'student.email: There is no app "wst". There is: east.'
  expect 10 master student.emial="east: master"
  says 'Did you mean email?'
  expect 10 master student.email="east: boss"
  says 'do not override'
  expect 2 master email="east: master"
  expect 10 master --generate nowhere
  expect 2 master --generate east pupil
  expect 2 master --conflicts x
  run ! grep -q masters "$conf"
}

@test "duplicates: listed with names, resolved, remembered for the next import, taken back" {
  source_app east 3
  echo 'dup,true,east-s,student,USER1,,Other,Name,o@x.org,,' >>"$BATS_TEST_TMPDIR/east/users.csv"
  expect 0 duplicates
  says 'No duplicates are open, and none resolved'
  lp run east
  expect 0 duplicates east --json
  jq -se '. == [{schema: 1, app: "east", entity: "student", domain: "Username",
    sisId: .[0].sisId, name: .[0].name, other: .[0].other, otherName: .[0].otherName, resolved: null}] and
    (.[0] | [[.sisId, .name], [.other, .otherName]] | sort) ==
      [["dup", "Name, Other"], ["east-u1", "Family1, Given1"]]' <<<"$output"
  expect 0 duplicates --merge student dup east-u1
  says 'Nothing changes before the next import'
  expect 0 duplicates
  [[ $output == *"dup merged into east-u1"* ]]
  expect 0 duplicates --skip student dup
  expect 0 duplicates --json
  jq -se 'length == 1 and .[0].resolved == "skip" and .[0].resolvedId == "dup"' <<<"$output"
  expect 0 data student --json
  [ "$(grep -c . <<<"$output")" = 4 ]
  expect 0 run east --json
  jq -e '.counts.student.deleted == 1 and .state == "accepted"' <<<"$output"
  expect 0 duplicates --keep student dup east-u1
  expect 10 duplicates --forget student dup east-u2
  expect 0 duplicates --forget student dup
  expect 10 duplicates --forget student dup
  says 'Nothing was decided'
  run ! grep -q duplicates "$conf"
  expect 0 run east --json
  expect 0 duplicates
  says '1 open.'
  expect 10 duplicates --merge student dup dup
  expect 2 duplicates --merge student dup
  expect 2 duplicates --merge --skip student dup x
  expect 10 duplicates west
}
