#!/usr/bin/env bats
# shellcheck disable=SC2154,SC2015 # helper, wire and bats set them
# HTTP as sources really do it (protocol.md section 3, rows H), all that does not take waiting.
bats_require_minimum_version 1.5.0

load helper
load wire

setup_file() { wire_open; }
teardown_file() { wire_close; }

# second_sim: another server on another port, in $second
second_sim() {
  "$lumensim" --lifetime 60 --auth none >"$BATS_TEST_TMPDIR/second" 3>&- </dev/null &
  second_pid=$!
  for _ in $(seq 200); do grep -q ^ready "$BATS_TEST_TMPDIR/second" && break; sleep 0.02; done
  read -r _ second <"$BATS_TEST_TMPDIR/second"
}

@test "H3 a token that ends in mid-run is renewed once, whatever is under way" {
  quiet_sim token-expire:users@3
  as_it_was ready 4 10
  expect 0 run main
  hub_is "$file/want"
  sim_stats | jq -e '.tokens_issued == 2'
  fails 12 "refuses the access token" 'token-expirex*:users'
  # Tokens that live a second are renewed before they end, not after.
  quiet_sim
  sim_set 'token_life=1&think=40'
  as_it_was ready 1 10
  expect 0 run main
  hub_is "$file/want"
  sim_stats | jq -e '.tokens_issued >= 2'
}

@test "H4 no redirect is followed, of the token or of pages; the address is named" {
  second_sim
  fails 10 "redirects to $second/token" "token-redirect=$second/token"
  fails 10 "redirects to $second/x" "redirect=$second/x:users"
  fails 10 "redirects to /elsewhere" "redirect=/elsewhere:classes"
  quiet_sim "redirect=$second/x"
  lp app set main url="$origin/" >/dev/null
  expect 10 test main
  curl -sS "$second/sim/stats" | jq -e '.requests == 0'
  kill "$second_pid"
}

@test "H5 H6 H7 not permitted, not there, empty: which is fatal, and what to do" {
  fails 12 "Ask its administrator to grant" forbidden=users
  fails 12 "Ask its administrator to grant" forbidden=orgs
  fails 12 "Ask its administrator to grant" forbidden=enrollments
  fails 14 "shows no school at all. Most often its client has no permission" no-permission
  fails 14 "no user at all" no-permission:users
  fails 14 "no school at all" empty-type=orgs
  fails 14 "/classes" missing=classes
  fails 14 "/academicSessions" missing=academicSessions
  fails 14 "no OneRoster service" missing=orgs
}

@test "H5 H7 courses and demographics that are not given: told, nothing of theirs is lost" {
  local fault
  for fault in forbidden=demographics missing=demographics forbidden=courses missing=courses; do
    quiet_sim "$fault"
    as_it_was ran 4 10
    expect 0 run main --json
    jq -e '.state == "unchanged" and .problems == {"missing_collection": 1}' <<<"$output"
    as_it_was ready 4 10
    expect 0 run main --json
    jq -e '.state == "accepted" and .problems == {"missing_collection": 1}' <<<"$output"
  done
  # courses are missing in this last one, and only they
  hub | jq -c 'select(.entity != "course")' >"$BATS_TEST_TMPDIR/got"
  jq -c 'select(.entity != "course")' "$file/want" | cmp - "$BATS_TEST_TMPDIR/got"
}

@test "no users collection: students and teachers are read instead" {
  quiet_sim users-404
  as_it_was ready 4 10
  expect 0 run main --json
  jq -e '.counts.student.total == 30 and .counts.teacher.total > 3 and .counts.contact.total == 0
    and .problems.missing_collection == 1' <<<"$output"
  as_it_was ran 4 10
  expect 20 run main --json
  jq -e '[.hold[] | select(.kind == "emptied") | .entity] == ["admin", "contact"]' <<<"$output"
}

@test "H9 a session cookie is sent back" {
  runs_whole cookie
}

@test "H11 compressed, in chunks, headers in lower case, a byte order mark, large pages" {
  runs_whole gzip-unasked
  runs_whole chunked
  runs_whole lower-headers
  runs_whole bom
  quiet_sim big-body=20:users chunked
  as_it_was ready 4 10000
  expect 0 run main
  hub_is "$file/want"
  quiet_sim
  sim_set gzip=1
  as_it_was ready 4 100
  expect 0 run main
  hub_is "$file/want"
}

@test "a page beyond all measure is refused before it is all there" {
  how="1 10000" fails 14 "more than 128 MiB" big-body=140:users
}

@test "H12 no more requests at once than the settings say; fewer when the source refuses" {
  local parallel
  for parallel in 1 4; do
    quiet_sim
    sim_set think=20
    as_it_was ready "$parallel" 20
    expect 0 run main
    sim_stats | jq -e --argjson p "$parallel" '.max_concurrent_pages == $p'
  done
  hub_is "$file/want"
}

@test "H13 strict about parameters: asked again without" {
  runs_whole strict-400
}

@test "a clock that is off matters not to OAuth 2, and Test Connection tells" {
  runs_whole skew=900
  expect 0 test main
  [[ $output == *"900 seconds behind the source"* || $output == *"899 seconds behind"* ]]
  [[ $output == *"timedatectl set-ntp true"* ]]
}

@test "error bodies of every shape give their reason" {
  local shape
  for shape in flat nested set string codemajor oauth problem text; do
    quiet_sim "error-$shape" forbidden=users
    as_it_was ran 4 100
    expect 12 run main
    says "(status 403: Not allowed)"
  done
  quiet_sim error-html forbidden=users
  expect 12 run main
  [[ $stderr != *"<"* ]]
}

@test "Ctrl-C during a stall: over within a second, nothing changed, the next run works" {
  local start
  for signal in INT:130 TERM:143; do
    quiet_sim stall:users
    as_it_was ran 4 10
    sim_set day=1
    # Job control, because a background process of a script ignores SIGINT from birth.
    # shellcheck disable=SC2016 # for the inner shell
    run --separate-stderr bash -mc '
      "$1" --config "$2/etc/lumenport.conf" --state "$2/state" run main </dev/null &
      for _ in $(seq 200); do
        curl -sS "$3/sim/stats" | grep -q users && break
        sleep 0.02
      done
      sleep 0.2
      date +%s%N >"$2/start"
      kill "-$4" $!
      wait $!' - "$lumenport" "$BATS_TEST_TMPDIR" "$origin" "${signal%:*}"
    start=$(cat "$BATS_TEST_TMPDIR/start")
    [ "$status" -eq "${signal#*:}" ]
    [ $(($(date +%s%N) - start)) -lt 1000000000 ]
    hub_is "$file/want"
  done
  quiet_sim
  expect 0 run main --json
  jq -e '.state == "unchanged"' <<<"$output"
}
