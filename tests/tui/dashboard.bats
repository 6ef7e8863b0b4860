#!/usr/bin/env bats
# The dashboard in a real tmux against the simulated Lumen Touch: imports, held syncs and their
# decisions, history, changes, data.
# shellcheck disable=SC2154,SC2034 # what the helpers and bats set

load ../scenario/helper
load helper
bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_DIRNAME/../.."
  etc=$BATS_TEST_TMPDIR/etc/lumenport.conf
  state=$BATS_TEST_TMPDIR/state
  sim_pid=
}

teardown() {
  other tui_stop
  tui_stop
  sim_stop
}

# board [-x ..] [-y ..] [-e ..] [OPTION..]: opens lumenport on the test's directory
board() {
  local tui=()
  while [[ ${1:-} == -[xyte] ]]; do
    tui+=("$1" "$2")
    shift 2
  done
  tui_start "${tui[@]}" "$lumenport" --config "$etc" --state "$state" "$@"
}

# A second terminal beside the first: other COMMAND..
other() {
  local tui_started=91
  "$@"
}
other_board() {
  local tui_started=90
  board "$@"
}

# What differs from run to run, hidden in the same width.
picture() {
  local name=$1
  set -- "$name" 's/20[0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]/YYYY-MM-DD HH:MM/g' \
    's/20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]/YYYY-MM-DD/g' 's/[0-9a-f]\{64\}/FINGERPRINT/' \
    's/  *[0-9.]* s$/  N s/; s/  *[0-9.]* s  /  N s  /' 's/127\.0\.0\.1:[0-9]*/127.0.0.1:PORT/'
  [ "${GOLDEN:-}" = write ] || wait_until 5 looks_like "$@" || true # a frame may be half drawn
  golden "$@"
}
looks_like() { golden "$@" >/dev/null; }

# status_is WORD [APP]: what `lumenport status` says of the app
status_is() {
  lp status --json | jq -e --arg s "$1" '.apps[0].state == $s' >/dev/null
}
newest_is() {
  lp history --json --limit 1 | jq -e --arg s "$1" '.state == $s' >/dev/null
}
students() {
  lp status --json | jq .hub.student
}

# No row of a list is still to come.
rows_are_read() { ! screen | grep -qE '^(▸|  )? *… *$'; }

# A district whose second import loses 40 of 100 students: held, as sync 2.
held() {
  sim_start --students "${1:-200}"
  app_ready >/dev/null 2>&1
  lp run main >/dev/null
  sim_set 'day=1'
  sim_set 'fault=lose=40'
  lp run main >/dev/null 2>&1 || [ $? = 20 ]
  newest_is held
}

open_held() {
  board
  wait_for "Sync 2 of"
  wait_for "[ Look and decide ]"
  keys Enter
  wait_for "[ Approve ]"
  wait_for "Fingerprint"
}

# The number that the dialog wants to see typed.
number_asked() {
  screen | sed -n 's/.*Type \([0-9]*\) to go on.*/\1/p'
}

@test "Run Import from the dashboard: accepted, and in every tab" {
  sim_start
  app_ready >/dev/null 2>&1
  board
  wait_for "Nothing was imported yet."
  picture dashboard-new
  keys F5
  wait_for "accepted: " 20
  wait_for "ready"
  picture dashboard-overview
  keys 2
  wait_for "Open the sync"
  wait_for "accepted"
  picture dashboard-history
  keys Enter
  wait_for "Sync 1 of main: accepted"
  wait_for "Fingerprint"
  picture dashboard-sync-accepted
  keys Escape
  wait_for "[History]"
  keys 3
  wait_for "What sync 1 of"
  picture dashboard-changes
  keys 4
  wait_for "1-15 of 60"
  picture dashboard-data
  keys Enter
  wait_for "lastName"
  picture dashboard-record
  keys Escape
  wait_for "[Data]"
  keys 5
  wait_for "Nothing was found wrong"
  keys 6
  wait_for "No duplicates: no two records"
  picture dashboard-duplicates
  keys 7
  wait_for "Schools Mapping"
  picture dashboard-settings
  keys Enter
  wait_for "Step 1 of 9: Delivery Config"
  keys Escape
  wait_for "[Settings]"
  keys Escape
  wait_for "[Overview]"
  keys F5
  wait_for "found nothing new. The hub is as it was." 20
  lp audit verify
}

