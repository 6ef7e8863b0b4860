#!/usr/bin/env bats
# Domains of Uniqueness, Master Fields and duplicates in a real tmux, with two apps that have some of the same
# students.

load ../scenario/helper
load ../scenario/pair
load helper
bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_DIRNAME/../.."
  etc=$BATS_TEST_TMPDIR/etc/lumenport.conf
  state=$BATS_TEST_TMPDIR/state
}

teardown() { tui_stop; }

# two apps with 4 and 5 students, one of the first there twice
two_apps() {
  source_app east 4
  echo 'east-twin,true,east-s,student,USER1,,Other,Name,o@x.org,,' >>"$BATS_TEST_TMPDIR/east/users.csv"
  lp run east
  source_app west 5
  lp run west || [ $? = 20 ]
  decide_newest
}

# to_step N [OPTION of tui_start..]: that step of the wizard, from the dashboard
to_step() {
  local step=$1
  shift
  tui_start "$@" "$lumenport" --config "$etc" --state "$state"
  wait_for "[Overview]"
  type_text 7
  wait_for "[Settings]"
  for _ in $(seq 2 "$step"); do keys Down; done
  keys Enter
  wait_for "Step $step of 9"
}

# What differs from run to run.
picture() {
  golden_soon "$1" 's/draft saved ..:../draft saved HH:MM/' \
    's/fetched ....-..-.. ..:../fetched YYYY-MM-DD HH:MM/'
}

golden_soon() {
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

@test "domains: listed with what they meet, a new one, its order, the defaults, the switch; Finish saves" {
  two_apps
  to_step 6
  wait_for "2 of 5 share it"
  picture uniqueness
  type_text n
  wait_for "Which attributes must be unique together?"
  keys Enter
  wait_for "Nothing is ticked."
  keys Down Down Space Down Down Space
  picture uniqueness-attributes
  keys Enter
  wait_for "New domain"
  wait_for "Unique together: firstName, lastName."
  keys C-u
  type_text "email"
  keys Enter Enter
  wait_for "has a domain of uniqueness"
  keys C-u
  type_text "Whole name"
  keys Enter Enter
  wait_for "Whole name is added; u takes it back. The other defaults stay."
  keys End
  type_text ++
  wait_for "2  Whole name"
  picture uniqueness-own
  keys Up
  type_text d
  wait_for "Username is removed"
  type_text u
  wait_for "1  Username"
  type_text D
  wait_for "These are the defaults."
  type_text u
  wait_for "2  Whole name"
  type_text c
  wait_for "told apart by their SIS id alone"
  type_text c
  keys Right
  wait_for "[Teacher]"
  keys F9
  wait_for "Step 9 of 9"
  keys Enter
  wait_for "[Overview]" 10
  expect 0 unique --json
  jq -se 'map(select(.entity == "student").domain) == ["Username", "Whole name", "Email",
    "State id"]' <<<"$output"
  lp audit show | grep -q 'rules.set  hub  domains student.Username=username'
}

@test "domains: in a small window and a large one" {
  two_apps
  to_step 6 -x 40 -y 10
  wait_for "[Student]"
  picture uniqueness-40x10
  type_text n
  wait_for "username"
  picture uniqueness-attributes-40x10
  keys Escape
  resize 132 43
  wait_for "2 of 5 share it"
  picture uniqueness-132x43
}

@test "master fields: whose value counts, Generate, taken back; what the apps say differently" {
  two_apps
  to_step 7
  wait_for "The apps differ in 3 of 3 students they share"
  picture masters
  type_text /phone
  wait_for "filtered from 33"
  keys Enter
  keys Escape
  wait_for "of 33"
  keys Home Down Down Right Space
  wait_for "[Master]"
  wait_for "west counts in 3, by Master"
  keys Space
  wait_for "[Do not override]"
  wait_for "east counts in 3, by"
  picture masters-set
  type_text g
  wait_for "west becomes the master"
  keys Escape
  type_text d
  wait_for "email has no master"
  type_text g
  wait_for "west becomes the master"
  keys BTab BTab Enter
  wait_for "west is master of every attribute"
  type_text u
  wait_for "Taken back"
  type_text u
  keys Tab
  wait_for "[Teacher]"
  resize 40 10
  picture masters-40x10
  resize 132 43
  picture masters-132x43
  keys F9
  wait_for "Step 9 of 9"
  wait_for "Of the hub      32 Master Fields"
  keys Enter
  wait_for "[Overview]" 10
  expect 0 master --json
  jq -se 'length > 20 and all(.entity == "student" and .apps == [{app: "west", mode: "master",
    known: true}])' <<<"$output"
}

@test "master fields: one app has nothing to decide, and says what a second one needs" {
  source_app east 2
  to_step 7
  wait_for "Master Fields need more than one app."
  picture masters-alone
  keys Enter
  wait_for "Step 8 of 9"
}

@test "duplicates: both records, merged, taken back, kept; the next import does it" {
  two_apps
  tui_start "$lumenport" --config "$etc" --state "$state"
  wait_for "[Overview]"
  type_text 6
  wait_for "▸ open"
  picture duplicates
  keys Enter
  wait_for "Keep both"
  picture duplicates-ask
  keys Escape
  wait_gone "Keep both"
  keys Enter
  wait_for "Keep both"
  keys Up Up Enter
  wait_for "Remembered. It takes effect with the next import"
  wait_for "▸ resolved"
  picture duplicates-resolved
  expect 0 duplicates --json
  jq -se 'length == 1 and .[0].resolved == "merge"' <<<"$output"
  keys Enter
  wait_for "Take the decision back"
  keys Enter
  wait_for "Taken back."
  wait_for "▸ open"
  expect 0 duplicates --json
  jq -se '.[0].resolved == null' <<<"$output"
  resize 40 10
  picture duplicates-40x10
  keys Enter
  wait_for "Keep both"
  keys Escape
  resize 132 43
  picture duplicates-132x43
  keys Enter
  wait_for "Keep both"
  keys End Enter
  wait_for "left out, from the next import on"
  type_text 1
  wait_for "Last sync: 1,"
  keys F5
  wait_for "Last sync: 3," 20
  expect 0 data student --json
  jq -se 'map(select(.sisId == "east-u1" or .sisId == "east-twin")) | length == 1' <<<"$output"
  lp audit show | grep -q 'rules.duplicates  hub  skip student'
}
