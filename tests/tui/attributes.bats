#!/usr/bin/env bats
# Attributes Mapping in a real tmux against the simulated Lumen Touch: the data that rules are
# tried on is fetched, and every edit is seen before it is saved.

load ../scenario/helper
load helper
bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_DIRNAME/../.."
  etc=$BATS_TEST_TMPDIR/etc/lumenport.conf
  state=$BATS_TEST_TMPDIR/state
}

teardown() {
  tui_stop
  sim_stop
}

# A new app "main" whose schools are all switched on, at Attributes Mapping.
to_attributes() {
  tui_start "$@" "$lumenport" --config "$etc" --state "$state" \
    --prefill "$origin,demo,$BATS_TEST_TMPDIR/sim.secret"
  wait_for "Application Gallery"
  keys Tab Enter
  wait_for "A short name for this app"
  keys Enter Enter
  wait_for "Step 1 of 9: Delivery Config"
  keys F8
  wait_for "The terms: not accepted yet"
  keys Enter
  wait_for "lumenport: terms of an import"
  keys BTab Enter
  wait_for "Terms: accepted"
  keys F8
  wait_for "Oak View High School" 20
  type_text A
  wait_for "3 schools switched on"
  keys F8
  wait_for "Step 3 of 9: Attributes Mapping"
}

# What differs from run to run.
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

fetch() {
  type_text r
  wait_for "Data as fetched"
  wait_for "s1000047"
}

@test "the data of a draft is fetched by a dry run, which can be cancelled and goes on behind other steps" {
  sim_start
  to_attributes
  wait_for "r fetches the data, to show real values here"
  sim_set think=20000
  type_text r
  wait_for "Esc cancels"
  keys Escape
  wait_for "Cancelled. Nothing was changed" 10
  [ ! -e "$state/pulled/main" ]
  sim_set clear=1
  sim_set think=300
  type_text r
  wait_for "Esc cancels"
  keys F7
  wait_for "Step 2 of 9: Schools Mapping"
  keys F8
  wait_for "Step 3 of 9: Attributes Mapping"
  wait_for "Data as fetched 2" 20
  [ -s "$state/pulled/main" ]
  expect 0 history --json
  [ -z "$output" ]
  # Thrown away with the draft: it is personal data of an app that never was.
  keys F10
  wait_for "Save draft"
  keys Tab Enter
  wait_for "the client secret too"
  type_text main
  keys Enter Enter
  wait_for "exit 0"
  [ ! -e "$state/pulled/main" ]
}

@test "data cannot be fetched without a source, and it is said why" {
  sim_start
  to_attributes
  sim_stop
  type_text r
  wait_for "refused" 20
}

@test "a mapping is written, tried on the data before it is saved, undone, and imported" {
  sim_start
  to_attributes
  fetch
  picture attributes-list
  keys Down Enter
  wait_for "Fills 50 of the 50 records tried."
  type_text " | lowr"
  wait_for "There are lower, upper, trim"
  picture attributes-wrong
  keys Enter Enter                          # not saved: back to the text
  wait_for "There are lower, upper, trim"
  keys C-u
  type_text "first(metadata.mail, email) | lower | before(@)"
  wait_for "jacob.owens47@students.lumenvalley.example → jacob.owens47"
  picture attributes-editor
  keys Enter Enter
  wait_for "email is changed; u takes it back."
  wait_for "*  email                   <- first(metadata.mail, e"
  grep -q 'email = "first(metadata.mail, email) | lower | before(@)"' "$state/drafts/main"
  type_text u
  wait_for "Taken back"
  wait_for "   email                   <- email"
  run ! grep -q 'metadata.mail' "$state/drafts/main"
  type_text u
  wait_for "*  email "
  keys F9
  wait_for "Step 9 of 9: Done"
  wait_for "Attributes      1 mapping other than the default"
  keys Enter
  wait_gone "Step 9 of 9" 10
  expect 0 map main --changed
  [[ $output == *"student.email"*"first(metadata.mail, email) | lower | before(@)"* ]]
  expect 0 audit show
  [[ $output == *"app.add"*"map student.email=first(metadata.mail, email) | lower | before(@)"* ]]
  lp run main
  lp data student --json | jq -se 'any(.email == "jacob.owens47") and all(.email | contains("@") | not)'
}

