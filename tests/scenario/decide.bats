#!/usr/bin/env bats
# Decisions on held syncs: exactly what was shown is applied, or nothing; what is stale is refused;
# the history and the audit tell who, when and why.
# shellcheck disable=SC2034,SC2154 # variables that the helpers share
bats_require_minimum_version 1.5.0

load helper
load roster

setup() { sim_pid=; }
teardown() { sim_stop; }

# begin: an accepted import of day 0, and day 1 held by preview; sets $sync and $print
begin() {
  sim_start --students 100
  app_ready
  lp run main
  no_limits
  lp app set main preview=on
  expected "$BATS_TEST_TMPDIR/day0"
  sim_set day=1
  expected "$BATS_TEST_TMPDIR/day1"
  held_run
}

# held_run: an import that is held
held_run() {
  expect 20 run main --json
  is '.state == "held" and .decided_by == null'
  sync=$(of .sync)
  print=$(of .fingerprint)
}

# hub_is FILE: the hub is what the source was at that time
hub_is() {
  hub "$BATS_TEST_TMPDIR/have"
  diff <(undated "$1") <(undated "$BATS_TEST_TMPDIR/have")
}

@test "approve applies what was staged, whatever the source says by now" {
  begin
  hub_is "$BATS_TEST_TMPDIR/day0"
  sim_set day=3
  expect 0 approve "$sync" --fingerprint "$print" --json
  is ".sync == $sync and .app == \"main\" and .state == \"accepted\" and .fingerprint == \"$print\""
  is '(.decided | test("^20..-..-..T..:..:..Z$")) and .decided_by != "" and .without_deletions == false'
  is '(.counts | length) == 9 and (.hold | map(.kind) == ["preview"]) and (.seconds | type) == "number"'
  hub_is "$BATS_TEST_TMPDIR/day1"
  delta "$BATS_TEST_TMPDIR/day0" "$BATS_TEST_TMPDIR/day1" >"$BATS_TEST_TMPDIR/want"
  diff <(jq -S . "$BATS_TEST_TMPDIR/want") <(of '.counts | map_values(del(.total))' | jq -S .)
  # what it changed can still be seen, old and new
  expect 0 show "$sync" --changes student --json
  jq -se 'any(.change == "updated" and (.attributes | any(.before != null and .after != .before)))' <<<"$output"
}

@test "the fingerprint in capitals will do, another or a part of it will not" {
  begin
  local wrong
  for wrong in "${print:0:12}" "${print/[0-9]/a}x" "$(tr 0-9a-f 1-9a-f0 <<<"$print")" '' ' '; do
    run --separate-stderr lp approve "$sync" --fingerprint "$wrong"
    [ "$status" -eq 1 ] || [ "$status" -eq 2 ]
    [ -n "$stderr" ]
  done
  hub_is "$BATS_TEST_TMPDIR/day0"
  expect 0 approve "$sync" --fingerprint "${print^^}"
}

@test "approve twice, approve what was rejected, reject what was approved: refused" {
  begin
  expect 0 approve "$sync" --fingerprint "$print"
  expect 1 approve "$sync" --fingerprint "$print"
  says "Sync $sync is not held but accepted"
  expect 1 reject "$sync" --reason late
  hub_is "$BATS_TEST_TMPDIR/day1"
  expect 1 approve 1 --fingerprint "$(lp show 1 --json | jq -r .fingerprint)"
  expect 2 approve 77 --fingerprint "$print"
  says 77
}

@test "stale: the settings changed, also if only a limit; put back, it holds again" {
  begin
  lp app set main hold.student.deleted=50
  expect 1 approve "$sync" --fingerprint "$print" --json
  is '.error.code == 1 and (.error.message | contains("settings of its app changed"))'
  says 'lumenport run main'
  lp app set main hold.student.deleted=off
  lp schools main --off S-0002
  expect 1 approve "$sync" --fingerprint "$print"
  hub_is "$BATS_TEST_TMPDIR/day0"
  lp schools main --on S-0002
  # Where exports go says nothing about what is imported.
  lp app set main export.dir="$BATS_TEST_TMPDIR/out"
  lp app set main hold.student.deleted=default
  expect 0 approve "$sync" --fingerprint "$print"
}