@test "a held sync approved: the number typed, exactly what was shown" {
  held
  open_held
  picture dashboard-held
  keys Enter
  wait_for "to go on"
  picture dashboard-approve
  type_text 7
  keys Enter Enter
  wait_for "Not yet: type"
  newest_is held
  keys BSpace
  type_text "$(number_asked)"
  keys Enter Enter
  wait_for "Sync 2 was accepted"
  keys Enter
  wait_for "It was accepted; the hub has it."
  wait_for "Decided by"
  newest_is accepted
  [ "$(students)" -lt 150 ]
  keys Escape
  wait_for "ready"
  lp audit show --json | jq -se '[.[].action] | index("sync.approve")'
}

@test "from the rule to the record: school, entity type, old and new values" {
  held
  open_held
  keys Tab Tab Tab Tab # past the buttons, into the list
  wait_for "Show the changes"
  keys Down Down Down Down Down
  keys Enter
  wait_for "after"
  keys Enter
  keys Home Enter
  wait_for "> students"
  wait_for "deleted"
  picture dashboard-records
  keys /
  type_text 'jordan 129'
  wait_for "1-1 of 1 (filtered from 87)"
  wait_for "Walker, Jordan"
  keys Enter Enter
  wait_for "studentNumber"
  picture dashboard-change
  keys Escape
  wait_for "filtered from"
  keys Escape
  wait_gone "filtered from"
  keys Escape
  wait_for "[ Approve ]"
}

@test "rejected with a reason; without one it is asked again" {
  held
  open_held
  keys Tab Tab Enter
  wait_for "Why? (kept in the history)"
  keys Enter Enter
  wait_for "Say why"
  type_text 'Half of Oak is missing'
  picture dashboard-reject
  keys Enter Enter
  wait_for "Sync 2 was rejected."
  keys Enter
  wait_for "Half of Oak is missing"
  newest_is rejected
  [ "$(students)" = 200 ]
  keys Enter # on an entity type: its changes are gone
  wait_for "its changes are gone"
  keys Escape
  wait_for "ready"
}

@test "approved without deletions: what is new comes in, nothing goes" {
  held
  open_held
  keys Tab Enter
  wait_for "deleted stay."
  screen_lacks "to go on" # what is left out needs no number
  keys BTab Enter
  wait_for "Sync 2 was accepted"
  wait_for "stays in the hub"
  keys Enter
  wait_for "deletions."
  newest_is accepted
  [ "$(students)" -ge 200 ]
}

@test "preview mode: a plain question, no number" {
  sim_start
  app_ready --set preview=on >/dev/null 2>&1
  lp run main >/dev/null 2>&1 || [ $? = 20 ]
  board
  wait_for "preview of data upload is on"
  keys Enter
  wait_for "[ Approve ]"
  keys Enter
  wait_for "The hub gets"
  screen_lacks "to go on"
  keys Enter # Cancel has the focus
  wait_gone "The hub gets"
  newest_is held
  keys Enter
  wait_for "The hub gets"
  keys BTab Enter
  wait_for "Sync 1 was accepted"
  [ "$(students)" = 60 ]
}

@test "a decision on what is no longer true is refused, with what to do" {
  held
  open_held
  keys Enter
  wait_for "to go on"
  lp app set main hold.updated=50% 2>/dev/null
  type_text "$(number_asked)"
  keys Enter Enter
  wait_for "the settings of its app changed"
  wait_for "F5 on the dashboard"
  keys Enter
  newest_is held
  keys Escape
  wait_for "[Overview]"
  sim_set 'clear=1'
  keys F5
  wait_for "A new import takes its place"
  keys BTab Enter
  wait_for "accepted: " 20
  lp history --json | jq -se '.[1].state == "rejected"'
}

@test "an import outlives its terminal, and is seen again" {
  sim_start
  app_ready >/dev/null 2>&1
  sim_set 'think=1200'
  board
  wait_for "Nothing was imported yet."
  keys F5
  wait_for "The import of main is running: sync 1." 10
  wait_for "It goes on when this screen is closed."
  tui_stop # kill-server: the terminal is gone
  status_is running
  board
  wait_for "The import of main is running: sync 1." 10
  wait_for "not started from this screen"
  wait_for "[ Cancel the import ]"
  sim_set 'think=0'
  wait_for "accepted: " 30
  [ "$(students)" = 60 ]
}

@test "an import can be cancelled, and then nothing was changed" {
  sim_start
  app_ready >/dev/null 2>&1
  lp run main >/dev/null
  sim_set 'day=1'
  sim_set 'think=3000'
  board
  wait_for "ready"
  keys F5
  wait_for "[ Cancel the import ]" 10
  wait_for "sync 2"
  keys Enter
  wait_for "What it has read so far is dropped"
  keys BTab Enter
  wait_for "cancelled" 20
  wait_for "The hub was not changed."
  newest_is failed
  [ "$(students)" = 60 ]
}

