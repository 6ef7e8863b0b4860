#!/usr/bin/env bats
# As what the hub is published: OneRoster 1.1 and 1.2, Basic Roster, what changed, what never leaves.
# shellcheck disable=SC2034,SC2154 # variables that the helpers share
bats_require_minimum_version 1.5.0

load helper
load roster

setup() {
  sim_pid=
  out=$BATS_TEST_TMPDIR/out
}
teardown() { sim_stop; }

# check FOLDER: as a strict consumer; $output is the rows of each file, as JSON
check() {
  run python3 "$BATS_TEST_DIRNAME/check_oneroster.py" "$1"
  [ "$status" -eq 0 ] || { echo "$output"; return 1; }
}

# laid BEFORE CHANGES... NOW: the changes, laid over what was before, give what is now
laid() { python3 "$BATS_TEST_DIRNAME/apply_delta.py" "$@"; }

@test "1.2: users without roles, roles beside them, whatever the source speaks" {
  local version
  for version in 1.1 1.2; do
    sim_start --students 200 --version "$version" --fault multi-roles
    app_ready
    lp run main
    expect 0 export --format oneroster12 --to "$out" --json
    is '.deliveries[0].format == "oneroster12" and (.deliveries[0].delta | not)'
    check "$out"
    is '.users > 400 and .roles >= .users and .enrollments > 1000'
    sim_stop
    rm -r "$out" "${BATS_TEST_TMPDIR:?}/etc" "${BATS_TEST_TMPDIR:?}/state"
  done
}

