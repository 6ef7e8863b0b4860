#!/usr/bin/env bats
# The wizard in a real tmux against the simulated Lumen Touch: by keyboard only, from the
# gallery to Finish, and everything that can come in between.

load ../scenario/helper
load helper
bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_DIRNAME/../.."
  etc=$BATS_TEST_TMPDIR/etc/lumenport.conf
  state=$BATS_TEST_TMPDIR/state
  draft=$state/drafts/main
}

teardown() {
  tui_stop
  sim_stop
}

# wizard_start [-x ..] [-y ..] [-e ..] [OPTION..]: opens lumenport on the test's directory
wizard_start() {
  local tui=()
  while [[ ${1:-} == -[xyte] ]]; do
    tui+=("$1" "$2")
    shift 2
  done
  tui_start "${tui[@]}" "$lumenport" --config "$etc" --state "$state" "$@"
}

# What differs from run to run.
picture() {
  local name=$1
  shift
  set -- "$name" 's/127\.0\.0\.1:[0-9]\{5\}/127.0.0.1:PPPPP/g' 's/draft saved ..:../draft saved HH:MM/' \
    's/accepted ....-..-.. by .*/accepted DATE by USER./' 's/accepted by .*/accepted by USER/' \
    's/┐:..$/┐:MM/' 's/(set, [^)]*) */(set, AGO) /; s/ set, .*/ set, AGO/' "$@"
  # A frame may be half drawn: wait for the picture, or, where it is written, for no more change.
  if [ "${GOLDEN:-}" = write ]; then
    wait_until 5 stands_still
  else
    wait_until 5 looks_like "$@" || true
  fi
  golden "$@"
}
looks_like() { golden "$@" >/dev/null; }
stands_still() {
  local before
  before=$(screen)
  read -rt 0.3 <> <(:) || true
  [ "$before" = "$(screen)" ]
}

# From the gallery to Delivery Config of a new app "main".
activate() {
  wait_for "Application Gallery"
  keys Tab Enter
  wait_for "A short name for this app"
  keys Enter Enter
  wait_for "Step 1 of 9: Delivery Config"
}

# Fills in Delivery Config from its first field on, and accepts the terms.
fill_in() {
  type_text "$origin"
  keys Tab
  type_text demo
  keys Tab
  type_text "$canary"
  keys Tab
  wait_for "The Client Secret is stored"
  accept_terms
}

accept_terms() {
  keys F8
  wait_for "The terms: not accepted yet"
  keys Enter
  wait_for "lumenport: terms of an import"
  keys BTab Enter
  wait_for "Terms: accepted"
}

# On to Schools Mapping, with its list.
to_schools() {
  keys F8
  wait_for "Step 2 of 9: Schools Mapping"
  wait_for "Oak View High School" 20
}

gone() { ! kill -0 "$1" 2>/dev/null; }
saved() { grep -q "$1" "$draft"; }

@test "from the gallery to Finish by keyboard alone, every screen as it should look" {
  sim_start
  wizard_start
  wait_for "Application Gallery"
  picture wizard-gallery
  type_text "one ap"
  wait_gone "Lumen Touch"
  keys C-u
  wait_for "Lumen Touch"
  keys Tab Enter
  wait_for "A short name for this app"
  picture wizard-activate
  keys Enter Enter
  wait_for "Step 1 of 9: Delivery Config"
  wait_for "draft saved"
  fill_in
  keys BTab
  wait_for "Terms of Use and Privacy Policy: to be read"
  picture wizard-delivery
  keys BTab BTab BTab BTab BTab
  wait_for "Tries the connection"
  keys Enter
  wait_for "All that must work works." 20
  wait_for "Schools: 3 visible"
  keys Enter
  wait_for "Test Connection: passed at"
  to_schools
  wait_for "Missing 3"
  picture wizard-schools
  type_text A
  wait_for "Auto Mapping: 3 schools switched on."
  wait_for "Existing 3"
  keys F8
  wait_for "Step 3 of 9: Attributes Mapping"
  picture wizard-attributes
  keys Right
  wait_for "[Teacher]"
  wait_for "staffNumber"
  keys F8
  wait_for "Step 4 of 9: Data Requirements"
  picture wizard-requirements
  keys F8
  wait_for "Step 5 of 9: Filter Rules"
  picture wizard-filters
  keys F8
  wait_for "Step 6 of 9: Domains of Uniqueness"
  picture wizard-uniqueness
  keys F8
  wait_for "Step 7 of 9: Master Fields"
  picture wizard-masters
  keys F8
  wait_for "Step 8 of 9: Schedule"
  wait_for "Imports run"
  picture wizard-schedule
  keys F8
  wait_for "Step 9 of 9: Done"
  wait_for "3 switched on of 3"
  picture wizard-done
  keys F6
  wait_for "8 Schedule (done)"
  picture wizard-steps
  keys Escape
  keys Enter
  wait_gone "Step 9 of 9" 10
  [ ! -e "$draft" ]
  expect 0 app show main --json
  [[ $output == *'"secret_set":true'* && $output == *'"schools_on":3'* ]]
  [[ $output == *'"terms_accepted":true'* ]]
  expect 0 audit show
  [[ $output == *app.add*main* && $output == *terms.accept*main* ]]
  ! grep -rq "$canary" "$BATS_TEST_TMPDIR/etc" "$state/hub.db" || return 1
  wait_for "[Overview]"
  keys F5
  wait_for "Last sync: 1" 20
  wait_for "accepted: "
  expect 0 history main --json
  [[ $output == *'"state":"accepted"'* ]]
}

