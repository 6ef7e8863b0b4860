#!/usr/bin/env bats
# The commands as a contract: words, exit codes, errors, secrets, settings, locks.
# shellcheck disable=SC2154,SC2034 # what helper.bash and bats set
bats_require_minimum_version 1.5.0

load helper

setup() { sim_pid=; }
teardown() { sim_stop; }

@test "help and version" {
  expect 0 --version
  [[ $output == "lumenport "* ]]
  expect 0 --help
  [[ $output == *"approve"* ]]
  expect 0 approve --help
  [[ $output == *"--fingerprint"* ]]
}

@test "words that are off: exit 2, one line, the nearest match or the usage" {
  expect 2
  expect 2 stauts
  says 'Did you mean "status"?'
  expect 2 explode
  says '"explode"'
  expect 2 app
  says 'add, list, show, set, withdraw, remove'
  expect 2 app lst
  expect 2 run
  says 'NAME is missing. Usage: lumenport run NAME'
  expect 2 run main --dri-run
  says 'Did you mean --dry-run?'
  expect 2 run main other
  says '"other"'
  expect 2 --jsno status
  says 'Did you mean --json?'
  expect 2 status --config
  says '--config needs a value'
  expect 2 history --limit ten
  says '"ten"'
  expect 2 show
  expect 2 show x1
  expect 2 approve 1
  says '--fingerprint is missing'
  expect 2 reject 1
  says '--reason is missing'
  expect 2 data pupils
  says '"pupils"'
  expect 2 app add powerschool --name x --url https://x --client-id y
  says '"powerschool"'
  expect 2 app add lumen-touch --name x --url https://x
  says '--client-id is missing'
  expect 2 export
  says '--to DIR'
  [ "$(wc -l <<<"$stderr")" -eq 1 ]
}

@test "errors as JSON too" {
  expect 10 run main --json
  jq -e '.schema == 1 and .error.code == 10 and .error.name == "settings"' <<<"$output"
  says 'There is no app "main"'
  expect 2 run --json
  jq -e '.error.code == 2 and .error.name == "usage"' <<<"$output"
}

@test "nothing configured: status and history still answer, and write nothing" {
  expect 0 status
  expect 0 status --json
  jq -e '.apps == [] and .hub.student == 0' <<<"$output"
  expect 0 history
  expect 0 data student --json
  [ -z "$output" ]
  [ ! -e "$BATS_TEST_TMPDIR/state" ]
  [ ! -e "$BATS_TEST_TMPDIR/etc" ]
}

@test "settings: all or nothing, defaults, what is refused" {
  expect 0 app add lumen-touch --name main --url https://sis.example.org --client-id demo
  [ "$(stat -c %a "$BATS_TEST_TMPDIR/etc/lumenport.conf")" = 600 ]
  [ "$(stat -c %a "$BATS_TEST_TMPDIR/state")" = 700 ]
  expect 10 app add lumen-touch --name main --url https://x.example.org --client-id demo
  says 'already'
  expect 10 app set main parallel=2 hold.deleted=1000%
  says 'hold.deleted: 1000% is above 100%. Enter off, a percentage such as 10%, or a count such as 250.'
  expect 0 app show main --json
  jq -e '.settings.parallel == 4 and .settings["hold.deleted"] == "10%" and .changed == ["url","client_id"]' <<<"$output"
  expect 10 app set main paralel=2
  says 'Did you mean parallel?'
  expect 10 app set main url=ftp://x
  expect 10 app set main url=http://sis.example.org
  expect 10 app set main url=https://u:p@sis.example.org
  expect 0 app set main hold.threshold=5% preview=on hold.student.deleted=40
  expect 0 app show main --json
  jq -e '.settings | .["hold.created"] == "5%" and .["hold.per_school.deleted"] == "5%" and .preview and .["hold.student.deleted"] == "40"' <<<"$output"
  expect 0 app set main url=https://other.example.org
  says 'ids of all records may change'
  expect 10 app set mian preview=off
  says 'There is: main.'
  expect 0 audit show --json
  jq -se '[.[].action] == ["app.add","settings.set","settings.set"]' <<<"$output"
  expect 0 audit verify
  expect 0 app remove main
  says 'stay in the hub'
  expect 0 app list --json
  [ -z "$output" ]
}

@test "a settings file with errors: file and line, exit 10" {
  local conf=$BATS_TEST_TMPDIR/etc/lumenport.conf
  mkdir "$BATS_TEST_TMPDIR/etc"
  printf 'version = 1;\napps = ( { name = "main"; kind = "lumen-touch";\n page_sise = 5; } );\n' >"$conf"
  expect 10 status
  says "$conf:3: "
  says 'Did you mean page_size?'
  printf 'version = 1;\n@include "/etc/passwd"\n' >"$conf"
  expect 10 app list
  says "$conf:2: @include"
  printf 'version = 1;\napps = (\n' >"$conf"
  expect 10 app list --json
  jq -e '.error.name == "settings"' <<<"$output"
}

