#!/usr/bin/env bats
# shellcheck disable=SC2154 # helper, wire and bats set them
# Bad input: a clear error of a line or two that names thing, reason and next step, the right exit
# code, nothing lost, nothing changed. What commands.bats has is not repeated here.
bats_require_minimum_version 1.5.0

load helper
load wire

setup_file() { wire_open; }
teardown_file() { wire_close; }

# short: the error is one line, or two, and speaks in sentences
short() { [ "$(wc -l <<<"$stderr")" -le 2 ] && [ "${#stderr}" -gt 20 ] && [[ $stderr == "lumenport: "* ]]; }

@test "the source answers with something else than a roster: 14, nothing changed" {
  fails 14 "a web page" html:classes
  fails 13 "was cut off" 'truncatex*:orgs'
  fails 14 "nested too deeply" deep-nesting=100000
  fails 14 "goes on after the end" junk-after:users
  how="1 10000" fails 14 "more than 128 MiB" big-body=130:orgs
}

@test "--help and --version answer 0 for every command, on stdout, and need no settings" {
  local command
  for command in "" "app" "app add" "app list" "app show" "app set" "app remove" "secret" \
    "secret set" "secret clear" "secret status" "terms" "terms show" "terms accept" test schools \
    run status history show approve reject data export; do
    # shellcheck disable=SC2086 # two words
    expect 0 $command --help
    [ -n "$output" ]
    [[ $output == *sage:* ]]
  done
  expect 0 --version
  [[ $output =~ ^lumenport\ [0-9] ]]
  [ ! -e "$BATS_TEST_TMPDIR/state" ]
}

@test "stdin that is no terminal is never asked: no secret, no terms, no name" {
  lp app add lumen-touch --name main --url "$origin" --client-id demo 2>&1
  expect 2 secret set main
  short
  expect 10 run main
  short
  expect 10 test main
  says "lumenport secret set main"
  # Without a command and without a terminal there is no screen to open.
  run --separate-stderr lp
  [ "$status" -eq 2 ]
  short
}

@test "settings files with errors: file, line, what is allowed" {
  local conf=$BATS_TEST_TMPDIR/etc/lumenport.conf case
  mkdir "$BATS_TEST_TMPDIR/etc"
  for case in 'parallel = "four";|3: |parallel' 'parallel = 0;|3: |parallel' \
    'parallel = 99;|3: |parallel' 'page_size = 3000000000;|3: |too large' \
    'preview = "perhaps";|3: |preview' 'preview = 7;|3: |preview' 'nonsense = 1;|3: |nonsense' \
    'url = 5;|3: |url' \
    'hold : { deleted = "200%"; };|3: |deleted' 'name = "other";|3: |name' \
    'schools = 5;|3: |schools' 'client_id = "a|3: |' 'auth = "magic";|3: |auth'; do
    printf 'version = 1;\napps = ( { name = "main"; kind = "lumen-touch"; client_id = "demo";\n %s\n } );\n' \
      "${case%%|*}" >"$conf"
    cp "$conf" "$BATS_TEST_TMPDIR/before"
    expect 10 test main || { echo "${case%%|*}"; return 1; }
    short
    case=${case#*|}
    [ -z "${case%|*}" ] || says "$conf:${case%|*}" || return 1
    says "${case#*|}" || return 1
    cmp "$conf" "$BATS_TEST_TMPDIR/before"
  done
  printf 'version = 2;\n' >"$conf"
  expect 10 status
  says version
  printf '\377\376' >"$conf"
  expect 10 status
  short
  head -c 3000000 /dev/zero | tr '\0' '(' >"$conf"
  expect 10 status
  short
  rm "$conf"
  mkdir "$conf"
  run --separate-stderr lp status
  [ "$status" -ne 0 ]
  short
}

@test "values that settings do not take: the value, the range, the nearest key" {
  local case
  as_it_was ready
  cp "$BATS_TEST_TMPDIR/etc/lumenport.conf" "$BATS_TEST_TMPDIR/before"
  for case in parallel=0 parallel=17 parallel=x page_size=-5 page_size=1000000000 preview=maybe \
    hold.deleted=101% hold.deleted=-1 hold.nobody.deleted=5% auth=magic url=nowhere:// \
    url=http://sis.example.org bulk_uploud=on "=x" parallel; do
    run --separate-stderr lp app set main "$case"
    [ "$status" -eq 10 ] || [ "$status" -eq 2 ] || { echo "$case: $status $output"; return 1; }
    short || { echo "$case: $stderr"; return 1; }
    cmp "$BATS_TEST_TMPDIR/etc/lumenport.conf" "$BATS_TEST_TMPDIR/before"
  done
  expect 10 app set main bulk_uploud=on
  says "bulk_upload"
}

@test "what is not known by name: the names there are" {
  as_it_was ran
  for case in "run mein" "test mein" "schools mein" "terms show mein" "secret status mein" \
    "app show mein" "history mein"; do
    # shellcheck disable=SC2086 # several words
    run --separate-stderr lp $case
    [ "$status" -eq 10 ] || { echo "$case: $status"; return 1; }
    says "There is: main"
    short
  done
  expect 2 show 77
  short
  run --separate-stderr lp approve 77 --fingerprint ab
  [ "$status" -ne 0 ]
  short
  run --separate-stderr lp reject 77 --reason x
  [ "$status" -ne 0 ]
  short
}

@test "errors with --json: one object on stdout, whatever went wrong" {
  local case
  quiet_sim forbidden=users
  as_it_was ran
  for case in "run main|12|auth" "run mein|10|settings" "data pupil|2|usage" "show 99|2|usage" \
    "run|2|usage" "schools main --on nope|2|usage" "app set main parallel=0|10|settings" \
    "frobnicate|2|usage" "reject 1 --reason x|1|failed" "test main|12|auth"; do
    # shellcheck disable=SC2086 # several words
    run --separate-stderr lp ${case%%|*} --json
    [ "$status" -eq "$(cut -d'|' -f2 <<<"$case")" ] || { echo "$case: $status $stderr"; return 1; }
    jq -e --arg n "${case##*|}" --argjson c "$status" '.schema == 1 and .error.name == $n and
      .error.code == $c and (.error.message | length > 10)' <<<"$output" >/dev/null ||
      { echo "$case: $output"; return 1; }
    short
  done
}

@test "a hub that is no database, or of a newer lumenport: told, left as it is" {
  as_it_was ran
  rm -f "$BATS_TEST_TMPDIR"/state/hub.db-*
  echo "this is no database, not at all" >"$BATS_TEST_TMPDIR/state/hub.db"
  for command in status "run main" "data student" history; do
    # shellcheck disable=SC2086
    run --separate-stderr lp $command
    [ "$status" -eq 1 ] || { echo "$command: $status"; return 1; }
    says "hub.db"
    short
  done
  grep -q "this is no database" "$BATS_TEST_TMPDIR/state/hub.db"
}

@test "a state directory that others may read, is a file, or may not be written" {
  as_it_was ready
  chmod 755 "$BATS_TEST_TMPDIR/state/secrets"
  chmod 644 "$BATS_TEST_TMPDIR/state/secrets/main"
  run --separate-stderr lp test main
  [ "$status" -eq 10 ] || [ "$status" -eq 0 ]
  [ "$status" -eq 0 ] || says "$BATS_TEST_TMPDIR/state/secrets"
  rm -rf "$BATS_TEST_TMPDIR/state"
  echo >"$BATS_TEST_TMPDIR/state"
  run --separate-stderr lp run main
  [ "$status" -ne 0 ]
  short
  says "$BATS_TEST_TMPDIR/state"
}
