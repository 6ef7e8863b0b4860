#!/usr/bin/env bats
# shellcheck disable=SC2154,SC2015 # helper, wire and bats set them
# Finding the service and the way in: Service URLs as they are pasted, both versions, OAuth 2 and
# OAuth 1.0a, what is learned, and what is refused.
bats_require_minimum_version 1.5.0

load helper
load wire

setup_file() { wire_open; }
teardown_file() { wire_close; }

# connects URL [OPTION of app add...]: a new app with that Service URL runs and has it all
connects() {
  rm -rf "${BATS_TEST_TMPDIR:?}/etc" "$BATS_TEST_TMPDIR/state"
  lp app add lumen-touch --name main --url "$@" --client-id demo >/dev/null 2>&1
  lp_secret >/dev/null
  lp terms accept main >/dev/null
  lp schools main --auto >/dev/null 2>&1 || { lp schools main --auto; return 1; }
  expect 0 run main --json || { echo "at $1"; return 1; }
  jq -e '.state == "accepted"' <<<"$output" >/dev/null
}

learned() { lp app show main --json | jq -r ".learned.$1"; }

@test "a Service URL in any form that is pasted leads to the service" {
  local form
  quiet_sim
  for form in "/" "//" "/ims/oneroster/v1p1" "/ims/oneroster/v1p1/" "/ims/oneroster/v1p1/users" \
    "/ims/oneroster/v1p1/orgs/?limit=10#top" "?a=b" "#x" "/ims/oneroster" "/ims" "/users"; do
    connects "$origin$form"
    [ "$(learned root)" = "$origin/ims/oneroster/v1p1" ]
  done
  connects "  $origin  "
  hub_is "$file/want"
}

@test "below a path, and in version 1.2, found by trying" {
  local version path
  for version in 1.1 1.2; do
    path=/ims/oneroster/v1p1
    [ $version = 1.1 ] || path=/ims/oneroster/rostering/v1p2
    quiet_sim
    sim_set "version=$version&root=/district-7"
    connects "$origin/district-7"
    [ "$(learned root)" = "$origin/district-7$path" ]
    connects "$origin/district-7$path"
    expect 0 test main
    [[ $output == *"OneRoster $version"* ]]
    quiet_sim
    sim_set "version=$version"
    connects "$origin"
    [ "$(learned root)" = "$origin$path" ]
  done
}

@test "the four orders of OAuth 2, and what token addresses say" {
  local case
  for case in ":oauth2 basic scope" "basic-refused:oauth2 body scope" \
    "body-refused:oauth2 basic scope" "scope-required:oauth2 basic scope" \
    "scope-unknown:oauth2 basic" "scope-unknown basic-refused:oauth2 body" \
    "basic-refused scope-required:oauth2 body scope" "token-string:oauth2 basic scope" \
    "token-type=BEARER:oauth2 basic scope" "expires-string:oauth2 basic scope" \
    "no-expires:oauth2 basic scope"; do
    # shellcheck disable=SC2086 # several words
    quiet_sim ${case%:*}
    connects "$origin"
    [ "$(learned auth)" = "${case#*:}" ] || { echo "$case: $(learned auth)"; return 1; }
    hub_is "$file/want"
  done
}

@test "OAuth 1.0a is found by trying, and used where it is set; SHA-256 too" {
  quiet_sim
  sim_set auth=oauth1
  connects "$origin"
  [ "$(learned auth)" = "oauth1 HMAC-SHA1" ]
  hub_is "$file/want"
  connects "$origin" --auth oauth1
  hub_is "$file/want"
  quiet_sim
  sim_set auth=both
  connects "$origin" --auth oauth1
  sim_stats | jq -e '.tokens_issued == 0'
  connects "$origin"
  [[ $(learned auth) == oauth2* ]]
  quiet_sim
  sim_set auth=oauth1
  rm -rf "${BATS_TEST_TMPDIR:?}/etc" "$BATS_TEST_TMPDIR/state"
  lp app add lumen-touch --name main --url "$origin" --client-id demo --auth oauth2 2>&1
  lp_secret >/dev/null
  expect 14 test main --json
  says "no token address"
}

@test "OAuth 1.0a and a wrong clock: the clock is named" {
  quiet_sim skew=900
  sim_set auth=oauth1
  as_it_was ready
  lp app set main auth=oauth1 >/dev/null
  expect 12 test main
  says "clock is"
  says "timedatectl"
}

@test "a wrong secret, a wrong client: exit 12, what to check; the secret is not quoted" {
  local auth
  for auth in oauth2 oauth1; do
    quiet_sim
    sim_set "auth=$auth&secret=other"
    as_it_was ready
    [ $auth = oauth2 ] || lp app set main auth=oauth1 >/dev/null
    expect 12 run main
    says "heck"
    expect 12 test main
    [ "$(wc -l <<<"$stderr")" -eq 1 ]
    quiet_sim
    sim_set "auth=$auth&client_id=someone"
    expect 12 run main
  done
  quiet_sim token-200-fail
  as_it_was ready
  expect 12 run main
  says "grants no token"
  quiet_sim token-html
  as_it_was ready
  expect 14 run main
  says "a web page"
  says "token_url"
}

@test "the token address: elsewhere on the server, given by hand, with a query" {
  local path
  for path in /token /oauth/token /oauth2/token /auth/token /auth/login; do
    quiet_sim
    sim_set "token_path=$path"
    connects "$origin"
    [ "$(learned token_url)" = "$origin$path" ]
  done
  quiet_sim
  sim_set token_path=/very/special
  connects "$origin" --token-url "$origin/very/special?appName=X&y=1"
  sim_stats | jq -e '[.log[] | select(.path == "/very/special") | .query] | all(. == "appName=X&y=1") and length > 0'
  rm -rf "${BATS_TEST_TMPDIR:?}/etc" "$BATS_TEST_TMPDIR/state"
  lp app add lumen-touch --name main --url "$origin" --client-id demo >/dev/null 2>&1
  lp_secret >/dev/null
  expect 12 test main
  says "token_url"
}

