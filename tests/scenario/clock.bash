# A clock of the test's own: libfaketime, before lumenport alone. The simulated source, curl and
# the test go by the real one.
# shellcheck shell=bash

# at 'YYYY-MM-DD HH:MM ZONE': from now on lumenport begins at that moment
at() {
  now=$(date -u -d "$1" '+%Y-%m-%d %H:%M:%S')
}

# lp as in helper.bash, at the moment that was set. What waits goes by the real clock: only the
# date is another. (A sanitizer wants to be loaded first, and is told that it is not.)
lp() {
  timeout -k 5 60 faketime -f "@${now:?}" env FAKETIME_DONT_FAKE_MONOTONIC=1 TZ=UTC \
    ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0" "$lumenport" \
    --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" --state "$BATS_TEST_TMPDIR/state" "$@" </dev/null
}

# Like them, at that moment.
lp_secret() {
  printf '%s\n' "$canary" | faketime -f "@$now" env TZ=UTC "$lumenport" \
    --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" --state "$BATS_TEST_TMPDIR/state" secret set main
}