@test "before a run: secret, terms, schools; each named with its command" {
  sim_start
  lp app add lumen-touch --name main --url "$origin" --client-id demo
  expect 10 run main
  says 'lumenport secret set main'
  lp_secret
  expect 10 run main
  says 'lumenport terms accept main'
  expect 0 terms show main
  [[ $output == *"Terms of"*"Privacy Policy"* ]]
  expect 0 terms accept main
  expect 10 run main
  says 'lumenport schools main'
  expect 0 status --json
  jq -e '.apps[0] | .state == "not configured" and .missing == "a school that is on"' <<<"$output"
}

@test "the way through: run, hold, show, approve, reject, export" {
  sim_start
  app_ready --set export.dir="$BATS_TEST_TMPDIR/out"
  expect 0 run main --dry-run --json
  jq -e '.sync == null and .dry_run and .state == "accepted"' <<<"$output"
  expect 0 run main --json
  jq -e '.sync == 1 and .state == "accepted" and .counts.student.created == 60 and .export.rows > 100' <<<"$output"
  [ -s "$BATS_TEST_TMPDIR/out/users.csv" ]
  expect 0 run main --json
  jq -e '.state == "unchanged" and .counts.student.unchanged == 60 and (.counts | length) == 9' <<<"$output"
  sim_set day=5
  lp app set main preview=on
  expect 20 run main --json
  jq -e '.state == "held" and .hold[0].kind == "preview"' <<<"$output"
  local sync print
  sync=$(jq .sync <<<"$output")
  print=$(jq -r .fingerprint <<<"$output")
  expect 0 show "$sync" --json
  jq -e '.schools | type == "array"' <<<"$output"
  expect 0 show "$sync" --changes student --json
  jq -se 'length > 0 and all(.entity == "student" and .schema == 1)' <<<"$output"
  expect 0 show --changes "$sync"
  expect 0 status
  [[ $output == *"Sync $sync waits for a decision"* ]]
  expect 1 approve "$sync" --fingerprint 0123
  says 'not the fingerprint'
  expect 0 reject "$sync" --reason 'not now' --json
  jq -e '.state == "rejected" and .reason == "not now" and .decided_by != null' <<<"$output"
  expect 20 run main --json
  sync=$(jq .sync <<<"$output")
  print=$(jq -r .fingerprint <<<"$output")
  expect 0 approve "$sync" --fingerprint "$print" --json
  jq -e '.state == "accepted" and .export.dir != null' <<<"$output"
  expect 1 approve "$sync" --fingerprint "$print"
  expect 0 history main --limit 2 --json
  jq -se 'length == 2 and .[0].state == "accepted" and .[1].state == "rejected"' <<<"$output"
  expect 0 export --zip "$BATS_TEST_TMPDIR/out.zip" --json
  jq -e '.export.rows > 100' <<<"$output"
  unzip -tq "$BATS_TEST_TMPDIR/out.zip"
  expect 2 show 99
}

@test "an export that fails after an accept: accepted, exit 3" {
  sim_start
  app_ready
  mkdir "$BATS_TEST_TMPDIR/mine"
  touch "$BATS_TEST_TMPDIR/mine/precious"
  lp app set main export.dir="$BATS_TEST_TMPDIR/mine"
  expect 3 run main --json
  jq -e '.state == "accepted" and .export.error.message != null' <<<"$output"
  says 'export failed'
  [ -e "$BATS_TEST_TMPDIR/mine/precious" ]
}

@test "schools: on, off, map, rename, delete, filters, search" {
  sim_start --students 300
  lp app add lumen-touch --name main --url "$origin" --client-id demo
  lp_secret
  expect 0 schools main --missing --json
  jq -se 'length == 3 and all(.on | not)' <<<"$output"
  expect 2 schools main --on nope
  says 'no school "nope"'
  expect 0 schools main --on S-0001 --on S-0002 --rename S-0001=Cedar --existing --json
  jq -se 'length == 2 and .[0].hubName == "Cedar" and .[0].on' <<<"$output"
  says 'S-0001 switched on'
  expect 10 schools main --map S-0003=nowhere
  expect 0 schools main --map S-0003=S-0001 --json
  jq -se 'map(select(.id == "S-0003"))[0] | .on and .hubId == "S-0001"' <<<"$output"
  expect 0 schools main --off S-0002 --delete S-0003 --missing --json
  jq -se 'map(.id) == ["S-0002","S-0003"]' <<<"$output"
  expect 0 schools main --search 'CEDAR ridge' --json
  jq -se 'length == 1 and .[0].id == "S-0001"' <<<"$output"
}

