#!/usr/bin/env bats
# Cut off from the disk, cancelled, twice at the same time: a clear word, and the hub as it was.
# shellcheck disable=SC2034,SC2154 # variables that the helpers share
bats_require_minimum_version 1.5.0

load helper
load roster
load crash

setup() { crash_setup; }
teardown() { sim_stop; }

@test "a full disk: exit 1, a clear line, nothing changed; with room again it goes on" {
  begin
  local n failed=0
  for n in 1 2 3 10 30 60; do
    restore
    traced "pwrite64:error=ENOSPC:when=$n+" run main
    [ "$status" -ne 0 ] || continue
    failed=$((failed + 1))
    [ "$status" -eq 1 ]
    grep -qi 'the disk' "$BATS_TEST_TMPDIR/err.txt"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/err.txt")" -le 2 ]
    whole
    [ "$(sum)" = "$old" ]
  done
  [ "$failed" -ge 4 ]
  expect 0 run main
  [ "$(sum)" = "$new" ]
  # A limit on the size of files is much the same, and must not kill the program.
  restore
  run --separate-stderr bash -c 'ulimit -f 100; exec "$@"' - "$lumenport" --config "$config" \
    --state "$state" run main
  [ "$status" -eq 1 ]
  [ -n "$stderr" ]
  whole
  [ "$(sum)" = "$old" ]
}

@test "a disk that fails to sync: exit 1, nothing changed" {
  begin
  local n
  for n in 1 2 3; do
    restore
    traced "fdatasync:error=EIO:when=$n+" run main
    [ "$status" -eq 1 ]
    [ -s "$BATS_TEST_TMPDIR/err.txt" ]
    whole
    one_of "fdatasync $n fails"
    lp run main
    [ "$(sum)" = "$new" ]
  done
}

@test "a state directory that may only be read: exit 1, named, nothing changed" {
  begin
  [ "$(id -u)" = 0 ] || skip 'only root can become somebody else'
  # Directories above the test's are closed to others: so all of it is copied to one that is not.
  local there bin config state old=$old
  there=$(mktemp -d)
  cp -r "$BATS_TEST_TMPDIR/etc" "$BATS_TEST_TMPDIR/state" "$lumenport" "$there"
  chmod 755 "$there"
  bin=$there/lumenport
  config=$there/etc/lumenport.conf
  state=$there/state
  chown -R nobody "$state" "$(dirname "$config")"
  chmod -R a-w "$state"
  run --separate-stderr setpriv --reuid=nobody --clear-groups "$bin" --config "$config" \
    --state "$state" run main --json
  [ "$status" -eq 1 ]
  says "$state"
  is '.error.code == 1'
  # SQLite's log needs a directory that can be written even to read: that is said, too.
  run --separate-stderr setpriv --reuid=nobody --clear-groups "$bin" --config "$config" \
    --state "$state" status
  [ "$status" -eq 1 ]
  says "$state/hub.db"
  says 'owner and permissions'
  cmp "$state/hub.db" "$BATS_TEST_TMPDIR/state/hub.db"
  rm -rf "$there"
}

@test "cancelled in the middle: 130 and 143, nothing changed, the history says so" {
  begin
  local signal
  sim_set think=300
  for signal in INT:130 TERM:143; do
    run --separate-stderr bash -mc '"$@" & sleep 0.7; kill -'"${signal%:*}"' $!; wait $!' - \
      "$lumenport" --config "$config" --state "$state" run main --json
    [ "$status" -eq "${signal#*:}" ]
    is '.state == "failed" and .error.code == '"${signal#*:}"
    [ "$(sum)" = "$old" ]
    whole
  done
  sim_set think=0
  expect 0 history --json
  jq -se '.[0].state == "failed" and .[1].state == "failed"' <<<"$output"
  expect 0 run main
  [ "$(sum)" = "$new" ]
}

@test "two at the same time: the second is refused with 11, who holds the lock is named" {
  begin
  lp app set main preview=on
  expect 20 run main --json
  local sync print pid
  sync=$(of .sync)
  print=$(of .fingerprint)
  sim_set 'think=300'
  lp run main >/dev/null 2>&1 3>&- &
  pid=$!
  for _ in $(seq 100); do
    [ -s "$state/import.lock" ] && break
    sleep 0.02
  done
  expect 11 run main --json
  says 'import of main'
  is '.error.name == "locked"'
  expect 11 approve "$sync" --fingerprint "$print"
  says 'import of main'
  expect 11 reject "$sync" --reason no
  # Looking is free.
  expect 0 status
  expect 0 show "$sync" --changes
  expect 0 data student --limit 1
  expect 0 export --to "$BATS_TEST_TMPDIR/out"
  wait "$pid" || [ $? -eq 20 ]
  expect 0 show "$sync" --json
  is '.state == "rejected"'
}

@test "while another process writes the store no setting and no secret is changed: exit 11" {
  sim_start
  app_ready
  local state=$BATS_TEST_TMPDIR/state
  python3 - "$state/hub.db" "$BATS_TEST_TMPDIR/go" 3>&- <<'EOP' &
import os, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
open(sys.argv[2], "w").close()
while os.path.exists(sys.argv[2]):
    time.sleep(0.05)
EOP
  local writer=$!
  until [ -e "$BATS_TEST_TMPDIR/go" ]; do sleep 0.05; done
  cp "$BATS_TEST_TMPDIR/etc/lumenport.conf" "$BATS_TEST_TMPDIR/before"
  expect 11 app set main preview=on &
  local set=$!
  expect 11 secret clear main &
  local clear=$!
  wait "$set" && wait "$clear"
  rm "$BATS_TEST_TMPDIR/go"
  wait "$writer"
  cmp "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/etc/lumenport.conf"
  expect 0 secret status main --json
  is '.set'
  expect 0 audit verify
  [ "$(lp audit show --json | jq -r .action | grep -c -e settings.set -e secret.clear)" -eq 0 ]
}