@test "stale: another app's sync was accepted meanwhile" {
  begin
  lp app add lumen-touch --name second --url "$origin" --client-id demo --set sis_id_prefix=b-
  lp_secret second
  lp terms accept second
  lp schools second --auto
  expect 0 run second
  expect 1 approve "$sync" --fingerprint "$print"
  says 'the hub changed'
  # A failed or an unchanged sync of the other is no reason.
  held_run
  expect 0 run second
  sim_set fault=html
  expect 14 run second
  sim_set clear=1
  expect 0 approve "$sync" --fingerprint "$print"
}

@test "stale: a newer run took its place; a failed one or a dry run does not" {
  begin
  sim_set fault=html:users
  expect 14 run main
  sim_set clear=1
  expect 20 run main --dry-run
  expect 0 show "$sync" --json
  is '.state == "held"'
  sim_set day=2
  expected "$BATS_TEST_TMPDIR/day2"
  local old=$sync old_print=$print
  held_run
  [ "$print" != "$old_print" ]
  expect 1 approve "$old" --fingerprint "$old_print"
  says "superseded by sync $sync"
  expect 1 approve "$sync" --fingerprint "$old_print"
  says 'not the fingerprint'
  expect 0 approve "$sync" --fingerprint "$print"
  hub_is "$BATS_TEST_TMPDIR/day2"
}

@test "a sync whose app was removed cannot be approved, but rejected" {
  begin
  lp app remove main
  expect 1 approve "$sync" --fingerprint "$print"
  says 'no longer in the settings'
  expect 0 reject "$sync" --reason gone
  hub_is "$BATS_TEST_TMPDIR/day0"
  # its history stays; a name that never was is a slip
  expect 0 history main --limit 1
  [[ $output == *gone* ]]
  expect 10 history mian --json
  is '.error.name == "settings"'
}

@test "what is staged must be what was shown" {
  begin
  local db=$BATS_TEST_TMPDIR/state/hub.db
  cp -r "$BATS_TEST_TMPDIR/state" "$BATS_TEST_TMPDIR/kept"
  local sql
  for sql in "UPDATE record SET sis_id = sis_id || 'x' WHERE id = (SELECT max(id) FROM record WHERE since = $sync)" \
    "UPDATE record SET body = (SELECT body FROM record WHERE since = 1 AND id >> 32 = 2 LIMIT 1) WHERE since = $sync AND id >> 32 = 2" \
    "DELETE FROM record WHERE id = (SELECT min(id) FROM record WHERE since = $sync)" \
    "UPDATE record SET until = $sync, ending = 2 WHERE id = (SELECT min(id) FROM record WHERE until IS NULL)" \
    "UPDATE record SET until = NULL, ending = NULL WHERE id = (SELECT min(id) FROM record WHERE until = $sync AND ending = 2)"; do
    rm -rf "$BATS_TEST_TMPDIR/state"
    cp -r "$BATS_TEST_TMPDIR/kept" "$BATS_TEST_TMPDIR/state"
    sqlite3 "$db" "$sql"
    expect 1 approve "$sync" --fingerprint "$print"
    says 'what is staged is not what was shown'
  done
}

@test "without deletions: records stay, counts say so, the next run holds them again" {
  begin
  local gone before after
  gone=$(jq -c '.counts | map_values(.deleted)' <<<"$output")
  before=$(lp status --json | jq -c .hub)
  expect 0 approve "$sync" --fingerprint "$print" --no-deletions --json
  is '.state == "accepted" and .without_deletions and (.counts | all(.[]; .deleted == 0))'
  after=$(lp status --json | jq -c .hub)
  jq -ne --argjson b "$before" --argjson a "$after" --argjson c "$(of .counts)" '
    [$b | keys[] | $a[.] == $b[.] + $c[.].created and $a[.] == $c[.].total] | all'
  expect 0 show "$sync" --json
  is '.without_deletions and (.counts | all(.[]; .deleted == 0))'
  expect 0 show "$sync" --changes --json
  [ "$(jq -r 'select(.change == "deleted")' <<<"$output")" = '' ]
  held_run
  is ".counts | map_values(.deleted) == $gone"
  is '.counts | all(.[]; .created + .updated == 0)'
  expect 0 approve "$sync" --fingerprint "$print"
  hub_is "$BATS_TEST_TMPDIR/day1"
}

