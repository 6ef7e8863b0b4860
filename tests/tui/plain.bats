#!/usr/bin/env bats
# The program in numbered lines: a whole life by a script, and where it opens by itself.

load ../scenario/helper
load ../scenario/pair
load helper
bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_DIRNAME/../.."
}

teardown() {
  tui_stop
  sim_stop
}

# plain LINE...: answers the questions with these lines; what was said is $output
plain() {
  run --separate-stderr bash -c 'printf "%s\n" "${@:4}" | timeout -k 5 60 "$1" --config "$2" --state "$3" --plain' \
    - "$lumenport" "$BATS_TEST_TMPDIR/etc/lumenport.conf" "$BATS_TEST_TMPDIR/state" "$@"
  ! grep -q $'\e' <<<"$output" || return 1
  [[ $output$stderr != *"$canary"* ]]
}

has() {
  [[ $output == *"$1"* ]] || {
    echo "not said: $1"
    echo "$output"
    echo "$stderr"
    return 1
  }
}

# Delivery Config from the address on: no advanced settings, tested, terms accepted.
delivery() { answers+=("$origin" demo "$canary" no yes yes yes); }
# The steps from Attributes Mapping to Schedule as they are.
later_steps() { answers+=('' '' '' '' '' '' ''); }

@test "set up, run, a held sync approved, another rejected, by lines alone" {
  sim_start
  answers=(1 '' "no address" '?' )
  delivery
  answers+=(a '/oak' '')
  later_steps
  answers+=(1)      # Finish
  answers+=(1 3 7)  # Run Import, Status, Quit
  plain "${answers[@]}"
  [ "$status" -eq 0 ]
  has "Step 1 of 9: Delivery Config"
  has "The Service URL is not an address."
  has "Service URL of the source, as the vendor gives it."
  has "ok: Schools: 3 visible"
  has "Do you accept these terms? (yes or no) [no]:"
  has "Auto Mapping: 3 schools mapped."
  has "Step 9 of 9: Done"
  has "Schools         3 switched on"
  has "main is set up."
  has "accepted"

  sim_set 'fault=lose=40'
  plain 1 2 2 3 no 7
  has "Held:"
  has "Type 2 to approve"
  has "Not approved. Nothing was changed."
  plain 2 5 '' 7
  has "Without a reason it is not rejected."
  plain 2 5 'half the district is missing' 7
  has "rejected"
  plain 1 2 3 3 4 7
  has "Type 3 to approve"
  expect 0 show 3 --json
  [[ $output == *'"state":"accepted"'* ]]
}

@test "the draft waits when the input ends, and is resumed, viewed, started over" {
  sim_start
  plain 1 '' "$origin" demo
  [ "$status" -eq 130 ]
  plain 3 1 '' ''
  has "A draft of main waits, at step 1 of 9."
  has "Client ID       demo"
  has "Service URL [$origin]:"
  plain 2 no 1 '' ''
  has "The draft is kept."
  has "Service URL [$origin]:"
  plain 2 discard 2 other
  has "Which source?"
  has "Step 1 of 9: Delivery Config"
  [ ! -e "$BATS_TEST_TMPDIR/state/drafts/main" ]
  [ -e "$BATS_TEST_TMPDIR/state/drafts/other" ]
}

@test "Attributes Mapping by lines: mappings, sources, data, defaults" {
  sim_start
  answers=(1 '')
  delivery
  answers+=(a '')
  answers+=("student.email = first(metadata.mail, email) | upper" "student.phone = none"
    "student.email = emial" "students.x=y" "perhaps" "sources class" fetch student
    "sources student" "class.schoolId=metadata.campus" "restore class" "student.phone =" b)
  answers+=('' q)   # Schools Mapping and on; what was changed is listed
  plain "${answers[@]}"
  has "All attributes are fed by their defaults."
  has "student.email comes from first(metadata.mail, email) | upper."
  has 'student.email: in OneRoster students have no attribute "emial". Did you mean email?'
  has "There is no such attribute. Write entity type and attribute, as in student.email."
  has '"perhaps" is not known here.'
  has "There is no data to show values of yet; fetch gets it."
  has "The data is there."
  has "email comes from first(metadata.mail, email) | upper, changed, for example JACOB.OWENS47@"
  has "username comes from username, for example s1000047"
  has "metadata.bus, in 6 of 60, for example 1"
  has "Schools decide what comes in"
  has "1 mapping of classes became the default again."
  has "student.phone comes from phone."
  has "1. student.email comes from first(metadata.mail, email) | upper, not from email"
  [ -s "$BATS_TEST_TMPDIR/state/pulled/main" ]
  plain 2 discard 2 other
  [ ! -e "$BATS_TEST_TMPDIR/state/pulled/main" ]
}

