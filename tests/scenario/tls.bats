#!/usr/bin/env bats
# shellcheck disable=SC2034,SC2154 # helper and bats set them
# TLS: certificates are checked, always; what is wrong with one is told.
bats_require_minimum_version 1.5.0

load helper

# An authority of our own, and certificates of it: good, expired, for another host.
setup_file() {
  cd "$BATS_FILE_TMPDIR" || return 1
  openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj "/CN=Test CA" 2>/dev/null
  issue good 127.0.0.1 -days 2
  issue other 127.0.0.9 -days 2
  # x509 of OpenSSL 3.0 has no -not_after; a negative span has ended as it begins.
  issue expired 127.0.0.1 -days -1
}

# issue NAME ADDRESS OPTION...
issue() {
  openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$2" 2>/dev/null
  openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -out "$1.pem" \
    -extfile <(printf 'subjectAltName=IP:%s' "$2") "${@:3}" 2>/dev/null
}

setup() { sim_pid=; }
teardown() { sim_stop; }

# app_at CERTIFICATE: a simulator with it, an app that does not know the authority
app_at() {
  sim_start --https --cert "$BATS_FILE_TMPDIR/$1.pem" --key "$BATS_FILE_TMPDIR/$1.key"
  rm -rf "${BATS_TEST_TMPDIR:?}/etc" "$BATS_TEST_TMPDIR/state"
  lp app add lumen-touch --name main --url "$origin" --client-id demo >/dev/null 2>&1
  lp_secret >/dev/null
  lp terms accept main >/dev/null
}

@test "a private authority is trusted when it is named, and only then" {
  app_at good
  expect 13 test main --json
  says "is not trusted"
  says "ca_bundle"
  jq -e '.steps[-1] | .name == "TLS" and .state == "failed"' <<<"$output"
  lp app set main ca_bundle="$BATS_FILE_TMPDIR/ca.pem" >/dev/null
  expect 0 test main --json
  jq -e '[.steps[] | select(.name == "TLS") | .state] == ["ok"]' <<<"$output"
  expect 0 schools main --auto
  expect 0 run main --json
  jq -e '.state == "accepted"' <<<"$output"
}

@test "a certificate that has expired, or is for another host" {
  app_at expired
  lp app set main ca_bundle="$BATS_FILE_TMPDIR/ca.pem" >/dev/null
  expect 13 test main
  says "has expired"
  sim_stop
  app_at other
  lp app set main ca_bundle="$BATS_FILE_TMPDIR/ca.pem" >/dev/null
  expect 13 test main
  says "is for another name"
  says "Check the Service URL"
}

@test "a bundle that is not there, or is none; a setting that would switch checks off" {
  app_at good
  run --separate-stderr lp app set main ca_bundle=/nowhere/ca.pem
  if [ "$status" -eq 0 ]; then
    expect 10 test main
  fi
  says "/nowhere/ca.pem"
  echo junk >"$BATS_TEST_TMPDIR/junk.pem"
  run --separate-stderr lp app set main ca_bundle="$BATS_TEST_TMPDIR/junk.pem"
  if [ "$status" -eq 0 ]; then
    run --separate-stderr lp test main
    [ "$status" -eq 10 ] || [ "$status" -eq 13 ]
  fi
  says "junk.pem"
  expect 10 app set main verify=off
  says '"verify"'
}

@test "plain http on a TLS port, and TLS on a plain one" {
  app_at good
  lp app set main url="${origin/https:/http:}" >/dev/null 2>&1
  expect 13 test main
  sim_stop
  sim_start
  lp app set main url="${origin/http:/https:}" >/dev/null 2>&1
  expect 13 test main
  says "no TLS with"
}