@test "what runs is told in words: phase, count, pauses, retries" {
  sim_start --students 1500 --limit-cap 100
  app_ready >/dev/null 2>&1
  sim_set 'fault=429=3:users'
  board
  wait_for "Nothing was imported yet."
  sim_set 'think=150'
  keys F5
  wait_for "The source asks to slow down; going on in" 20
  wait_for "Reading people" 20
  wait_for " of " 10
  wait_for "records so far" 10
  wait_for "accepted: " 60
}

@test "another administrator's import, and decision, are seen at once" {
  held
  open_held
  other_board
  other wait_for "[ Look and decide ]"
  other keys Enter
  other wait_for "[ Approve ]"
  other keys Enter
  other wait_for "to go on"
  # The first one rejects while the second one's question stands.
  keys Tab Tab Enter
  wait_for "Why?"
  type_text 'No'
  keys Enter Enter
  wait_for "Sync 2 was rejected."
  other type_text "$(other number_asked)"
  other keys Enter Enter
  other wait_for "Sync 2 is not held but rejected"
  other keys Enter
  other wait_for "It was rejected"
  other keys Escape
  other wait_for "[Overview]"
  newest_is rejected
  # An import started in one is followed in the other.
  sim_set 'clear=1'
  sim_set 'think=700'
  keys Enter Escape
  wait_for "[Overview]"
  keys F5
  wait_for "is running"
  other wait_for "The import of main is running: sync 3."
  other keys F5
  other wait_for "The import runs already."
  sim_set 'think=0'
  wait_for "accepted: " 30
  other wait_for "accepted: "
}

@test "an import that fails says why, and what was not changed" {
  sim_start
  app_ready >/dev/null 2>&1
  sim_stop
  board
  wait_for "Nothing was imported yet."
  keys r
  wait_for "failed: " 20
  wait_for "hub was not changed."
  keys 2
  wait_for "failed"
  lp secret clear main 2>/dev/null
  keys Escape
  wait_for "Missing: Client Secret"
  keys F5
  wait_for "It cannot run yet. Missing: Client Secret"
}

@test "12,000 students: End, Home, paging, search, each record" {
  sim_start --students 12000
  app_ready >/dev/null 2>&1
  lp run main >/dev/null
  board
  wait_for "12,000"
  keys 4
  wait_for "1-15 of 12,000"
  keys End
  wait_for "11,986-12,000 of 12,000"
  wait_until 5 rows_are_read
  keys PPage
  wait_for "of 12,000"
  keys Home NPage NPage
  wait_for "of 12,000"
  keys /
  type_text 'lopez'
  wait_for "(filtered from 12,000)"
  wait_for "▸ "
  screen | grep -qi 'l.pez'
  keys Enter Enter
  wait_for "lastName"
  keys Escape
  wait_for "(filtered from 12,000)"
  keys Escape
  wait_for "of 12,000"
  wait_gone "filtered"
  keys Left
  keys Right Right
  wait_for "[Admins]"
  keys Right Right Right
  wait_for "[Enrollments]"
  keys End
  wait_for "Person"
}

@test "names with escapes, CR and bidi never reach the terminal" {
  sim_start --students 400 --fault escapes --fault control-chars
  app_ready >/dev/null 2>&1
  lp run main >/dev/null
  board
  wait_for "[ Run Import ]"
  tui_tmux pipe-pane -o "cat >$BATS_TEST_TMPDIR/raw"
  keys 4
  wait_for "of 400"
  for _ in $(seq 30); do keys NPage; done
  wait_for "-400 of 400"
  keys 3
  wait_for "What sync 1 of"
  keys Down Down Enter
  wait_for "1-"
  for _ in $(seq 25); do keys NPage; done
  wait_for "-400 of 400"
  # bidi controls, zero width, C1, and the sequences of a title or a clipboard
  run grep -aPc '\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xc2[\x80-\x9f]|\x1b\]|\x07' \
    "$BATS_TEST_TMPDIR/raw"
  [ "$output" = 0 ]
  [ -s "$BATS_TEST_TMPDIR/raw" ]
}

@test "what was found in the data, with what to do" {
  sim_start --fault dangling --fault dates-reversed
  app_ready >/dev/null 2>&1
  lp run main >/dev/null
  board
  wait_for "[ Run Import ]"
  keys 5
  wait_for "References that lead nowhere"
  wait_for "it, or correct the reference in the SIS."
  picture dashboard-quality
  keys Enter
  wait_for "SIS id"
  wait_for "1-"
}

