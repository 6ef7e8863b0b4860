#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031,SC2154 # helper, wire and bats set them
# Records as sources really write them (protocol.md section 3, rows D): what is kept, what is
# reported, and that one bad record spoils neither its page nor the screen.
bats_require_minimum_version 1.5.0

load helper
load wire

setup_file() { wire_open; }
teardown_file() { wire_close; }

# with FAULT... : a first import with these; its hub in $hub, sorted, its answer in $output
with() {
  quiet_sim "$@"
  as_it_was ready 4 100
  expect 0 run main --json
  hub=$BATS_TEST_TMPDIR/hub
  hub >"$hub"
}

# problems JSON: exactly those were found
problems() { jq -e --argjson want "$1" '.problems == $want' <<<"$output" >/dev/null; }

# same_as_ever: the hub holds what it does without the fault
same_as_ever() { cmp "$file/want" "$hub"; }

# only CLASS...: no other class of problem was found, and all of these were
only() {
  jq -e --args '.problems | keys == ($ARGS.positional | sort)' "$@" <<<"$output" >/dev/null || {
    jq -c .problems <<<"$output"
    return 1
  }
}

# record COLLECTION JSON: laid over the simulator's own
record() {
  curl -sS -f -o /dev/null "$origin/sim/record?collection=$1&id=$(jq -r '.sourcedId | tostring | @uri' <<<"$2")" \
    --data-binary "$2"
}

@test "D1 null, missing and empty are the same: nothing is updated by the difference" {
  with nulls
  problems '{}'
  jq -s -e 'all(.[] | .. | strings; . != "")' "$hub"
  [ "$(jq -r .sisId "$hub" | wc -l)" = "$(wc -l <"$file/want")" ]
}

@test "D2 booleans of every kind; what is none is unknown, not false" {
  local kind
  for kind in TRUE T 1 true; do
    with "bools=$kind"
    problems '{}'
    same_as_ever
  done
  record users '{"sourcedId":"b1","status":"active","enabledUser":"perhaps","username":"b1","givenName":"B","familyName":"One","role":"student","orgs":[{"sourcedId":"S-0001"}]}'
  record users '{"sourcedId":"b2","status":"active","enabledUser":false,"username":"b2","givenName":"B","familyName":"Two","role":"student","orgs":[{"sourcedId":"S-0001"}]}'
  expect 0 run main --json
  only bad_value
  one student b1 | jq -e 'has("enabled") | not'
  one student b2 | jq -e '.enabled == false'
}

@test "D3 ids as numbers, and beyond 2^53, to the last digit" {
  with numeric-ids
  problems '{}'
  [ "$(wc -l <"$hub")" = "$(wc -l <"$file/want")" ]
  with big-ids
  problems '{}'
  # as many of everything, so no two ids fell together
  [ "$(jq -r .entity "$hub" | sort | uniq -c)" = "$(jq -r .entity "$file/want" | sort | uniq -c)" ]
  curl -sS -f "$origin/sim/set?auth=none" -X POST -o /dev/null
  curl -sS "$origin/ims/oneroster/v1p1/users?limit=1000" | grep -o '"sourcedId":9[0-9]*,"status' |
    grep -o '[0-9]*' | sort >"$BATS_TEST_TMPDIR/sent"
  [ -s "$BATS_TEST_TMPDIR/sent" ]
  grep -E '"entity":"(student|teacher|admin|contact)"' "$hub" | grep -o '"sisId":"[0-9]*"' |
    grep -o '[0-9]*' | sort -u | cmp - "$BATS_TEST_TMPDIR/sent"
  expect 0 run main --json
  jq -e '.state == "unchanged"' <<<"$output"
}

@test "D4 grades as text or list, values of no vocabulary kept" {
  with grades-string
  problems '{}'
  same_as_ever
  with grades-unknown
  problems '{}'
  jq -e -s '[.[] | .gradeLevel? // empty] | length > 20' "$hub"
  run ! cmp -s "$file/want" "$hub"
}

@test "D5 D6 dates and school years in other spellings; ends before beginnings are told" {
  with dates-us
  problems '{}'
  same_as_ever
  with dates-time
  problems '{}'
  same_as_ever
  with schoolyear-range
  only bad_value
  same_as_ever
  with dates-reversed
  only dates_reversed
  jq -e -s '[.[] | select((.beginDate // .startDate // "") > (.endDate // "9"))] | length > 0' "$hub"
}