@test "wrong values are named at field exit, and Next goes to the first of them" {
  sim_start
  wizard_start
  activate
  keys F8
  wait_for "Service URL: is missing. Enter an address such as"
  type_text "no address"
  keys Tab
  wait_for "is not an address"
  wait_for "Step 1 of 9: Delivery Config (error)"
  wait_for "✗ Service URL"
  keys F8
  wait_for "✗ Service URL"
  keys Escape                               # undoes the field
  type_text "http://169.254.169.254/"
  keys Tab
  wait_for "✗ Service URL"
  keys BTab C-u
  type_text "$origin"
  keys Tab
  wait_gone "✗ Service URL"
  keys F8
  wait_for "Client ID: is missing."
  type_text demo
  keys F8
  wait_for "Client Secret: is missing."
  type_text "$canary"
  keys F8
  wait_for "The terms: not accepted yet."
  keys BTab BTab BTab BTab                  # Advanced Settings
  wait_for "The defaults are right"
  keys Space
  wait_for "SIS ID prefix"
  keys Tab
  type_text "a b"
  keys Tab
  wait_for 'SIS ID prefix: "a b" contains a blank.'
  keys BTab C-u
  keys Tab Tab Tab Tab Tab
  wait_for "One percentage for all changes"
  type_text 1000
  keys Tab
  wait_for 'Sync hold threshold: "1000" is no percentage. Enter 0-100'
  keys BTab C-u
  type_text 5
  keys Tab Space                            # limit by limit: the same number
  keys Tab Tab Tab
  wait_for "Created, any type     [5%"
  saved 'deleted = "5%"'
  keys F8
  wait_for "The terms: not accepted yet."
}

@test "Test Connection: a wrong secret is told, a slow source can be cancelled" {
  sim_start
  wizard_start
  activate
  fill_in
  keys BTab BTab BTab BTab BTab BTab BTab
  wait_for "Hidden; Ctrl-R shows it"
  type_text wrong
  keys Tab
  wait_for "The Client Secret is stored"
  keys Enter
  wait_for "FAILED   Authorisation" 20
  wait_for "It does not work yet."
  screen_lacks wrong
  keys Enter
  wait_for "Test Connection: failed at"
  sim_set think=20000
  keys BTab
  type_text "$canary"
  keys Tab Enter
  wait_for "Under way. Esc cancels."
  keys Escape
  wait_for "Cancelled. Nothing was changed." 10
  keys Enter
  wait_for "Test Connection: cancelled at"
}

@test "schools: switch, rename, map, delete, filters, search" {
  sim_start
  wizard_start --prefill "$origin,demo,$BATS_TEST_TMPDIR/sim.secret"
  activate
  accept_terms
  to_schools
  keys Right
  wait_for "▸ [━●] ON   Cedar Ridge"
  wait_for "Existing 1"
  saved S-0001
  keys Left
  wait_for "Existing 0"
  type_text a
  wait_for "3 of the schools shown were switched on."
  type_text /oak
  wait_for "1-1 of 1 (filtered from 4)"
  keys Enter
  type_text x
  wait_for "1 of the schools shown were switched off."
  keys Escape
  wait_gone "filtered"
  keys Home
  type_text n
  wait_for "Name of this school in the hub."
  keys C-u
  type_text "Zedern 李"
  keys Enter Enter
  wait_for 'It will be called "Zedern 李" in the hub.'
  keys Down
  type_text m
  wait_for "Map Maple Hill Middle School onto"
  wait_for "Zedern 李"
  picture wizard-map
  keys Enter
  wait_for "Mapped onto Zedern 李."
  wait_for "= Zedern 李"
  type_text d
  wait_for "The mapping of Maple Hill Middle School is deleted."
  keys BTab                                 # the filters
  wait_for "Left and Right choose"
  keys Right
  wait_for "[Existing 1]"
  wait_gone "Maple Hill"
  keys Right
  wait_for "[Missing 2]"
  wait_for "Maple Hill"
  wait_gone "Cedar"
  keys Right
  wait_for "[With missing data 0]"
  wait_for "No school here."
  keys Home Enter End
  wait_for "Lumen Valley"
  keys Right
  wait_for "Lumen Valley Unified School District is no school"
}

