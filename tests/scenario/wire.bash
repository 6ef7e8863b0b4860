# For the scenarios of the wire: one simulator and one reference for the whole file, an app made
# ready once and copied for each run. Load after helper.
# shellcheck shell=bash disable=SC2154 # origin, output and status are set by helper and bats

# wire_open [OPTION of lumensim...]: from setup_file. $file/ready is an app that never ran,
# $file/ran one after an import, $file/want what its hub holds.
wire_open() {
  export file=$BATS_FILE_TMPDIR
  local BATS_TEST_TMPDIR=$file/at
  mkdir -p "$file/at"
  sim_start --lifetime 240 --students 30 "$@"
  app_ready >/dev/null 2>&1
  cp -a "$file/at" "$file/ready"
  lp run main >/dev/null 2>&1
  cp -a "$file/at" "$file/ran"
  hub >"$file/want"
  export origin sim_pid
}

# wire_close: from teardown_file
wire_close() { sim_stop; }

# quiet_sim [FAULT...]: no fault but these, all settings as at the start, statistics at zero
quiet_sim() {
  local fault args=()
  for fault; do args+=(--data-urlencode "fault=$fault"); done
  curl -sS -f -o /dev/null "$origin/sim/set" -G -X POST \
    --data-urlencode clear=1 -d day=0 -d students=30 -d version=1.1 -d auth=oauth2 -d limit_cap=10000 \
    -d think=0 -d token_life=3600 -d gzip=0 -d root= -d token_path= -d client_id=demo \
    --data-urlencode "secret=$canary" "${args[@]}" ||
    { echo "the simulator refused: $*"; return 1; }
  curl -sS -f -o /dev/null -X POST "$origin/sim/reset-stats"
}

sim_stats() { curl -sS "$origin/sim/stats"; }

# as_it_was ready|ran [PARALLEL PAGE_SIZE]: settings and state from the file's start
as_it_was() {
  rm -rf "${BATS_TEST_TMPDIR:?}/etc" "$BATS_TEST_TMPDIR/state"
  cp -a "$file/$1/etc" "$file/$1/state" "$BATS_TEST_TMPDIR/"
  [ -z "${2:-}" ] || lp app set main "parallel=$2" "page_size=$3" >/dev/null
}

# hub: all that was accepted, sorted
hub() {
  local e
  for e in school student teacher admin contact course class calendar enrollment; do
    "$lumenport" --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" \
      --state "$BATS_TEST_TMPDIR/state" data "$e" --json 2>/dev/null </dev/null
  done | LC_ALL=C sort
}

# hub_is FILE: the hub holds exactly that
hub_is() {
  hub >"$BATS_TEST_TMPDIR/hub"
  cmp -s "$1" "$BATS_TEST_TMPDIR/hub" || {
    diff "$1" "$BATS_TEST_TMPDIR/hub" | cut -c1-300 | head -6
    return 1
  }
}

# runs_whole FAULT...: with these faults, one and four at once, small pages and large, the hub
# is what it is without them
runs_whole() {
  local how
  for how in "4 10" "1 10000"; do
    quiet_sim "$@"
    # shellcheck disable=SC2086 # two words
    as_it_was ready $how
    expect 0 run main --json || { echo "with $* at $how"; return 1; }
    hub_is "$file/want" || { echo "with $* at $how"; return 1; }
  done
}

# fails CODE TEXT FAULT...: an import ends with the code, says the text, changes nothing, and
# the next one without the fault works. $how: "PARALLEL PAGE_SIZE".
fails() {
  local code=$1 text=$2
  shift 2
  quiet_sim "$@"
  sim_set day=1
  # shellcheck disable=SC2086 # two words
  as_it_was ran ${how:-4 10}
  expect "$code" run main --json || { echo "with $*"; return 1; }
  jq -e '.state == "failed" and .error.message != ""' <<<"$output" >/dev/null
  says "$text"
  [ "$(wc -l <<<"$stderr")" -eq 1 ]
  hub_is "$file/want" || { echo "with $*"; return 1; }
  quiet_sim
  expect 0 run main --json
  jq -e '.state == "unchanged"' <<<"$output" >/dev/null
}

# one ENTITY ID: the record as JSON
one() { lp data "$1" --json | jq -c --arg id "$2" 'select(.sisId == $id)'; }