@test "Basic Roster: as a folder, and as a zip of the same" {
  sim_start --students 200
  app_ready --set export.format=basic --set export.dir="$out" --set export.zip="$out.zip"
  expect 0 run main --json
  is '.deliveries | map(.kind) == ["folder", "zip"]'
  check "$out"
  is '.schools > 0 and .students >= 190 and .sections > 40 and .staff > 0'
  mkdir "$BATS_TEST_TMPDIR/unzipped"
  (cd "$BATS_TEST_TMPDIR/unzipped" && unzip -q "$out.zip")
  diff -r "$out" "$BATS_TEST_TMPDIR/unzipped"
  # every student of the hub who has an account, once a contact
  local hub file
  hub=$(lp data student --json | jq -r 'select(.enabled != false) | .sisId' | sort)
  file=$(python3 -c 'import csv, sys
for r in csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")): print(r["Student_id"])' \
    "$out/students.csv" | sort -u)
  [ "$hub" = "$file" ]
  expect 2 export --format basic --delta --to "$out"
  says 'active records only'
}

@test "what changed, day by day, laid over the first set gives the present one" {
  sim_start --students 300
  app_ready --set export.delta=on
  no_limits
  lp run main
  local format day sets
  for format in oneroster oneroster12; do
    sim_set day=0
    lp run main
    expect 0 export main --format "$format" --to "$out.$format" --json
    is '.deliveries[0].delta | not'
    cp -r "$out.$format" "$out.$format.0"
    sets=("$out.$format.0")
    for day in 1 2 5 40; do
      sim_set "day=$day"
      lp run main
      expect 0 export main --format "$format" --to "$out.$format" --json
      is '.deliveries[0].delta and .deliveries[0].rows > 0'
      [ "$day" -ne 40 ] || is '.deliveries[0].deleted > 0'
      check "$out.$format"
      cp -r "$out.$format" "$out.$format.$day"
      sets+=("$out.$format.$day")
    done
    expect 0 export --format "$format" --to "$out.now"
    laid "${sets[@]}" "$out.now"
    # nothing new: nothing told
    expect 0 export main --format "$format" --to "$out.$format" --json
    is '.deliveries[0].delta and .deliveries[0].rows == 0'
  done
}

@test "a school switched off leaves a set of changes with all that hung on it" {
  sim_start --students 300
  app_ready --set export.delta=on
  no_limits
  lp run main
  expect 0 export main --to "$out"
  cp -r "$out" "$out.before"
  lp schools main --off "$(ids schools 1)"
  expect 0 run main
  expect 0 export main --to "$out" --json
  is '.deliveries[0].deleted > 50'
  expect 0 export --to "$out.now"
  laid "$out.before" "$out" "$out.now"
}

@test "export.delta after every accept; bulk again when it cannot be told what changed" {
  sim_start --students 60
  app_ready --set export.delta=on --set export.zip="$out.zip"
  expect 0 run main --json
  is '.deliveries[0].delta | not'
  sim_set day=1
  expect 0 run main --json
  is '.deliveries[0].delta and .deliveries[0].rows > 0 and .deliveries[0].rows < 200'
  unzip -p "$out.zip" manifest.csv | grep -q 'delta'
  # what is published changes its shape: all of it, at the next run, though nothing is new
  lp app set main export.exclude=student.birthDate
  expect 0 run main --json
  is '.state == "unchanged" and (.deliveries[0].delta | not) and .deliveries[0].rows > 500'
  lp app set main export.format=oneroster12
  expect 0 run main --json
  is '(.deliveries[0].delta | not) and .deliveries[0].format == "oneroster12"'
  expect 0 run main --json
  is 'has("deliveries") | not'
}

@test "what is excluded leaves by no way" {
  sim_start --students 100
  app_ready --set export.exclude='student.birthDate, phone, sms, stateId, email'
  lp run main
  raw users | jq -r '.phone, .sms, .email | select(. != null)' >"$BATS_TEST_TMPDIR/secrets"
  raw demographics | jq -r '.birthDate' >>"$BATS_TEST_TMPDIR/secrets"
  raw demographics | jq -r '.birthDate | "\(.[5:7])/\(.[8:10])/\(.[0:4])"' >>"$BATS_TEST_TMPDIR/secrets"
  raw users | jq -r '.userIds[]? | select(.type == "stateId") | .identifier' >>"$BATS_TEST_TMPDIR/secrets"
  [ "$(sort -u "$BATS_TEST_TMPDIR/secrets" | wc -l)" -gt 300 ]
  local format
  for format in oneroster oneroster12 basic; do
    # of the app, and by hand, when none is named
    expect 0 export main --format "$format" --to "$out"
    check "$out"
    run grep -rFf "$BATS_TEST_TMPDIR/secrets" "$out"
    [ -z "$output" ] || { echo "$output" | head -3; false; }
    expect 0 export --format "$format" --to "$out"
    run grep -rFf "$BATS_TEST_TMPDIR/secrets" "$out"
    [ -z "$output" ] || { echo "$output" | head -3; false; }
  done
}

@test "the checksum in the history is what sha256sum says" {
  sim_start --students 60
  app_ready
  lp run main
  expect 0 export --to "$out" --zip "$out.zip" --json
  [ "$(of '.deliveries[0].sha256')" = "$(cd "$out" && LC_ALL=C sha256sum -- * | sha256sum | cut -d' ' -f1)" ]
  [ "$(of '.deliveries[1].sha256')" = "$(sha256sum "$out.zip" | cut -d' ' -f1)" ]
  [ "$(of '.deliveries[1].bytes')" = "$(stat -c %s "$out.zip")" ]
  # the same place from elsewhere is the same place
  cd "$BATS_TEST_TMPDIR"
  expect 0 export --delta --to out --json
  is '.deliveries[0].delta and .deliveries[0].rows == 0'
  is ".deliveries[0].target == \"$out\""
}

@test "words of a call that make no sense: exit 2; an app that is not there: exit 10" {
  sim_start --students 60
  app_ready
  expect 2 export --format xml --to "$out"
  says 'oneroster, oneroster12, basic'
  expect 2 export main
  says 'No export is configured for main'
  expect 10 export nobody --to "$out"
}