@test "several apps: one is chosen at the top" {
  sim_start
  app_ready >/dev/null 2>&1
  lp app add oneroster-api --name north --url "$origin" --client-id demo 2>/dev/null
  lp run main >/dev/null
  board
  wait_for "App [main]"
  keys Tab
  keys BTab BTab
  keys Up Up
  keys Up Right
  wait_for "[north]"
  wait_for "not configured"
  wait_for "Missing: Client Secret"
  picture dashboard-apps
  keys Down Down Enter
  wait_for "Step 1 of 9: Delivery Config"
  keys Escape
  wait_for "[ Set it up ]"
  keys Up Up Left
  wait_for "accepted: "
}

@test "high and wide, small, and everything between" {
  held
  board -x 132 -y 43
  wait_for "[ Look and decide ]"
  wait_for "Last syncs"
  picture dashboard-wide
  keys Enter
  wait_for "Fingerprint"
  picture dashboard-held-wide
  resize 40 10
  wait_for "[ Approve ]"
  picture dashboard-held-small
  keys Tab Tab Tab Tab
  wait_for "▸ Students"
  picture dashboard-held-list-small
  keys Escape
  wait_for "[ Look and decide ]"
  picture dashboard-small
  for size in "60 15" "20 6" "100 30" "10 4" "200 60"; do
    # shellcheck disable=SC2086
    resize $size
    for tab in 1 2 3 4 5 6 7; do keys $tab; done
  done
  keys 1
  wait_for "[ Look and decide ]"
}

@test "NO_COLOR, C locale, vt100" {
  held
  board -e NO_COLOR=1
  wait_for "[ Look and decide ]"
  run grep -cP '\x1b\[[0-9;]*(3[0-7]|4[0-7])m' <(screen -e)
  [ "$output" = 0 ]
  board -e LC_ALL=C -e LANG=C
  wait_for "[ Look and decide ]"
  picture dashboard-ascii
  run grep -caP '[^\x00-\x7f]' <(screen)
  [ "$output" = 0 ]
  board -t vt100
  wait_for "[ Look and decide ]"
  keys Enter
  wait_for "[ Approve ]"
}

@test "help on every tab" {
  sim_start
  app_ready >/dev/null 2>&1
  lp run main >/dev/null
  board
  wait_for "[ Run Import ]"
  local tab
  for tab in 1:Overview 2:'Data Sync History' 3:Changes 4:Data 5:'Data Quality' 6:Duplicates 7:Settings; do
    keys "${tab%%:*}"
    keys F1
    wait_for "─ Help"
    wait_for "${tab#*:}"
    keys Escape
    wait_gone "─ Help"
  done
}

@test "Ctrl-C asks, and leaves the import alone" {
  sim_start
  app_ready >/dev/null 2>&1
  sim_set 'think=1000'
  board
  wait_for "Nothing was imported yet."
  keys F5
  wait_for "is running: sync 1." 10
  keys C-c
  wait_for "A running import goes on without it."
  keys BTab Enter
  wait_for "exit 0"
  wait_for "terminal restored"
  status_is running
  sim_set 'think=0'
  wait_until 30 newest_is accepted
}

@test "an import that was killed is said to be interrupted" {
  sim_start
  app_ready >/dev/null 2>&1
  sim_set 'think=3000'
  board
  wait_for "Nothing was imported yet."
  keys F5
  wait_for "is running: sync 1." 10
  kill -KILL "$(screen | sed -n 's/.*process \([0-9]*\).*/\1/p')"
  wait_for "failed: " 10
  wait_for "Interrupted: "
  wait_for "[ Run Import ]"
}

@test "deletions that alone are held: the rest has come in, they wait" {
  sim_start --students 200
  app_ready --set hold.deletions_only=on >/dev/null 2>&1
  lp run main >/dev/null
  sim_set 'day=1'
  sim_set 'fault=lose=40'
  lp run main >/dev/null 2>&1 || [ $? = 20 ]
  board
  wait_for "waits for your decision"
  keys Enter
  wait_for "[ Approve ]"
  screen_lacks "Approve without deletions"
  keys Enter
  wait_for "to go on"
  type_text "$(number_asked)"
  keys Enter Enter
  wait_for "was accepted"
  [ "$(students)" -lt 150 ]
}

@test "an export that is configured follows the approval" {
  held
  lp reject 2 --reason x >/dev/null
  lp app set main export.dir="$BATS_TEST_TMPDIR/out" 2>/dev/null
  lp run main >/dev/null 2>&1 || [ $? = 20 ]
  board
  wait_for "[ Look and decide ]"
  keys Enter
  wait_for "[ Approve ]"
  keys Enter
  wait_for "Then it is exported to"
  type_text "$(number_asked)"
  keys Enter Enter
  wait_for "Exported to"
  [ -s "$BATS_TEST_TMPDIR/out/users.csv" ]
}