@test "reject: needs a reason, leaves everything, and the next run shows it again" {
  begin
  expect 2 reject "$sync"
  expect 2 reject "$sync" --reason ''
  expect 2 reject "$sync" --reason '   '
  says 'reason'
  expect 0 show "$sync" --json
  is '.state == "held"'
  expect 0 reject "$sync" --reason "Wrong file, see O'Brien's mail — ask again" --json
  is '.state == "rejected" and .reason == "Wrong file, see O'"'"'Brien'"'"'s mail — ask again"'
  hub_is "$BATS_TEST_TMPDIR/day0"
  expect 1 approve "$sync" --fingerprint "$print"
  says 'rejected'
  expect 0 show "$sync" --changes --json
  [ -z "$output" ]
  local old=$print
  held_run
  [ "$print" = "$old" ] # the same change of the same hub under the same settings
  expect 0 approve "$sync" --fingerprint "$print"
  hub_is "$BATS_TEST_TMPDIR/day1"
}

@test "the history says who, when and why; the audit is whole until somebody touches it" {
  begin
  # Who logged in, as the kernel knows it; else root's SUDO_USER, else the user.
  local first=alice second=bob login
  login=$(cat /proc/self/loginuid 2>/dev/null || echo 4294967295)
  if [ "$login" != 4294967295 ]; then
    first=$(id -nu "$login") second=$first
  elif [ "$(id -u)" != 0 ]; then
    first=$(id -nu) second=$first
  fi
  SUDO_USER=alice lp reject "$sync" --reason 'not before Monday'
  held_run
  SUDO_USER=bob lp approve "$sync" --fingerprint "$print"
  expect 0 history main --json
  jq -se --arg first "$first" --arg second "$second" 'map(.state) == ["accepted", "rejected", "accepted"] and
    .[1].reason == "not before Monday" and (.[1].decided_by | contains($first)) and
    (.[0].decided_by | contains($second)) and .[0].reason == null and .[2].decided_by == null and
    all(.[]; .schema == 1 and (.sync | type) == "number" and (.seconds * 1000 | . == floor))' <<<"$output"
  expect 0 history main --limit 1
  [[ $output == *"$second"* ]]
  expect 0 audit show --json
  jq -se 'map(.action) as $a | ($a | index("sync.reject") and index("sync.approve") and index("settings.set"))' <<<"$output"
  jq -se --arg p "$print" --arg second "$second" 'map(select(.action == "sync.approve"))[0] | (.detail | contains($p)) and (.who | contains($second))' <<<"$output"
  expect 0 audit verify
  local db=$BATS_TEST_TMPDIR/state/hub.db sql
  cp "$db" "$BATS_TEST_TMPDIR/kept.db"
  for sql in "UPDATE audit SET who = 'carol' WHERE action = 'sync.approve'" \
    "UPDATE audit SET at = at + 1 WHERE action = 'sync.reject'" \
    "DELETE FROM audit WHERE action = 'sync.reject'" \
    "UPDATE audit SET detail = '' WHERE id = 1" \
    "DELETE FROM audit WHERE id = 1"; do
    cp "$BATS_TEST_TMPDIR/kept.db" "$db"
    rm -f "$db"-wal "$db"-shm
    sqlite3 "$db" "$sql"
    expect 1 audit verify
    [ -n "$stderr" ]
  done
  expect 1 audit verify --json
  is '.error.code == 1'
}

@test "the source went back to what the hub has: what was held is over" {
  begin
  sim_set day=0
  expect 0 run main --json
  is '.state == "unchanged"'
  expect 1 approve "$sync" --fingerprint "$print"
  says "superseded by sync $((sync + 1))"
  expect 0 status --json
  is '.apps[0] | .state == "ready" and .held == null'
  hub_is "$BATS_TEST_TMPDIR/day0"
}

@test "deletions that wait by themselves: approved without deletions, they come again" {
  begin
  lp app set main preview=off hold.deletions_only=on hold.deleted=0
  expect 20 run main --json
  local waiting
  waiting=$(of .waiting)
  expect 0 show "$waiting" --json
  expect 0 approve "$waiting" --fingerprint "$(of .fingerprint)" --no-deletions --json
  is '.counts | all(.[]; .created + .updated + .deleted == 0)'
  expect 20 run main --json
  is '.state == "held" and .counts.student.deleted == 1'
  # what waits is bound to the settings too
  lp app set main parallel=2
  run --separate-stderr lp approve "$(of .sync)" --fingerprint "$(of .fingerprint)"
  [ "$status" -eq 1 ]
  expect 20 run main --json
  expect 0 approve "$(of .sync)" --fingerprint "$(of .fingerprint)"
  hub_is "$BATS_TEST_TMPDIR/day1"
}