@test "sources and transformations are picked from lists; defaults come back one by one or all" {
  sim_start
  to_attributes
  fetch
  keys Down
  type_text s
  wait_for "email: jacob.owens47@students"
  picture attributes-sources
  type_text /bus
  wait_for "1-1 of 1 (filtered from 42)"
  keys Enter Enter
  wait_for "[metadata.bus "
  wait_for "Fills "
  keys Tab Right Enter                      # Source, from the buttons
  wait_for "Space adds it as another"
  type_text /username
  keys Enter Space
  wait_for "[first(metadata.bus, username)"
  keys Tab Right Right Enter
  wait_for "small letters: Maria@X.org is maria@x.org"
  picture attributes-transformations
  keys Down Enter
  wait_for "| upper "
  wait_for "S1000047"
  keys Enter Enter
  wait_for "* "
  keys Down Enter
  wait_for "student.firstName"
  keys C-u
  type_text none
  wait_for "It will be missing in every record"
  keys Enter Enter
  wait_for "<- none"
  wait_for "It will be missing in every record"
  type_text /changed
  wait_for "1-2 of 2 (filtered from 33)"
  keys Escape
  keys Delete
  wait_for "firstName is fed by givenName again"
  type_text D
  wait_for "1 mapping of students becomes the default again."
  keys Escape
  wait_gone "becomes the default"
  wait_for "*  email"
  type_text D
  wait_for "[ Restore ]"
  keys Left Enter
  wait_for "The defaults are restored."
  wait_gone "*  email"
  type_text d
  wait_for "firstName is fed by its default already."
}

@test "what ties records together is guarded; Esc saves nothing" {
  sim_start
  to_attributes
  fetch
  keys BTab BTab BTab                       # Enrollment, the other way round
  wait_for "[Enrollment]"
  wait_for "classId"
  keys Enter
  wait_for "enrollment.classId"
  keys C-u
  type_text none
  wait_for "it cannot be none: it ties enrollments to"
  keys C-u
  type_text user.sourcedId
  wait_for "It must be an id that the source gives to another"
  keys Escape
  wait_gone "Nothing is saved before Save"
  screen_lacks "*  classId"
  keys F1
  wait_for "Attributes Mapping"
  keys End
  wait_for "grades(oneroster): grade levels"
}

@test "small and large: every size shows what is to be done" {
  sim_start
  to_attributes -x 40 -y 10
  type_text r
  wait_for "1-"
  wait_until 20 test -s "$state/pulled/main"
  keys Down Enter
  wait_for "Fills 50"
  picture attributes-editor-40x10
  keys Escape
  wait_gone "Fills"
  picture attributes-40x10
  resize 132 43
  wait_for "For example"
  picture attributes-132x43
}

@test "an app of files, set up already: no secret is asked for, and what is not changed is no draft" {
  load ../scenario/pair
  source_app east 4
  tui_start "$lumenport" --config "$etc" --state "$state"
  wait_for "[Overview]"
  type_text 7
  wait_for "[Settings]"
  keys Down Down Enter
  wait_for "Step 3 of 9: Attributes Mapping"
  type_text r
  wait_for "Data as fetched"
  wait_for "no changes"
  keys Enter
  wait_for "Fills 4 of the 4 records tried."
  type_text " | upper"
  keys Enter Enter
  wait_for "username is changed"
  wait_for "draft saved"
  type_text d
  wait_for "username is fed by username again"
  keys F7
  wait_for "Step 2 of 9"
  keys F7
  wait_for "Step 1 of 9"
  keys Escape
  wait_for "[Settings]"
  [ ! -e "$state/drafts/east" ]
}
