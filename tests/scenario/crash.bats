#!/usr/bin/env bats
# Killed at any step: the hub is as it was or as it will be, never between, and the next run ends in
# the same state. STEPS=100 kills at every single call.
# shellcheck disable=SC2034,SC2154 # variables that the helpers share
bats_require_minimum_version 1.5.0

load helper
load roster
load crash

setup() { crash_setup; }
teardown() { sim_stop; }

# steps N MOST: about MOST numbers (or STEPS) from 1 to N, the last ones too
steps() {
  local by=$(($1 / ${STEPS:-$2} + 1))
  { seq 1 "$by" "$1"; seq $(($1 > 2 ? $1 - 2 : 1)) "$1"; } | sort -nu
}

# killed_everywhere CALL MOST ARG...: a run killed at its calls, and the run after it
killed_everywhere() {
  local call=$1 most=$2 n count
  shift 2
  count=$(calls "$call" "$@")
  [ "$count" -gt 0 ]
  for n in $(steps "$count" "$most"); do
    restore
    traced "$call:signal=KILL:when=$n" "$@"
    [ "$status" -eq 137 ] || continue # two threads share the calls out differently each time
    whole
    one_of "$call $n"
    lp run main >/dev/null || return 1
    [ "$(sum)" = "$new" ]
  done
}

@test "an import killed at its writes" {
  begin
  killed_everywhere pwrite64 6 run main
  [ "$olds" -gt 2 ]
}

@test "an import killed at every sync, truncation and removal of a file" {
  begin
  killed_everywhere fdatasync 6 run main
  killed_everywhere ftruncate 1 run main
  killed_everywhere unlink 3 run main
  [ "$olds" -gt 2 ] && [ "$news" -gt 0 ]
}

@test "an import killed while pages come" {
  begin
  killed_everywhere sendto 4 run main
  killed_everywhere recvfrom 3 run main
  [ "$olds" -gt 4 ]
}

@test "the first import killed: the next one is the first" {
  sim_start --students 60
  app_ready
  old=$(sum)
  keep
  lp run main
  new=$(sum)
  killed_everywhere pwrite64 4 run main
  killed_everywhere fdatasync 3 run main
  expect 0 run main --json
  is '.state == "unchanged"'
}

@test "an approval killed at its steps: held or accepted, and can be done again" {
  begin
  lp app set main preview=on
  local sync print call n count
  expect 20 run main --json
  sync=$(of .sync)
  print=$(of .fingerprint)
  rm -rf "$kept"
  keep
  for call in pwrite64 fdatasync unlink; do
    restore
    count=$(calls $call approve "$sync" --fingerprint "$print")
    for n in $(steps "$count" 3); do
      restore
      traced "$call:signal=KILL:when=$n" approve "$sync" --fingerprint "$print"
      [ "$status" -eq 137 ] || continue
      whole
      one_of "$call $n"
      expect 0 show "$sync" --json
      if [ "$(sum)" = "$old" ]; then
        is '.state == "held" and .decided_by == null'
        expect 0 approve "$sync" --fingerprint "$print"
        [ "$(sum)" = "$new" ]
      else
        is '.state == "accepted" and .decided_by != null'
      fi
    done
  done
  [ "$olds" -gt 3 ] && [ "$news" -gt 1 ]
}

@test "a run that was killed is told as failed by the next, and never as running" {
  begin
  traced sendto:signal=KILL:when=4 run main
  [ "$status" -eq 137 ]
  expect 0 status --json
  is '.apps[0] | .state == "failed" and .running == null and (.last.error | contains("Interrupted"))'
  expect 0 history --limit 1 --json
  is '.state == "failed" and (.error.message | contains("Interrupted"))'
  expect 0 show 2
  [[ $output == *"Sync 2 of main: failed"*Interrupted* ]]
  expect 0 run main
  expect 0 history --json
  jq -se 'map(.state) == ["accepted", "failed", "accepted"]' <<<"$output"
  expect 0 show 2
  [[ $output == *"Sync 2 of main: failed"* ]]
}