@test "schools: a source that is away is told, and asked again" {
  sim_start
  wizard_start --prefill "$origin,demo,$BATS_TEST_TMPDIR/sim.secret"
  activate
  accept_terms
  sim_set think=20000
  keys F8
  wait_for "Fetching the list of schools from 127.0.0.1"
  keys Escape
  wait_for "it was cancelled." 10
  sim_set clear=1
  sim_set think=0
  type_text r
  wait_for "Oak View High School" 20
  keys F7
  wait_for "Step 1 of 9"
  sim_stop
  keys F8
  wait_for "Oak View High School"           # known already
  type_text r
  wait_for "could not be fetched anew: " 20
  wait_for "Oak View High School"
}

@test "Back, the list of steps, Finish from Attributes Mapping on" {
  sim_start
  wizard_start --prefill "$origin,demo,$BATS_TEST_TMPDIR/sim.secret"
  activate
  accept_terms
  keys F9
  wait_for "Step 1 of 9"
  to_schools
  type_text f
  wait_for "Step 2 of 9"
  keys F6
  wait_for "5 Filter Rules (not visited yet)"
  keys Down Down Down Enter
  wait_for "Filter Rules has not been visited yet"
  keys F8
  wait_for "Step 3 of 9"
  keys F7
  wait_for "Step 2 of 9"
  keys C-n
  wait_for "Step 3 of 9"
  keys Escape                               # one step back
  wait_for "Step 2 of 9"
  keys C-g
  wait_for "Go to:"
  keys Up Enter
  wait_for "Step 1 of 9"
  keys F6
  wait_for "Go to:"
  keys Down Down Enter
  wait_for "Step 3 of 9"
  keys F9
  wait_for "Step 9 of 9"
  wait_for "! Step 2, Schools Mapping, is incomplete."
  keys Enter
  wait_for "No school is switched on"
  keys Enter
  wait_for "Step 2 of 9"
  type_text A
  wait_for "3 switched on"
  keys F6
  wait_for "Go to:"
  keys End Enter
  wait_for "Step 9 of 9"
  keys Enter
  wait_gone "Step 9" 10
  expect 0 app show main --json
}

@test "help on every step, for the field and for the step" {
  sim_start
  wizard_start --prefill "$origin,demo,$BATS_TEST_TMPDIR/sim.secret"
  wait_for "Application Gallery"
  keys F1
  wait_for "An app is a source of roster data"
  keys Escape
  activate
  keys F1
  wait_for "lumenport app set main url=VALUE"
  keys End
  wait_for "Keys that work everywhere"
  picture wizard-help
  keys Escape
  wait_gone "Keys that work"
  accept_terms
  to_schools
  type_text '?'
  wait_for "The slider switches a school into"
  keys Escape
  for step in "Which attribute of the source feeds" "What is asked of each attribute" \
    "Which records come in" "What must be unique" "With two sources" "When imports run by themselves" \
    "All choices in one place"; do
    keys F8
    wait_gone "$step"
    keys F1
    wait_for "$step"
    keys Escape
    wait_gone "$step"
  done
}

@test "the draft: kept at HUP and at kill -9, resumed where it was, started over" {
  sim_start
  wizard_start
  activate
  fill_in
  to_schools
  keys Right
  wait_for "Existing 1"
  pid=$(tui_pid)
  kill -9 "$pid"
  wait_until 5 gone "$pid"
  tui_stop
  [ "$(stat -c %a "$draft")" = 600 ]
  ! grep -q "$canary" "$draft" || return 1
  [ ! -e "$etc" ]

  wizard_start
  wait_for "A draft waits"
  wait_for "step 2 of 9, Schools Mapping"
  picture wizard-draft 's/saved [0-9-]* ..:../saved DATE HH:MM/' 's/│ ....-..-.. ..:../│ DATE/'
  keys Enter
  wait_for "Step 2 of 9: Schools Mapping"
  wait_for "[━●] ON   Cedar Ridge" 20
  keys F7
  wait_for "Step 1 of 9"
  keys Tab End
  type_text -hup                            # not left yet: HUP keeps it
  wait_for "demo-hup"
  pid=$(tui_pid)
  kill -HUP "$pid"
  wait_until 5 gone "$pid"
  saved 'client_id = "demo-hup"'
  tui_stop

  wizard_start
  wait_for "A draft waits"
  keys BTab Enter                           # View
  wait_for "Client ID       demo-hup"
  keys Enter
  wait_for "A draft waits"
  keys Tab Enter                            # Start over
  wait_for "Type main to go on."
  type_text main
  keys Enter Enter
  wait_gone "Type main"
  wait_for "Application Gallery"
  [ ! -e "$draft" ] && [ ! -e "$state/secrets/main" ]
}