@test "what worked is remembered, and looked for again when the server changes" {
  quiet_sim scope-unknown basic-refused
  sim_set token_path=/auth/token
  connects "$origin"
  curl -sS -X POST "$origin/sim/reset-stats" -o /dev/null
  expect 0 run main
  # One token, no address tried that is not there.
  sim_stats | jq -e '.tokens_issued == 1 and .auth_failures == 0 and
    [.log[] | select(.status != 200)] == []'
  quiet_sim
  expect 0 run main --json
  jq -e '.state == "unchanged"' <<<"$output"
  quiet_sim
  sim_set auth=oauth1
  expect 0 run main
  [[ $(learned auth) == oauth1* ]]
  quiet_sim
  sim_set version=1.2
  run --separate-stderr lp run main --json
  [ "$status" -eq 20 ] || [ "$status" -eq 0 ]
  [ "$(learned root)" = "$origin/ims/oneroster/rostering/v1p2" ]
}

@test "a learned address on another origin gets no secret" {
  quiet_sim
  as_it_was ran
  sed -i 's|token_url = ".*"|token_url = "http://127.0.0.1:9/token"|' \
    "$BATS_TEST_TMPDIR/etc/lumenport.conf"
  expect 0 run main
  [[ $(learned token_url) == "$origin"/* ]]
}

@test "Test Connection: each step, what it found, exit codes" {
  quiet_sim
  as_it_was ready
  expect 0 test main --json
  jq -e '.ok and ([.steps[].name] | index("Name lookup") != null and index("Service") != null
    and index("Authorisation") != null and index("Schools") != null and index("users") != null
    and index("Clock") != null) and all(.steps[]; .state == "ok" or .state == "skipped")' <<<"$output"
  quiet_sim forbidden=demographics missing=courses
  expect 0 test main --json
  jq -e '[.steps[] | select(.state == "warning") | .name] | sort == ["courses", "demographics"]' <<<"$output"
  jq -e '[.steps[] | select(.state == "warning") | .advice] | all(. != "")' <<<"$output"
  quiet_sim no-permission
  expect 14 test main
  says "no school is visible"
  quiet_sim forbidden=enrollments
  expect 12 test main
  says "grant"
  quiet_sim html
  expect 14 test main
  hub | cmp - /dev/null
}

@test "addresses that are refused before anything is sent" {
  local case
  for case in "http://sis.example.org|plain http" "http://10.1.2.3|plain http" \
    "https://169.254.169.254|metadata" "https://[fe80::1]|link-local" \
    "https://[::ffff:169.254.169.254]|metadata" "https://user:pw@sis.example.org|user or password" \
    "ftp://sis.example.org|https://" "https://|" "https://0.0.0.0|refused"; do
    run --separate-stderr lp app add lumen-touch --name main --url "${case%|*}" --client-id demo
    if [ "$status" -ne 10 ]; then
      # or when it is used
      lp_secret >/dev/null
      expect 10 test main
      lp app remove main >/dev/null 2>&1
    fi
    says "${case#*|}" || [ "${case#*|}" = refused ]
    [[ $stderr != *pw@* ]]
  done
  run --separate-stderr lp app add lumen-touch --name main --url "$origin" --client-id demo \
    --token-url http://sis.example.org/token
  [ "$status" -eq 10 ]
}

@test "a name that does not resolve, a port that is closed: exit 13 and what to check" {
  quiet_sim
  lp app add lumen-touch --name main --url https://no-such-host.invalid --client-id demo 2>&1
  lp_secret >/dev/null
  expect 13 test main --json
  says "cannot resolve no-such-host.invalid"
  jq -e '.steps[-1] | .name == "Name lookup" and .state == "failed"' <<<"$output"
  lp app set main url=http://127.0.0.1:9 2>&1
  expect 13 test main --json
  says "connection refused by 127.0.0.1 port 9"
  jq -e '.steps[-1] | .name == "TCP connection" and .state == "failed"' <<<"$output"
  lp app set main "url=${origin/http:/https:}" 2>&1
  expect 13 test main --json
  says "TLS"
  jq -e '.steps[-1] | .name == "TLS" and .state == "failed"' <<<"$output"
}

@test "the canaries are nowhere but in the secret's file and the hub" {
  local student
  student=$(jq -r 'select(.entity == "student") | .lastName + "\n" + .email' "$file/want" | sed -n 1,2p)
  {
    for fault in token-html basic-refused forbidden=users html:users junk-record dangling \
      wrong-types missing-ids cut:users "error-html forbidden=orgs"; do
      # shellcheck disable=SC2086
      quiet_sim $fault
      as_it_was ready
      lp run main || true
      lp run main --json || true
      lp test main || true
      lp show 1 || true
      lp history main
      lp status
      lp audit show
    done
  } >"$BATS_TEST_TMPDIR/said" 2>&1
  run ! grep -qF "$canary" "$BATS_TEST_TMPDIR/said"
  run ! grep -qF "$(sed -n 2p <<<"$student")" "$BATS_TEST_TMPDIR/said"
  run ! grep -rqF "$canary" "$BATS_TEST_TMPDIR/etc"
  [ "$(grep -rlF "$canary" "$BATS_TEST_TMPDIR/state")" = "$BATS_TEST_TMPDIR/state/secrets/main" ]
  [ -z "$(grep -rlF "$(sed -n 2p <<<"$student")" "$BATS_TEST_TMPDIR/state" | grep -v '/hub\.db')" ]
}