@test "D7 several roles and schools: one record a type, the same id, none merged" {
  with multi-roles v12-records
  problems '{}'
  jq -e -s 'map(select(.entity == "student" or .entity == "teacher" or .entity == "admin" or
    .entity == "contact")) | group_by(.sisId) | map(select(length > 1)) | length > 0' "$hub"
  jq -e -s 'any(.otherSchoolIds)' "$hub"
}

@test "D8 records of the other version, whatever the path says" {
  with v12-records
  problems '{}'
  jq -c 'select(.entity != "student" and .entity != "teacher" and .entity != "admin" and .entity != "contact")' \
    "$file/want" >"$BATS_TEST_TMPDIR/rest"
  jq -c 'select(.entity != "student" and .entity != "teacher" and .entity != "admin" and .entity != "contact")' \
    "$hub" | cmp - "$BATS_TEST_TMPDIR/rest"
  # One person who is two users in 1.1 is one with two roles in 1.2; all others are the same.
  for f in "$file/want" "$hub"; do
    jq -c 'select(.entity == "student" or .entity == "contact") |
      del(.middleName, .preferredFirstName, .userIds, .pronouns)' "$f" >"$BATS_TEST_TMPDIR/${f##*/}.some"
  done
  cmp "$BATS_TEST_TMPDIR/want.some" "$BATS_TEST_TMPDIR/hub.some"
  quiet_sim v11-records
  sim_set version=1.2
  as_it_was ready 4 100
  lp app set main url="$origin" >/dev/null
  expect 0 run main --json
  jq -e '.problems == {}' <<<"$output"
  hub_is "$file/want"
}

@test "D10 status in any spelling deletes, an unknown one never; unknown roles are told" {
  with status-variants
  [ "$(wc -l <"$hub")" -lt "$(wc -l <"$file/want")" ]
  with status-unknown
  only unknown_status
  same_as_ever
  with role-unknown
  jq -e '.problems.unknown_role > 0' <<<"$output"
  LC_ALL=C comm -13 "$file/want" "$hub" | jq -e -s 'map(select(.entity == "student")) == []'
}

@test "D11 references that lead nowhere: imported and told; no ghosts" {
  with dangling
  only dangling_reference
  jq -r '.entity + " " + .sisId' "$hub" >"$BATS_TEST_TMPDIR/got"
  jq -r '.entity + " " + .sisId' "$file/want" >"$BATS_TEST_TMPDIR/all"
  [ -z "$(LC_ALL=C comm -23 <(LC_ALL=C sort "$BATS_TEST_TMPDIR/got") <(LC_ALL=C sort "$BATS_TEST_TMPDIR/all"))" ]
  expect 0 show 1
  [[ $output$stderr == *"leads nowhere"* || $output$stderr == *"lead nowhere"* ]]
}

# clean: nothing in $output or $stderr can steer a terminal or turn its text around
clean() {
  ! LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0\xa6-\xaf]|\xef\xbb\xbf' \
    <<<"$output$stderr"
}

@test "D12 control characters and escapes: exact in the hub, cleaned on the screen" {
  local fault
  for fault in control-chars escapes; do
    with "$fault"
    problems '{}'
    jq -e -s '[.[] | .firstName? // empty | select(test("[\u0001-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]"))] | length > 3' "$hub"
    for e in student teacher contact class course school; do
      expect 0 data "$e"
      clean
    done
    # A school's own name, and a title, with all of it.
    record orgs '{"sourcedId":"S-0001","status":"active","name":"Ce\u001b[31mdar\u202e \u0007Ridge\u200b","type":"school","identifier":"0001","parent":{"sourcedId":"D-0001"}}'
    lp app set main preview=on >/dev/null
    expect 20 run main
    clean
    expect 0 schools main
    clean
    expect 0 show 2 --changes
    clean
    expect 0 history main
    clean
    expect 0 status
    clean
    expect 0 show 2 --changes school --json
    jq -e -s 'any(.[] | .. | strings; test("\u001b\\[31m"))' <<<"$output"
  done
}

