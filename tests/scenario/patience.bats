#!/usr/bin/env bats
# shellcheck disable=SC2154,SC2015 # helper, wire and bats set them
# Sources that ask for patience or break off (protocol.md section 3, H1 and H2): the same page is
# asked for again, after as long as they say; and there is an end to it.
bats_require_minimum_version 1.5.0

load helper
load wire

setup_file() { wire_open; }
teardown_file() { wire_close; }

# waits SECONDS FAULT: the run is whole, and took at least so long
waits() {
  local from
  quiet_sim "$2"
  as_it_was ready 4 10
  from=$(date +%s%N)
  expect 0 run main --json
  [ $(($(date +%s%N) - from)) -ge $(($1 * 1000000000)) ]
  jq -e '.problems == {}' <<<"$output"
  hub_is "$file/want"
}

@test "H1 429 with Retry-After in seconds; then one request at a time" {
  waits 1 429=1:users@3
  sim_stats | jq -e '[.log[] | select(.status == 429)] | length == 1'
  waits 0 concurrency=2
}

@test "H1 429 with Retry-After as a date" {
  waits 1 429-date=2:enrollments
}

@test "H2 500, 502, 503 and 504 with HTML, in mid-paging" {
  waits 0 500:orgs
  waits 0 502:users@2
  waits 1 503=1:classes@2
  waits 0 504:enrollments@4
}

@test "a page cut in its JSON or its connection is fetched again" {
  waits 0 truncate:users@3
  waits 0 cut:enrollments@2
  waits 0 cut:orgs
  waits 0 truncate:orgs
}

@test "the token address may fail once, too" {
  waits 0 token-500
}

@test "there is an end to patience: exit 13, nothing changed" {
  fails 13 "with status 502 5 times" '502x*:users'
  fails 13 "Try again later" '500x*:orgs'
}

@test "a page that is always cut: exit 14, nothing changed" {
  fails 14 "arrives broken every time" 'truncatex*:users'
}
