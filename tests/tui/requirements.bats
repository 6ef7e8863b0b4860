#!/usr/bin/env bats
# Data Requirements in a real tmux against the simulated Lumen Touch: toggles and masks, counted on
# the data of the last pull before anything is saved.
# shellcheck disable=SC2154,SC2034 # what the helpers and bats set

load ../scenario/helper
load ../scenario/roster
load helper
bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_DIRNAME/../.."
  etc=$BATS_TEST_TMPDIR/etc/lumenport.conf
  state=$BATS_TEST_TMPDIR/state
  draft=$state/drafts/main
  sim_pid=
}

teardown() {
  tui_started=91 tui_stop
  tui_stop
  sim_stop
}

# An app "main" that is set up, without any import yet; three students have no e-mail.
begin() {
  local id
  sim_start --students 100
  app_ready >/dev/null 2>&1
  for id in $(ids users 3 '.role == "student"'); do
    patch users "$id" 'del(.email)'
  done
}

# The step, from the dashboard.
to_step() {
  tui_start "$@" "$lumenport" --config "$etc" --state "$state"
  wait_for "Overview"
  keys 7
  wait_for "Data Requirements"
  keys Down Down Down Enter
}
to_requirements() {
  to_step "$@"
  wait_for "Hub attribute"
}

# A second terminal beside the first: other COMMAND..
other() {
  local tui_started=90
  "$@"
}
looks_only() {
  to_step
  wait_for "Look only"
  keys Enter
  wait_for "Hub attribute"
  keys Space
  wait_for "Read-only."
  keys Down Enter
  wait_for "Read-only."
  tui_stop
}

picture() {
  local name=$1
  shift
  set -- "$name" 's/draft saved ..:../draft saved HH:MM/' \
    's/fetched ....-..-.. ..:../fetched YYYY-MM-DD HH:MM/' "$@"
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
saved() { grep -q -- "$1" "$draft"; }
not_saved() { ! grep -q -- "$1" "$draft"; }

fetch() {
  type_text r
  wait_for "Data as fetched" 20
  wait_for "of 100"
}

@test "toggles and masks, counted before they are saved; undone, back to the default, imported" {
  begin
  to_requirements
  wait_for "r fetches the data"
  picture requirements-unfetched
  fetch
  picture requirements-list
  keys Down Right Right Space               # Skip on email
  wait_for "Skip would leave out 3 of 100 students."
  picture requirements-skip
  wait_until 5 saved 'email = "skip"'
  type_text u
  wait_for "Taken back"
  wait_gone "Skip would leave out"
  wait_until 5 not_saved 'email = "skip"'
  type_text u
  wait_for "Skip would leave out 3 of 100 students."
  keys Right Space                          # Masking: fixed
  wait_for "fixed"
  type_text m
  wait_for "What is stored in the place of the value"
  picture requirements-masks
  keys Down Down Down Enter
  wait_for "hash"
  wait_until 5 saved 'email = "skip, mask hash"'
  keys Down Left Left Left Space            # firstName: Include off
  wait_until 5 saved 'firstName = "exclude"'
  type_text d
  wait_for "firstName is as by default again"
  wait_until 5 not_saved firstName
  keys F9
  wait_for "Step 9 of 9: Done"
  wait_for "Requirements    1 other than the default"
  keys Enter
  wait_gone "Step 9 of 9" 10
  expect 0 require main --json
  jq -se 'map(select(.rule != null)) | map([.attribute, .rule]) == [["email", "skip, mask hash"]]' <<<"$output"
  expect 0 audit show
  [[ $output == *"require student.email=skip, mask hash"* ]]
  lp run main >/dev/null
  lp data student --json | jq -se 'length == 97 and all(.email | endswith("@masked.invalid"))'
}

@test "all that are shown at once; what holds the roster together is guarded; the menu in words" {
  begin
  to_requirements
  fetch
  type_text /name
  keys Enter
  wait_for "(filtered from 33)"
  keys Right                                # Report
  type_text a
  wait_for "of the attributes shown changed in Report"
  wait_until 5 saved 'middleName = "report"'
  type_text i
  wait_until 5 saved 'lastName = "optional"'
  type_text u
  wait_for "Taken back"
  wait_until 5 not_saved 'lastName'
  type_text D
  wait_for "become as by default"
  keys Enter
  wait_gone "become as by default"          # stays: the harmless one is the default
  saved 'middleName = "report"'
  type_text D
  wait_for "become as by default"
  keys Left Enter
  wait_for "The defaults are restored"
  wait_until 5 not_saved middleName
  keys Escape
  keys Left
  type_text /schoolId
  keys Enter
  wait_for "1-2 of 2"
  keys Space
  wait_for "student.schoolId holds the roster together and cannot be left out."
  keys Escape
  type_text /birthDate
  keys Enter Enter
  wait_for "student.birthDate"
  wait_for "Year only"
  picture requirements-menu
  keys Down Down Down Down Down Enter
  wait_for "year"
  wait_until 5 saved 'birthDate = "mask year"'
  keys Tab
  wait_for "[Teacher]"
  keys F1
  wait_for "Data Requirements"
  keys End
  wait_for "holds it like any other change"
}

@test "small and large: every size shows what is to be done" {
  begin
  lp run main >/dev/null
  to_requirements -x 40 -y 10
  wait_for "optional"
  keys Down Enter
  wait_for "student.email"
  picture requirements-menu-40x10
  keys Down Down Enter
  wait_for "skip"
  wait_until 5 saved 'email = "skip"'
  picture requirements-40x10
  resize 132 43
  wait_for "Masking"
  wait_for "Skip would leave out 3 of 100 students. Enrollments that go along: "
  picture requirements-132x43
}

@test "who may only look is told so" {
  begin
  lp run main >/dev/null
  to_requirements
  wait_for "of 100"
  other looks_only
}
