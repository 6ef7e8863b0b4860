#!/usr/bin/env bats
# A OneRoster CSV by keyboard and in lines: from the gallery to an import, asked for a path and for
# nothing else.
# shellcheck disable=SC2034 # variables that the helpers share

load ../scenario/helper
load ../scenario/roster
load ../scenario/csv
load helper
bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_DIRNAME/../.."
  above=$(mktemp -d /tmp/csv-tui.XXXXXX)
  csv=$above/east
  district
  find "$above" -exec touch -d '1 minute ago' {} +
}

teardown() {
  tui_stop
  rm -rf "$above"
}

# picture NAME: the screen, without what differs from run to run
picture() {
  set -- "$1" 's|/tmp/csv-tui\.......|/tmp/csv-tui.XXXXXX|g' 's/draft saved ..:../draft saved HH:MM/' \
    's/accepted ....-..-.. by .*/accepted DATE by USER./' 's/accepted by .*/accepted by USER/' \
    's/passed at ..:../passed at HH:MM/'
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

@test "gallery, path, test, schools, Finish, import" {
  tui_start "$lumenport" --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" --state "$BATS_TEST_TMPDIR/state"
  wait_for "Application Gallery"
  type_text "csv"
  wait_gone "Lumen Touch"
  wait_for "You need the path; nothing else."
  keys Tab Enter
  wait_for "A short name for this app"
  keys C-u
  type_text east
  keys Enter Enter
  wait_for "Step 1 of 9: Delivery Config"
  wait_for "Where east comes from: the folder of the CSV files, or a zip of them."
  [[ $(screen) != *"Service URL"* && $(screen) != *"Client"* && $(screen) != *"Connection  "* ]]
  # nothing, something else, and what is not there
  keys F8
  wait_for "Folder or zip: is missing. Enter a full path such as /srv/roster/east.zip."
  type_text "east.zip"
  keys Tab
  wait_for 'Folder or zip: "east.zip" is not a full path.'
  keys BTab
  wait_for "Folder or zip"
  keys C-u
  type_text "$above/west"
  keys Tab
  wait_for "Cannot read $above/west: No such file"
  keys BTab C-u
  type_text "$csv"
  keys Tab
  wait_for "Tries the connection"
  keys Enter
  wait_for "All that must work works." 20
  wait_for "ok       users.csv: bulk, 6 rows"
  keys Enter
  wait_for "Test Connection: passed at"
  keys F8
  wait_for "The terms: not accepted yet"
  keys Enter
  wait_for "lumenport: terms of an import"
  keys BTab Enter
  wait_for "Terms: accepted"
  picture csv-delivery
  keys F8
  wait_for "Step 2 of 9: Schools Mapping"
  wait_for "East Middle" 20
  type_text A
  wait_for "Auto Mapping: 2 schools switched on."
  keys F8
  wait_for "Step 3 of 9: Attributes Mapping"
  keys F9
  wait_for "Step 9 of 9: Done"
  picture csv-done
  keys Enter
  wait_gone "Step 9 of 9" 10
  wait_for "[Overview]"
  [[ $(screen) != *Missing* ]]
  keys F5
  wait_for "Last sync: 1" 20
  wait_for "accepted: "
  expect 0 history east --json
  [[ $output == *'"state":"accepted"'* ]]
  expect 0 status --json
  [[ $output == *'"student":2'* ]]
}

@test "in lines: the third source, a path, and no secret" {
  run --separate-stderr bash -c 'printf "%s\n" "${@:4}" | timeout -k 5 60 "$1" --config "$2" --state "$3" --plain' \
    - "$lumenport" "$BATS_TEST_TMPDIR/etc/lumenport.conf" "$BATS_TEST_TMPDIR/state" \
    3 east '' '?' "$above/west" "$csv" no yes yes yes a '' '' '' '' '' '' '' '' 1 1 7
  [ "$status" -eq 0 ] || { echo "$output"; return 1; }
  local text
  for text in 'OneRoster CSV: files in a folder or a zip' 'Folder or zip is missing.' \
    'Folder or zip file of a OneRoster CSV.' "Cannot read $above/west" 'ok: users.csv: bulk, 6 rows' \
    'Auto Mapping: 2 schools mapped.' 'east is set up.'; do
    [[ $output == *"$text"* ]] || { echo "not said: $text"; echo "$output"; return 1; }
  done
  [[ $output != *'Client'* && $output != *'Service URL'* ]]
  expect 0 status --json
  [[ $output == *'"student":2'* ]]
}