@test "quit: save the draft, discard it, stay" {
  sim_start
  wizard_start
  activate
  fill_in
  keys F10
  wait_for "These settings have not been applied yet."
  picture wizard-quit
  keys Escape
  wait_gone "These settings"
  keys C-c
  wait_for "[ Save draft ]"
  keys Enter
  wait_for "exit 0"
  wait_for "terminal restored"
  saved demo
  wizard_start
  wait_for "A draft waits"
  keys Enter
  wait_for "Step 1 of 9"
  keys C-q
  wait_for "[ Discard ]"
  keys Tab Enter
  wait_for "Type main to go on."
  keys Tab Enter
  wait_for "Not yet: type main first."
  type_text main
  keys Enter Enter
  wait_for "exit 0"
  [ ! -e "$draft" ] && [ ! -e "$state/secrets/main" ] && [ ! -e "$etc" ]
}

@test "two administrators: the second looks only, and is told who holds it" {
  sim_start
  wizard_start
  activate
  fill_in
  first=$tui_started
  mkdir "$BATS_TEST_TMPDIR/second"
  second() { tmux -u -f /dev/null -S "$BATS_TEST_TMPDIR/second/tmux" "$@"; }
  second new-session -d -x 80 -y 24 \
    "TERM=tmux-256color $lumenport --config $etc --state $state; cat" \; set -g status off
  second_has() { second capture-pane -p | grep -qF -- "$1"; }
  wait_until 5 second_has "You can look at the settings, but not change them now."
  second_has "process $(tui_pid) of"
  second send-keys Enter
  wait_until 5 second_has "Step 1 of 9"
  second_has "read-only"
  second send-keys C-u xyz Tab
  wait_until 5 second_has "Client ID"
  ! second_has xyz || return 1
  second send-keys F10
  wait_until 5 second_has "Leave lumenport?"
  second kill-server
  [ "$first" = "$tui_started" ]
  keys F10
  wait_for "Save draft"
  keys Enter
  wait_for "exit 0"
}

@test "settings of an app that there is: nothing changes before Finish, the secret stays" {
  sim_start
  app_ready
  before=$(cat "$etc")
  mkdir -p "$state/drafts"
  # A draft of it, as the dashboard's Settings would leave one behind.
  { printf '# draft 1 step=0 visited=511 process=1 base=%s\n' "$(printf '%64s' '' | tr ' ' -)"
    sed 's/name = "main"/name = "other"/' "$etc"; } >"$state/drafts/other"
  wizard_start
  wait_for "A draft waits"
  keys Enter
  wait_for "Step 1 of 9"
  keys Tab
  type_text x
  keys Tab
  wait_for "draft saved"
  [ "$before" = "$(cat "$etc")" ]
}

@test "down to 40x10, up to 132x43, at any moment" {
  sim_start
  wizard_start -x 132 -y 43 --prefill "$origin,demo,$BATS_TEST_TMPDIR/sim.secret"
  activate
  accept_terms
  to_schools
  wait_for "2 Schools Mapping"
  picture wizard-schools-132x43
  resize 40 10
  wait_for "Step 2 of 9"
  wait_gone "1 Delivery"
  wait_for "1-3 of 4"
  picture wizard-schools-40x10
  keys F7
  wait_for "Step 1 of 9"
  wait_for "$origin"
  picture wizard-delivery-40x10
  keys F6
  wait_for "Go to:"
  resize 132 43
  wait_for "1 Delivery Config (done)"
  keys Escape
  wait_gone "Go to:"
  picture wizard-delivery-132x43
  resize 20 4
  wait_for "lumenport"
  resize 80 24
  wait_for "Step 1 of 9: Delivery Config (done)"
}

@test "no colours, ASCII, a VT100: the same words" {
  sim_start
  wizard_start -t vt100 -e NO_COLOR=1 --prefill "$origin,demo,$BATS_TEST_TMPDIR/sim.secret"
  activate
  accept_terms
  to_schools
  wait_for "[OFF]"
  type_text A
  wait_for "[ ON]"
  ! screen | LC_ALL=C grep -q '[^ -~]' || return 1
}

@test "a prefilled app has the values and nothing else decided" {
  sim_start
  wizard_start --prefill "$origin,demo,$BATS_TEST_TMPDIR/sim.secret"
  activate
  wait_for "[$origin"
  wait_for "[demo"
  wait_for "[(set, just now)"
  wait_for "Terms: not accepted yet."
  [ ! -e "$etc" ]
}
