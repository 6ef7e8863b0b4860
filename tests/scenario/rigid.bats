#!/usr/bin/env bats
# shellcheck disable=SC2034,SC2154 # helper and bats set them
# Against a second server, written without a look at the simulator: see rigid_server.py.
bats_require_minimum_version 1.5.0

load helper
load wire

setup() {
  timeout 60 python3 "$BATS_TEST_DIRNAME/rigid_server.py" "$canary" \
    >"$BATS_TEST_TMPDIR/ready" 3>&- </dev/null &
  sim_pid=$!
  for _ in $(seq 400); do grep -q ^ready "$BATS_TEST_TMPDIR/ready" && break; sleep 0.02; done
  read -r _ origin <"$BATS_TEST_TMPDIR/ready"
}
teardown() { sim_stop; }

@test "a rigid, minimal server: connected, imported whole, again unchanged, exported" {
  lp app add lumen-touch --name main --url "$origin/sis/" --client-id demo
  lp_secret
  lp terms accept main
  lp schools main --auto
  expect 0 test main
  [[ $output == *"OneRoster 1.1 at $origin/sis/ims/oneroster/v1p1"* ]]
  for size in 10 100 10000; do
    lp app set main page_size=$size >/dev/null
    expect 0 run main --json
    jq -e '.counts | .school.total == 3 and .student.total == 17 and .teacher.total == 3 and
      .class.total == 4 and .enrollment.total == 40 and .calendar.total == 1' <<<"$output"
    jq -e '.problems == {"missing_collection": 2}' <<<"$output"
  done
  jq -e '.state == "unchanged"' <<<"$output"
  one student 105 | jq -e '.schoolId == "3" and .lastName == "O'"'"'Neil, Jr." and .enabled'
  lp data enrollment --json | jq -e -s 'all(.[]; .userId and .classId)'
  expect 0 export --to "$BATS_TEST_TMPDIR/out"
  [ "$(wc -l <"$BATS_TEST_TMPDIR/out/enrollments.csv")" -eq 41 ]
  run ! grep -E '^[^,]*,[^,]*,[^,]*,[^,]*,,' "$BATS_TEST_TMPDIR/out/enrollments.csv"
}

@test "the same with a wrong secret" {
  lp app add lumen-touch --name main --url "$origin/sis" --client-id demo
  lp_secret main wrong
  expect 12 test main
  says "invalid_client"
}
