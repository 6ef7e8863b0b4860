#!/usr/bin/env bats
# shellcheck disable=SC2154,SC2015 # helper, wire and bats set them
# Paging as sources really do it (protocol.md section 3, rows P): whatever a page, a total or a
# link says, an import brings exactly what is there, or it fails and changes nothing.
bats_require_minimum_version 1.5.0

load helper
load wire

setup_file() { wire_open; }
teardown_file() { wire_close; }

@test "pages of all sizes, one request at a time and several: always the same hub" {
  local how
  for how in "1 10" "2 10" "4 10" "1 100" "4 100" "16 10" "1 10000"; do
    quiet_sim
    # shellcheck disable=SC2086 # two words
    as_it_was ready $how
    expect 0 run main --json
    jq -e '.problems == {}' <<<"$output"
    hub_is "$file/want"
  done
}

@test "P1 no total, no links" {
  runs_whole no-total
  runs_whole no-total no-link
}

@test "P2 pages clamped in silence; the size that came is asked for next time" {
  runs_whole limit-clamp=7
  runs_whole limit-clamp=7 no-total no-link
  expect 0 app show main --json
  jq -e '.learned.page_size == 7' <<<"$output"
  quiet_sim
  as_it_was ready 4 10000
  sim_set limit_cap=50
  expect 0 run main
  hub_is "$file/want"
  curl -sS -X POST "$origin/sim/reset-stats" -o /dev/null
  expect 0 run main --json
  jq -e '.state == "unchanged"' <<<"$output"
  sim_stats | jq -e '[.log[].query | select(test("limit=10000"))] == []'
}

@test "P3 a page size over the cap is a 400: halved, and remembered" {
  runs_whole limit-400=50
  runs_whole limit-400=13 no-total
  expect 0 app show main --json
  jq -e '.learned.page_size <= 13' <<<"$output"
}

@test "a page that is not found in the middle is no end: the rest is missed by nobody" {
  runs_whole no-total no-link missingx1=users@3
  runs_whole no-total no-link missingx1=enrollments@5
}

@test "P4 a next link past the end; no address is fetched twice" {
  runs_whole next-past-end
  sim_stats | jq -e '[.log[] | select(.query | test("limit=1&") | not) | .path + "?" + .query] |
    length == (unique | length)'
}

@test "P5 links are hints: relative, bare, off by one, without the query, in a loop" {
  runs_whole link-relative
  runs_whole link-bare
  runs_whole link-offbyone
  runs_whole link-nofilter
  runs_whole link-loop
}

@test "P5 a link to another host is never followed, with or without the token" {
  "$lumensim" --lifetime 60 --auth none >"$BATS_TEST_TMPDIR/other" 3>&- </dev/null &
  local pid=$! other
  for _ in $(seq 200); do grep -q ^ready "$BATS_TEST_TMPDIR/other" && break; sleep 0.02; done
  read -r _ other <"$BATS_TEST_TMPDIR/other"
  runs_whole "link-otherhost=$other"
  curl -sS "$other/sim/stats" | jq -e '.requests == 0'
  kill "$pid"
}

@test "P6 totals that are wrong: everything is taken, once more to be sure, and it is told" {
  local total
  for total in 50 100000 zero negative; do
    runs_whole "total-wrong=$total"
    jq -e '.problems == {"wrong_total": 7}' <<<"$output"
  done
}

@test "P6 totals per page, changing, unfiltered" {
  runs_whole total-wrong=perpage
  runs_whole total-wrong=changing
  runs_whole total-wrong=unfiltered
}

ids() { jq -r '.entity + " " + .sisId' | LC_ALL=C sort -u; }

# moved FAULT HOW: rows come or go in the middle of a pull. All that is there afterwards is in
# the hub; so may be what was there before, but nothing else.
moved() {
  local at=$BATS_TEST_TMPDIR
  quiet_sim "$1"
  # shellcheck disable=SC2086 # two words
  as_it_was ready $2
  expect 0 run main
  hub | ids >"$at/moved"
  # shellcheck disable=SC2086
  as_it_was ready $2
  expect 0 run main
  hub | ids >"$at/after"
  ids <"$file/want" | LC_ALL=C sort -u - "$at/after" >"$at/either"
  LC_ALL=C comm -23 "$at/after" "$at/moved" >"$at/missed"
  LC_ALL=C comm -13 "$at/either" "$at/moved" >"$at/ghosts"
  [ ! -s "$at/missed" ] && [ ! -s "$at/ghosts" ] || {
    head -3 "$at/missed" "$at/ghosts"
    return 1
  }
}

@test "P7 rows come and go while they are read: nobody is missed" {
  local n
  for n in 1 3 -1 -3; do
    moved "shift=$n:users@3" "1 10"
    moved "shift=$n:users@3" "4 10"
    moved "shift=$n:enrollments@2" "4 100"
  done
}

@test "P7 sort is asked for, and dropped where it is a 400" {
  quiet_sim
  as_it_was ready 4 100
  expect 0 run main
  sim_stats | jq -e '[.log[].query | select(test("limit=100&")) | test("sort=sourcedId&orderBy=asc")] | all'
  runs_whole strict-400=sort
  runs_whole strict-400=sort,orderBy
  sim_stats | jq -e '[.log[] | select(.status == 400)] | length < 15'
}