@test "the secret is nowhere to be seen, and is refused when it is off" {
  sim_start
  app_ready
  {
    lp run main
    lp test main
    lp test main --json
    lp app show main
    lp app show main --json
    lp secret status main
    lp audit show
    lp status --json
    sim_set secret=another
    lp app set main client_id=demo # forgets the token
    lp run main || true
    lp test main || true
  } >"$BATS_TEST_TMPDIR/said" 2>&1
  run ! grep -rqF "$canary" "$BATS_TEST_TMPDIR/said" "$BATS_TEST_TMPDIR/etc"
  [ "$(grep -rlF "$canary" "$BATS_TEST_TMPDIR/state")" = "$BATS_TEST_TMPDIR/state/secrets/main" ]
  [ "$(stat -c %a "$BATS_TEST_TMPDIR/state/secrets/main")" = 600 ]
  expect 12 run main
  run lp_secret main ''
  [ "$status" -eq 2 ]
  run lp_secret main $'a\tb'
  [ "$status" -eq 2 ]
  expect 0 secret clear main
  expect 0 secret status main --json
  jq -e '.set == false' <<<"$output"
  CREDENTIALS_DIRECTORY=$BATS_TEST_TMPDIR
  export CREDENTIALS_DIRECTORY
  printf another >"$BATS_TEST_TMPDIR/main.secret"
  expect 0 run main
  expect 10 secret clear main
  says 'given by systemd'
}

@test "nobody answers, or no OneRoster does: exit 13, 14" {
  sim_start
  app_ready
  sim_set 'fault=html:orgs'
  expect 14 run main --json
  jq -e '.state == "failed" and .error.code == 14' <<<"$output"
  sim_stop
  expect 13 run main --json
  jq -e '.error.name == "network"' <<<"$output"
  expect 13 test main --json
  jq -e '.ok == false and (.steps | length) > 0' <<<"$output"
}

@test "locks: who holds them is named, exit 11" {
  sim_start --think 400
  app_ready
  lp run main >/dev/null 2>&1 &
  local pid=$!
  for _ in $(seq 100); do
    [ -s "$BATS_TEST_TMPDIR/state/import.lock" ] && break
    sleep 0.02
  done
  expect 11 run main
  says 'import of main'
  expect 0 status --json
  jq -e '.apps[0].state == "running"' <<<"$output"
  wait "$pid"
  exec 8>"$BATS_TEST_TMPDIR/etc/lumenport.conf.lock"
  flock 8
  expect 11 app set main preview=on
  exec 8>&-
  expect 0 app set main preview=on
}

@test "a signal ends a run: exit 130 or 143, nothing changed" {
  sim_start --think 2000
  lp app add lumen-touch --name main --url "$origin" --client-id demo
  lp_secret
  lp terms accept main
  sim_set think=0
  lp schools main --auto
  sim_set think=3000
  local signal
  for signal in INT:130 TERM:143; do
    # Job control, because a background process of a script ignores SIGINT from birth.
    run --separate-stderr bash -mc '"$@" & sleep 1; kill -'"${signal%:*}"' $!; wait $!' - \
      "$lumenport" --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" \
      --state "$BATS_TEST_TMPDIR/state" run main
    [ "$status" -eq "${signal#*:}" ]
  done
  sim_set think=0
  expect 0 run main --json
  jq -e '.state == "accepted" and .counts.student.created == 60' <<<"$output"
}

@test "places that cannot be written, a full disk: told, nothing lost" {
  sim_start
  app_ready
  touch "$BATS_TEST_TMPDIR/file"
  run --separate-stderr "$lumenport" --state "$BATS_TEST_TMPDIR/file/state" \
    --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" status </dev/null
  [ "$status" -eq 0 ]
  run --separate-stderr "$lumenport" --state "$BATS_TEST_TMPDIR/file/state" \
    --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" terms accept main </dev/null
  [ "$status" -eq 1 ]
  says "$BATS_TEST_TMPDIR/file"
  run --separate-stderr "$lumenport" --state "$BATS_TEST_TMPDIR/state" \
    --config /proc/lumenport/lumenport.conf app add lumen-touch --name x --url https://x.example \
    --client-id y </dev/null
  [ "$status" -eq 1 ]
  says /proc/lumenport
  cp "$BATS_TEST_TMPDIR/etc/lumenport.conf" "$BATS_TEST_TMPDIR/before"
  run --separate-stderr bash -c 'ulimit -f 0; exec "$@"' - "$lumenport" \
    --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" --state "$BATS_TEST_TMPDIR/state" \
    app set main preview=on
  [ "$status" -eq 1 ]
  cmp "$BATS_TEST_TMPDIR/etc/lumenport.conf" "$BATS_TEST_TMPDIR/before"
  run --separate-stderr bash -c '"$@" >/dev/full' - "$lumenport" --help
  [ "$status" -eq 1 ]
}

@test "text from outside cannot steer the terminal" {
  expect 2 $'sta\x1b[31mtus'
  run ! grep -q $'\x1b' <<<"$stderr"
}
