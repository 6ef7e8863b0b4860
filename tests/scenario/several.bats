#!/usr/bin/env bats
# Several apps in one hub: a second source with a prefix of its own, whose people are the first
# one's; master fields; what happens when one of the two falls silent.
# shellcheck disable=SC2034,SC2154 # variables that the helpers share
bats_require_minimum_version 1.5.0

load helper
load roster

setup() {
  sim_pid=
  want=$BATS_TEST_TMPDIR/want
  have=$BATS_TEST_TMPDIR/have
}
teardown() {
  sim_stop
  [ -z "${east_pid:-}" ] || kill "$east_pid" 2>/dev/null || true
}

# two_apps: east is imported and accepted; west shows the same district under ids of its own
two_apps() {
  sim_start
  east_pid=$sim_pid
  east=$origin
  app_ready --set multiple_sources=on
  expect 0 run main --json
  logged_in=
  sim_start
  lp app add lumen-touch --name west --url "$origin" --client-id demo \
    --set multiple_sources=on --set sis_id_prefix=w-
  lp_secret west
  lp terms accept west
  lp schools west --auto
}

# approve_last: the held sync that $output tells of
approve_last() {
  expect 0 approve "$(jq -r .sync <<<"$output")" --fingerprint "$(jq -r .fingerprint <<<"$output")" --json
}

# student FILTER: of one student of the hub
student() { lp data student --json | jq -s "sort_by(.sisId)[0] | $1"; }

@test "people of two apps become one record each, with what each says of them" {
  two_apps
  students=$(lp data student --json | wc -l)
  classes=$(lp data class --json | wc -l)
  expect 20 run west --json
  is ".counts.student.created == 0 and .counts.student.updated == $students"
  is ".counts.class.created == $classes and .counts.student.deleted == 0"
  is '[.hold[].entity] | index("student") != null'
  # Held: nobody sees anything of it.
  [ "$(lp data class --json | wc -l)" -eq "$classes" ]
  approve_last
  [ "$(lp data student --json | wc -l)" -eq "$students" ]
  [ "$(lp data class --json | wc -l)" -eq $((2 * classes)) ]
  # Every enrollment leads to a person who is there, those of west to the records of east.
  lp data student --json | jq -r .sisId | sort >"$want"
  lp data enrollment --json | jq -r 'select(.role == "student") | .userId' | sort -u >"$have"
  [ -s "$have" ]
  [ -z "$(comm -13 "$want" "$have")" ]
  [ "$(student '[.. | strings | select(startswith("w-"))] | length > 0')" = true ]
  # Again, in any order: nothing changes.
  for app in west main west; do
    expect 0 run $app --json
    is '.state == "unchanged"'
  done
  run -0 lp export --to "$BATS_TEST_TMPDIR/out"
  python3 "$BATS_TEST_DIRNAME/check_oneroster.py" "$BATS_TEST_TMPDIR/out"
}

@test "a master's value wins; without the master's record the other's is back, and nothing else changes" {
  two_apps
  expect 20 run west --json
  approve_last
  hub "$want"
  id=$(student .sisId | tr -d '"')
  # What the first app does not say comes from the other one; what it says stays.
  lp map west 'student.phone="555 0100"'
  expect 20 run west --json
  is ".counts.student.updated == $(jq -s 'map(select(.entity == "student" and .phone == null)) | length' "$want")"
  approve_last
  phone=$(student .phone | tr -d '"')
  hub "$want"
  printf 'masters: { student: { phone = "west: master"; }; };\n' >>"$BATS_TEST_TMPDIR/etc/lumenport.conf"
  hub "$have"
  cmp "$want" "$have"
  # The rule shows as a preview of the next sync, whichever app's, and the hold counts it.
  lp app set main preview=on
  expect 20 run main --json
  is '.counts.student.updated > 20'
  hub "$have"
  cmp "$want" "$have"
  approve_last
  [ "$(student .phone)" = '"555 0100"' ]
  # The master loses one student: the other app's value is back.
  logged_in=
  vanish users "$(lp data student --json | jq -sr 'sort_by(.sisId)[0] | .. | strings' |
    grep -o 'w-[^:"]*' | head -1 | sed 's/^w-//')"
  expect 0 run west --json
  is '.counts.student.deleted == 0 and .counts.student.updated == 1'
  [ "$(student .sisId)" = "\"$id\"" ]
  [ "$(student .phone | tr -d '"')" != "555 0100" ]
  [ "$phone" = "555 0100" ] || [ "$(student .phone | tr -d '"')" = "$phone" ]
  [ "$(lp data student --json | jq -s '[.[] | select(.phone == "555 0100")] | length')" -gt 10 ]
}

@test "an app that is withdrawn leaves its records to the other one" {
  two_apps
  lp data student --json | jq -cS . | sort >"$want"
  classes=$(lp data class --json | wc -l)
  expect 20 run west --json
  approve_last
  expect 20 app withdraw west --json
  is '.counts.class.deleted > 0 and .counts.student.deleted == 0'
  [ "$(lp data class --json | wc -l)" -eq $((2 * classes)) ]
  approve_last
  [ "$(lp data class --json | wc -l)" -eq "$classes" ]
  expect 0 app remove west
  expect 0 run main --json
  is '.state == "unchanged"'
  lp data student --json | jq -cS . | sort >"$have"
  diff <(jq -c 'del(.app)' "$want") <(jq -c 'del(.app)' "$have")
}

@test "a small app that loses its people is held, however large the hub" {
  two_apps
  expect 20 run west --json
  approve_last
  mapfile -t gone < <(ids users 30 '.role == "student"')
  vanish users "${gone[@]}"
  expect 20 run west --json
  is '[.hold[] | select(.entity == "student" and .kind == "deleted")] | length > 0'
}

@test "a held sync of one app is superseded when the other one's changes the hub" {
  two_apps
  expect 20 run west --json
  held=$(jq -r .sync <<<"$output")
  fingerprint=$(jq -r .fingerprint <<<"$output")
  origin=$east
  logged_in=
  patch users "$(ids users 1 '.role == "student"')" '.familyName = "Other"'
  expect 0 run main --json
  is '.counts.student.updated == 1'
  expect 1 approve "$held" --fingerprint "$fingerprint"
  says 'superseded'
  expect 20 run west --json
  approve_last
}

@test "killed while the hub is made of two apps: the old hub, and the next run works" {
  two_apps
  hub "$want"
  "$lumenport" --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" --state "$BATS_TEST_TMPDIR/state" \
    run west </dev/null >/dev/null 2>&1 3>&- &
  pid=$!
  for _ in $(seq 500); do
    [ -s "$BATS_TEST_TMPDIR/state/hub.db-wal" ] && break
    sleep 0.01
  done
  kill -9 $pid 2>/dev/null || true
  wait $pid 2>/dev/null || true
  hub "$have"
  cmp "$want" "$have"
  expect 20 run west --json
  approve_last
}
