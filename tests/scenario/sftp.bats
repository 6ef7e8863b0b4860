#!/usr/bin/env bats
# Delivery by SFTP to a real OpenSSH server: what arrives, what is refused, what is made up for.
# shellcheck disable=SC2034,SC2154 # variables that the helpers share
bats_require_minimum_version 1.5.0

load helper
load roster
load sftp

setup() {
  sim_pid=
  sftp_make
  sftp_start
}
teardown() {
  sim_stop
  sftp_clear
}

# ready [KEY=VALUE...]: an app that imports, and delivers to the server by password
ready() {
  sim_start --students "${students:-60}"
  app_ready
  deliver_to "$@"
  lp_password
}

# arrived: the zip at the server is whole, the one that the history tells of, and nothing is beside it
arrived() {
  [ "$(ls "$sftp/home/in")" = roster.zip ]
  unzip -tq "$sftp/home/in/roster.zip"
  [ "$(sha256sum <"$sftp/home/in/roster.zip")" = "$(lp deliver history main --json --limit 1 | jq -r .sha256)  -" ]
  # what has arrived does not stay here
  [ -z "$(ls -A "$BATS_TEST_TMPDIR/state/outbox")" ]
}

@test "by password: after an accept, in place of the one before, and in the history" {
  ready
  expect 0 run main --json
  is '.deliveries | length == 1 and .[0].kind == "sftp" and .[0].state == "delivered" and .[0].tries == 1'
  is ".deliveries[0].target == \"sftp://$sftp_user@127.0.0.1:$sftp_port/~/in/roster.zip\""
  is '.deliveries[0].bytes > 10000'
  arrived
  local first
  first=$(sha256sum <"$sftp/home/in/roster.zip")
  expect 0 run main --json
  is '.state == "unchanged" and (has("deliveries") | not)'
  sim_set day=1
  expect 0 run main
  arrived
  [ "$first" != "$(sha256sum <"$sftp/home/in/roster.zip")" ]
  expect 0 deliver history main
  [ "$(grep -c delivered <<<"$output")" -eq 2 ]
  lp audit show --json | jq -se 'map(select(.action == "export" and (.subject | startswith("sftp://")))) | length == 2'
}

@test "by key, with and without a passphrase, into an absolute path with odd characters" {
  sim_start --students 60
  app_ready
  ssh-keygen -q -t ed25519 -N '' -f "$BATS_TEST_TMPDIR/key"
  cat "$BATS_TEST_TMPDIR/key.pub" >>"$sftp/authorized"
  mkdir "$sftp/home/a b"
  chmod 777 "$sftp/home/a b"
  deliver_to deliver.key_file="$BATS_TEST_TMPDIR/key" deliver.path="$sftp/home/a b/it's \"100%\".zip"
  lp run main
  unzip -tq "$sftp/home/a b/it's \"100%\".zip"
  ssh-keygen -q -p -P '' -N 'a passphrase' -f "$BATS_TEST_TMPDIR/key"
  expect 12 export --deliver
  says 'passphrase'
  lp_password 'a passphrase'
  expect 0 export --deliver
  [ "$(ls "$sftp/home/a b")" = "it's \"100%\".zip" ]
  chmod 644 "$BATS_TEST_TMPDIR/key"
  expect 10 export --deliver
  says "chmod 600"
}

@test "deliver test: every step, and nothing stays; the host key is shown before anything is sent" {
  sim_start --students 60
  app_ready
  deliver_to deliver.host_key=
  expect 10 deliver test main
  [[ $output == *"Host key: $host_key"* && $output == *'skipped  Login'* ]]
  says "lumenport app set main deliver.host_key=$host_key"
  # without a key that is accepted nothing is delivered either
  lp_password
  expect 3 run main
  says 'is not accepted yet'
  run grep 'password for' "$sftp/log"
  [ -z "$output" ]
  lp app set main deliver.host_key="$host_key"
  lp secret clear main delivery
  expect 10 deliver test main
  says 'lumenport secret set main delivery'
  lp_password
  expect 0 deliver test main --json
  is '.ok and (.steps | map(.state) | unique == ["ok"]) and .host_key == "'"$host_key"'"'
  [ -z "$(ls "$sftp/home/in")" ]
  lp app set main deliver.path=none/roster.zip
  expect 10 deliver test main
  says 'deliver.path'
  lp app set main deliver.path=/roster.zip
  expect 10 deliver test main
  says 'may not be written'
}

@test "a wrong password: exit 3 after the accept, and the right one makes up for it" {
  ready
  lp_password wrong
  expect 3 run main --json
  is '.state == "accepted" and .deliveries[0].state == "waiting" and .deliveries[0].error.name == "auth"'
  says 'refuses user or password'
  [[ $(totals) == *student=60* ]]
  expect 12 deliver test main --json
  is '.steps | map(.state) == ["ok", "ok", "failed", "skipped"]'
  lp_password
  expect 0 run main --json
  is '.state == "unchanged" and .deliveries[0].state == "delivered" and .deliveries[0].tries == 2'
  arrived
}

@test "a changed host key is refused: nothing is sent, both keys are named" {
  ready
  lp run main
  local old=$host_key first
  first=$(sha256sum <"$sftp/home/in/roster.zip")
  sftp_stop
  sftp_start other
  sim_set day=1
  expect 3 run main
  says "another host key"
  says "$old"
  says "$host_key"
  says 'Nothing was sent'
  run grep 'password' "$sftp/log"
  [ -z "$output" ]
  [ "$first" = "$(sha256sum <"$sftp/home/in/roster.zip")" ]
  expect 10 deliver test main
  lp app set main deliver.host_key="$host_key"
  expect 0 run main
  arrived
}