@test "Domains of Uniqueness and Master Fields by lines" {
  source_app east 2
  source_app west 2
  lp run east
  answers=(5 1 '' '' '' '' '' '' '' '' "add student lastName, firstName" "Whole name" "up student 4"
    "remove student 1" "remove student 9" "add student emial" "default teacher" "add pupil x" course
    switch switch perhaps '' "student.email = west: master, east: do not override"
    "student.email = wst: master" "email = west: master" "student.phone = west: master"
    "student.phone =" "g east teacher" "g nobody teacher" l '' '' '' 1)
  plain "${answers[@]}"
  has "  4. Whole name: lastName, firstName"
  has "  3. Whole name: lastName, firstName"
  has '"9" is no number of a domain of students.'
  has "Did you mean email?"
  has 'There is no entity type "pupil".'
  has "courses, no domain: the SIS id alone"
  has "east tells its records apart by their SIS id alone."
  has "The apps are: east, west."
  has "student.email: west: master, east: do not override."
  has 'There is no app "wst". There is: east, west.'
  has "Write entity type and attribute, as in student.email."
  has "Nothing is set for student.phone."
  has "east is master of every attribute of teachers."
  has 'There is no app "nobody".'
  has "east is set up."
  expect 0 unique --json
  jq -se 'map(select(.entity == "student").domain) == ["Email", "Whole name", "State id"]' <<<"$output"
  expect 0 master --json
  jq -se '(map(.entity) | unique) == ["student", "teacher"]' <<<"$output"
}

@test "Data Requirements by lines: listed with numbers, counted, changed, undone" {
  sim_start
  answers=(1 '')
  delivery
  answers+=(a '' '')
  answers+=("2 skip" student "2 skip, mask initials" 2 "99 skip" "2 skp" "student.phone = skip" fetch
    student undo undo "2 default" "class.schoolId = exclude" "x.y = skip" perhaps b)
  answers+=('' q)
  plain "${answers[@]}"
  has "Step 4 of 9: Data Requirements"
  has "List an entity type first, such as student."
  has "  1. username: report"
  has "There is no data to count in yet; fetch gets it."
  has "  2. email: skip, mask initials, changed"
  has "99 of students is no number of an attribute: 1 to 33."
  has 'student.email cannot be "skp": did you mean skip.'
  has "  14. phone: skip, changed, missing in "
  has "Skip would leave out "
  has "Enrollments that go along: "
  has "Taken back; undo once more brings it again."
  has "  2. email: optional, missing in 0 of 60"
  has "class.schoolId holds the roster together and cannot be left out."
  has "There is no such attribute."
  has '"perhaps" is not known here.'
  grep -q 'phone = "skip"' "$BATS_TEST_TMPDIR/state/drafts/main"
  run ! grep -q 'email = ' "$BATS_TEST_TMPDIR/state/drafts/main"
}

@test "advanced settings by number, a bad value told" {
  sim_start
  answers=(1 '' "$origin" demo "$canary" yes t 300% t 5% 6 0 20 l '')
  plain "${answers[@]}"
  has "300% is above 100%"
  has "Page size: 0 is not between 1 and 50000."
  has "Page size: 20"
  has "Deleted, any type: 5%"
}

@test "schools by number: renamed, mapped, deleted, switched" {
  sim_start
  answers=(1 '' "$origin" demo "$canary" no no yes)
  answers+=(none 2 'n 2' 'New name' 'm 3' S-0001 'd 3' 99 l q)
  plain "${answers[@]}"
  has "2. Cedar Ridge Elementary School: on"
  has "1 school is on."
  has "in the hub New name"
  has '"99" is no number of a school'
  has "The draft of main is saved."
}

@test "the settings of another are locked: told who holds them" {
  sim_start
  app_ready
  tui_start "$lumenport" --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" \
    --state "$BATS_TEST_TMPDIR/state" --plain
  wait_for "What next? [7]:"
  type_text 5
  keys Enter
  wait_for "Service URL ["
  plain 5 7
  has "Already at work: changing the settings, process"
}

@test "lines by themselves: TERM=dumb, ACCESSIBLE; never without a terminal unasked" {
  for how in "-t dumb" "-e ACCESSIBLE=1"; do
    # shellcheck disable=SC2086 # two words
    tui_start $how "$lumenport" --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" \
      --state "$BATS_TEST_TMPDIR/state"
    wait_for "Which source? [1]:"
    keys Enter
    wait_for "A short name for this app [main]:"
    keys C-c
    wait_for "exit 130"
    wait_for "terminal restored"
    tui_stop
  done
  run "$lumenport" </dev/null
  [ "$status" -eq 2 ]
  [[ $output == *"--plain"* ]]
}

@test "in a terminal the secret is not shown" {
  sim_start
  tui_start "$lumenport" --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" \
    --state "$BATS_TEST_TMPDIR/state" --plain
  wait_for "Which source?"
  keys Enter
  wait_for "short name"
  keys Enter
  wait_for "Service URL:"
  type_text "$origin"
  keys Enter
  wait_for "Client ID:"
  type_text demo
  keys Enter
  wait_for "Client Secret (not shown):"
  type_text "$canary"
  keys Enter
  wait_for "The Client Secret is stored"
  screen_lacks "$canary"
}

@test "Filter Rules in lines: conditions, templates, what goes along, what is wrong" {
  sim_start --students 60
  answers=(1 '')
  delivery
  answers+=(a '' '' '')
  answers+=("add student High: gradeLevel is one of 9, 10" "add student High: email is not empty"
    "add student High: emial is empty" "template current-calendars" "linked student=none"
    "delete calendar nonesuch" "delete calendar Terms that have not ended" nonsense fetch list)
  answers+=('' q)
  plain "${answers[@]}"
  [ "$status" -eq 0 ]
  [[ $output == *"gradeLevel is one of 9, 10; email is not empty"* ]]
  [[ $output == *"Did you mean email?"* ]]
  [[ $output == *"endDate is future"* ]]
  [[ $output == *'There is no filter "nonesuch" of calendars.'* ]]
  [[ $output == *'"nonsense" is not known here.'* ]]
  [[ $output == *"Would keep "*" of 60 students."* ]]
}
