# For tests that hurt a run: a source with an old and a new day, and lumenport under strace.
# shellcheck shell=bash

crash_setup() {
  sim_pid=
  config=$BATS_TEST_TMPDIR/etc/lumenport.conf
  state=$BATS_TEST_TMPDIR/state
  kept=$BATS_TEST_TMPDIR/kept
  strace -o /dev/null true 2>/dev/null || skip 'strace may not trace here'
  export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0" # it cannot look when traced
}

# begin: day 0 accepted, the source at day 1; $old and $new are what the hub holds before and after
begin() {
  sim_start --students 60
  app_ready "$@"
  lp run main
  no_limits
  old=$(sum)
  sim_set day=1
  keep
  lp run main
  new=$(sum)
  [ "$old" != "$new" ]
  restore
}

keep() { cp -r "$state" "$kept"; }
restore() {
  rm -rf "$state"
  cp -r "$kept" "$state"
}

# sum: of what is in the hub
sum() { { lp status --json | jq -c .hub; lp data student --json; lp data enrollment --json; } | cksum; }

# traced INJECTION ARG...: lumenport under strace; $status is its exit code
traced() {
  local inject=$1
  shift
  status=0
  strace -f -qq -o /dev/null -e trace="${inject%%:*}" -e inject="$inject" \
    "$lumenport" --config "$config" --state "$state" "$@" \
    </dev/null >"$BATS_TEST_TMPDIR/out.txt" 2>"$BATS_TEST_TMPDIR/err.txt" || status=$?
}

# calls SYSCALL ARG...: how often one thread makes it at most
calls() {
  local call=$1
  shift
  strace -f -qq -o "$BATS_TEST_TMPDIR/trace" -e trace="$call" \
    "$lumenport" --config "$config" --state "$state" "$@" </dev/null >/dev/null 2>&1 || true
  awk '/^[0-9]+ +[a-z0-9]+\(/ { n[$1]++ } END { for (t in n) if (n[t] > most) most = n[t]; print most + 0 }' \
    "$BATS_TEST_TMPDIR/trace"
}

# whole: the store is sound and says what it holds
whole() {
  [ "$(sqlite3 "$state/hub.db" 'PRAGMA integrity_check')" = ok ]
  lp status >/dev/null
  lp history >/dev/null
  lp audit verify >/dev/null
}

# one_of: the hub is the old or the new one; counts both in $olds and $news
one_of() {
  local now
  now=$(sum)
  if [ "$now" = "$old" ]; then
    olds=$((${olds:-0} + 1))
  elif [ "$now" = "$new" ]; then
    news=$((${news:-0} + 1))
  else
    echo "neither old nor new after $1"
    return 1
  fi
}