@test "the server dies in the middle: the old file stays whole, the next run delivers the same zip" {
  students=400 ready
  lp run main
  local first
  first=$(sha256sum <"$sftp/home/in/roster.zip")
  sftp_stop
  sftp_through 'some 5 | $server; cut'
  sim_set day=1
  expect 3 run main --json
  is '.deliveries[0].state == "waiting" and .deliveries[0].tries == 3 and .deliveries[0].error.name == "network"'
  says 'The connection broke off'
  says 'tried again by the next run'
  local sum
  sum=$(of '.deliveries[0].sha256')
  [ "$first" = "$(sha256sum <"$sftp/home/in/roster.zip")" ]
  [ "$(sha256sum <"$BATS_TEST_TMPDIR/state/outbox/main.zip")" = "$sum  -" ]
  [ "$(stat -c %a "$BATS_TEST_TMPDIR/state/outbox" "$BATS_TEST_TMPDIR/state/outbox/main.zip" | tr '\n' ' ')" = '700 600 ' ]
  sftp_stop
  sftp_start
  expect 0 run main --json
  is '.state == "unchanged" and .deliveries[0].state == "delivered"'
  is ".deliveries[0].sha256 == \"$sum\""
  arrived
}

@test "the server is away for two accepts: one delivery of what is in the hub then" {
  ready
  sftp_stop
  expect 3 run main
  says 'Cannot connect'
  sim_set day=1
  expect 3 run main
  sftp_start
  expect 0 run main
  arrived
  expect 0 deliver history --json
  jq -se 'map(.state) == ["delivered", "replaced"]' <<<"$output"
  # what was held back is delivered although the source is away now
  sftp_stop
  sim_set day=2
  expect 3 run main
  sftp_start
  sim_stop
  expect 13 run main
  arrived
}

@test "the server's disk is full: told, the old file stays" {
  ready
  lp run main
  local first
  first=$(sha256sum <"$sftp/home/in/roster.zip")
  sftp_stop
  sftp_through 'trap "" XFSZ; ulimit -f 16; exec $server'
  sim_set day=1
  expect 3 run main
  says 'its disk is full'
  [ "$first" = "$(sha256sum <"$sftp/home/in/roster.zip")" ]
  sftp_stop
  sftp_start
  expect 0 run main
  arrived
}

@test "the disk here is full: told, in the history, made up for" {
  sim_start --students 300
  app_ready
  lp run main
  deliver_to
  lp_password
  # no file may get larger than this: the hub's log fits, the zip does not
  ulimit -S -f 100
  expect 1 export --deliver --json
  ulimit -S -f unlimited
  says 'File too large'
  expect 0 deliver history --json
  jq -se 'map(.state) == ["failed"] and (.[0].reason | contains("File too large"))' <<<"$output"
  expect 0 run main --json
  is '.deliveries[0].state == "delivered"'
  arrived
}

@test "stopped in the middle: exit 3, the set waits, the next run delivers it" {
  students=400 ready
  lp run main
  sftp_stop
  sftp_through 'some 4 | $server; : >"$HOME/stuck"; sleep 60'
  sim_set day=1
  lp run main >"$BATS_TEST_TMPDIR/said" 2>&1 3>&- &
  local pid=$!
  until [ -e "$sftp/home/stuck" ]; do sleep 0.05; done
  kill -TERM "$(pgrep -P "$pid")"
  local code=0
  wait "$pid" || code=$?
  [ "$code" -eq 3 ]
  grep -q 'was stopped' "$BATS_TEST_TMPDIR/said"
  expect 0 deliver history --json
  jq -se '.[0].state == "waiting" and .[0].tries == 1' <<<"$output"
  sftp_stop
  sftp_start
  expect 0 run main
  arrived
}

@test "a name that is none, an address that is refused, no server at all" {
  ready
  lp app set main deliver.host=no-such-host.invalid
  expect 3 run main
  says 'no-such-host.invalid'
  lp app set main deliver.host=169.254.169.254
  expect 10 export --deliver
  says 'refused'
  lp app set main deliver.host=
  expect 2 export --deliver
  says 'No delivery is configured'
}

@test "no password is anywhere but where it belongs" {
  ready
  lp run main >"$BATS_TEST_TMPDIR/all" 2>&1
  lp deliver test main >>"$BATS_TEST_TMPDIR/all" 2>&1
  lp app show main >>"$BATS_TEST_TMPDIR/all" 2>&1
  lp audit show >>"$BATS_TEST_TMPDIR/all" 2>&1
  lp deliver history >>"$BATS_TEST_TMPDIR/all" 2>&1
  run grep -F "$sftp_password" "$BATS_TEST_TMPDIR/all"
  [ -z "$output" ]
  [ "$(grep -rlF "$sftp_password" "$BATS_TEST_TMPDIR/etc" "$BATS_TEST_TMPDIR/state")" = "$BATS_TEST_TMPDIR/state/secrets/main.delivery" ]
  [ "$(stat -c %a "$BATS_TEST_TMPDIR/state/secrets/main.delivery")" = 600 ]
  lp app remove main
  [ ! -e "$BATS_TEST_TMPDIR/state/secrets/main.delivery" ]
}
