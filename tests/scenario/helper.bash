# For the scenarios: a simulated Lumen Touch on a free port, and lumenport in a directory of its
# own. Load with `load helper`; LUMENPORT and LUMENSIM name other builds.
# shellcheck shell=bash

lumenport=${LUMENPORT:-$BATS_TEST_DIRNAME/../../lumenport}
lumensim=${LUMENSIM:-$BATS_TEST_DIRNAME/../../build/lumensim}
# The canary: found in any output, file or argument list, it is a leak.
canary=CANARY-b5c2f1-secret

# sim_start [OPTION...]: sets $origin. Ends by itself should a test forget it.
sim_start() {
  local dir=$BATS_TEST_TMPDIR
  printf '%s' "$canary" >"$dir/sim.secret"
  "$lumensim" --lifetime 120 --students 60 --secret-file "$dir/sim.secret" "$@" \
    >"$dir/sim.ready" 2>"$dir/sim.err" 3>&- </dev/null &
  sim_pid=$!
  for _ in $(seq 200); do
    grep -q '^ready' "$dir/sim.ready" && break
    sleep 0.02
  done
  read -r _ origin <"$dir/sim.ready"
}

sim_stop() {
  [ -z "${sim_pid:-}" ] || kill "$sim_pid" 2>/dev/null || true
  sim_pid=
}

# sim_set 'day=1&preview=..': changes the running simulator
sim_set() { curl -sS -f -o /dev/null -X POST "$origin/sim/set?$1"; }

# lp ARG...: lumenport with its settings and state in the test's directory, never at a terminal
lp() {
  timeout -k 5 60 "$lumenport" --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" \
    --state "$BATS_TEST_TMPDIR/state" "$@" </dev/null
}

# lp_secret [APP [SECRET]]
# shellcheck disable=SC2120 # the tests pass them
lp_secret() {
  printf '%s\n' "${2-$canary}" | timeout -k 5 60 "$lumenport" \
    --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" --state "$BATS_TEST_TMPDIR/state" \
    secret set "${1-main}"
}

# app_ready [OPTION of app add...]: an app "main" at the simulator, ready to run
app_ready() {
  lp app add lumen-touch --name main --url "$origin" --client-id demo "$@"
  lp_secret
  lp terms accept main
  lp schools main --auto
}

# expect CODE ARG...: runs lp, demands that exit code; $output and $stderr are what it said
expect() {
  local want=$1
  shift
  run --separate-stderr lp "$@"
  # shellcheck disable=SC2154 # set by bats
  [ "$status" -eq "$want" ] || {
    echo "lumenport $*: exit code $status instead of $want"
    echo "$output"
    echo "$stderr"
    return 1
  }
}

# says TEXT: $stderr contains it
says() {
  [[ $stderr == *"$1"* ]] || {
    echo "not said: $1"
    echo "said: $stderr"
    return 1
  }
}