@test "D13 ids with spaces, slashes, plus signs, or differing in case only" {
  with odd-ids
  problems '{}'
  jq -e -s '[.[].sisId | select(test("[ /+]"))] | length > 2' "$hub"
  jq -e -s 'map(select(.entity == "student") | .sisId) | length == (unique | length)' "$hub"
  [ "$(jq -r .entity "$hub" | sort | uniq -c)" = "$(jq -r .entity "$file/want" | sort | uniq -c)" ]
  record users '{"sourcedId":"Case/a +","status":"active","enabledUser":"true","username":"c1","givenName":"C","familyName":"One","role":"student","orgs":[{"sourcedId":"S-0001"}]}'
  record users '{"sourcedId":"case/A +","status":"active","enabledUser":"true","username":"c2","givenName":"C","familyName":"Two","role":"student","orgs":[{"sourcedId":"S-0001"}]}'
  expect 0 run main --json
  problems '{}'
  one student 'Case/a +' | jq -e '.lastName == "One"'
  one student 'case/A +' | jq -e '.lastName == "Two"'
}

@test "D15 passwords are nowhere: not in the hub, the state, an export, any output" {
  with password=CANARY-PASSWORD
  problems '{}'
  same_as_ever
  record users '{"sourcedId":"pw","status":"active","enabledUser":"true","username":"pw","givenName":"P","familyName":"W","role":"student","password":"CANARY-PASSWORD","userProfiles":[{"credentials":[{"type":"x","username":"u","password":"CANARY-PASSWORD"}]}],"metadata":{"initialPassword":"CANARY-PASSWORD","credentials":"CANARY-PASSWORD"},"orgs":[{"sourcedId":"S-0001"}]}'
  expect 0 run main --json
  one student pw | jq -e .
  lp export --to "$BATS_TEST_TMPDIR/out" >/dev/null 2>&1
  [ -s "$BATS_TEST_TMPDIR/out/users.csv" ]
  run ! grep -rqF CANARY-PASSWORD "$BATS_TEST_TMPDIR"
}

@test "records without id, of the wrong shape, or none at all: left out one by one, and told" {
  with missing-ids
  jq -e '.problems.unusable_record > 5' <<<"$output"
  [ "$(wc -l <"$hub")" -gt $(($(wc -l <"$file/want") * 8 / 10)) ]
  with junk-record
  only unusable_record
  same_as_ever
  with wrong-types
  jq -e '.problems.bad_value > 3' <<<"$output"
  [ "$(wc -l <"$hub")" = "$(wc -l <"$file/want")" ]
  with deep-nesting=300
  jq -e '.problems | keys - ["bad_value"] == []' <<<"$output"
  quiet_sim
  as_it_was ready 4 100
  record users '{"sourcedId":{"a":1},"role":"student"}'
  record users '{"sourcedId":true,"role":"student"}'
  expect 0 run main --json
  jq -e '.problems.unusable_record == 2' <<<"$output"
  hub_is "$file/want"
  expect 0 show 1
  clean
}

@test "one row twice: the last wins, and it is told" {
  with duplicates
  only duplicate_id
  same_as_ever
}

@test "a NUL as escape and malformed UTF-8 are replaced, in those records only" {
  local fault
  for fault in nul-escape bad-utf8; do
    with "$fault"
    only repaired_text
    jq -e -s '[.[] | .firstName? // empty | select(test("\ufffd"))] | length > 3' "$hub"
    [ "$(LC_ALL=C comm -13 "$file/want" "$hub" | wc -l)" = \
      "$(LC_ALL=C comm -13 "$file/want" "$hub" | grep -c $'\xef\xbf\xbd')" ]
    iconv -f UTF-8 -t UTF-8 "$hub" >/dev/null
  done
}

@test "all faults of records together: the import ends, the screen stays clean" {
  with nulls bools=T grades-string dates-us multi-roles status-variants role-unknown dangling \
    control-chars escapes odd-ids password duplicates missing-ids wrong-types nul-escape \
    bad-utf8 junk-record
  expect 0 run main --json
  jq -e '.state == "unchanged"' <<<"$output"
  expect 0 show 1
  clean
  expect 0 data student --limit 100000
  clean
}
