# What the simulated source shows, in the hub's words, to be compared with what the hub has.
# shellcheck shell=bash

# login: sets $root and $token for the simulator that runs now
login() {
  [ "${logged_in:-}" != "$origin" ] || return 0
  root=$origin/ims/oneroster/v1p1
  [ "$(curl -sS -o /dev/null -w '%{http_code}' "$root/orgs")" != 404 ] ||
    root=$origin/ims/oneroster/rostering/v1p2
  token=$(curl -sS -u "demo:$canary" -d grant_type=client_credentials "$root/token" | jq -r .access_token)
  logged_in=$origin
}

# raw COLLECTION: its records as the source gives them, one a line
raw() {
  login
  curl -sS -H "Authorization: Bearer $token" "$root/$1?limit=100000" |
    jq -c --arg k "$1" '(.[$k] // .orgs)[]'
}

# expected FILE: all records as the hub should have them, sorted, one a line
expected() {
  local dir=$BATS_TEST_TMPDIR/raw c
  mkdir -p "$dir"
  login
  for c in orgs academicSessions users demographics courses classes enrollments; do
    raw "$c" >"$dir/$c"
  done
  jq -cn --slurpfile orgs "$dir/orgs" --slurpfile sessions "$dir/academicSessions" \
    --slurpfile users "$dir/users" --slurpfile demographics "$dir/demographics" \
    --slurpfile courses "$dir/courses" --slurpfile classes "$dir/classes" \
    --slurpfile enrollments "$dir/enrollments" -f "$BATS_TEST_DIRNAME/expected.jq" |
    LC_ALL=C sort >"$1"
}

# hub FILE: all records that the hub has, in the same form
hub() {
  local e
  for e in school calendar student teacher admin contact course class enrollment; do
    lp data "$e" --json || return 1
  done | jq -cS 'del(.schema, .app)' | LC_ALL=C sort >"$1"
}

# delta OLD NEW: counts per entity type of what lies between two such files
delta() {
  jq -n --slurpfile old "$1" --slurpfile new "$2" '
    def keyed: map({key: "\(.entity)/\(.sisId)", value: del(.lastModified)}) | from_entries;
    ($old | keyed) as $a | ($new | keyed) as $b |
    reduce ("school", "calendar", "student", "teacher", "admin", "contact", "course", "class",
      "enrollment") as $e ({}; .[$e] = {created: 0, updated: 0, deleted: 0, unchanged: 0}) |
    reduce ($b | to_entries[]) as $r (.; .[$r.value.entity][
      if $a[$r.key] == null then "created"
      elif $a[$r.key] == $r.value then "unchanged" else "updated" end] += 1) |
    reduce ($a | to_entries[]) as $r (.;
      if $b[$r.key] == null then .[$r.value.entity].deleted += 1 else . end)'
}

# totals: what is in the hub, "student=300 teacher=20 ..."
totals() { lp status --json | jq -r '.hub | to_entries | map("\(.key)=\(.value)") | join(" ")'; }

# undated FILE: without lastModified, which alone is no change
undated() { jq -cS 'del(.lastModified)' "$1" | LC_ALL=C sort; }

# of FILTER: jq -r on what the last command said as JSON
of() { jq -r "$1" <<<"$output"; }

# is FILTER: demands that it holds of what the last command said as JSON
is() {
  jq -e "$1" <<<"$output" >/dev/null || {
    echo "not so: $1"
    jq -c . <<<"$output"
    return 1
  }
}

# No limit holds anything.
no_limits() {
  lp app set main hold.threshold=off
}

# overlay COLLECTION ID JSON: lays a record over the source's, or adds it
overlay() {
  curl -sS -f -o /dev/null -X POST --data-binary "$3" \
    "$origin/sim/record?collection=$1&id=$(jq -rn --arg s "$2" '$s | @uri')"
}

# patch COLLECTION ID FILTER: changes a record of the source by jq
patch() {
  overlay "$1" "$2" "$(raw "$1" | jq -c --arg id "$2" 'select(.sourcedId == $id) | '"$3")"
}

# vanish COLLECTION ID...; status_of COLLECTION STATUS ID...
vanish() {
  local c=$1 id
  shift
  for id in "$@"; do
    curl -sS -f -o /dev/null -X POST "$origin/sim/delete?collection=$c&id=$id"
  done
}
status_of() {
  local c=$1 s=$2 id
  shift 2
  for id in "$@"; do
    curl -sS -f -o /dev/null -X POST "$origin/sim/status?collection=$c&id=$id&status=$s"
  done
}

# ids COLLECTION N [FILTER]: the first N ids of the source's records
ids() { raw "$1" | jq -r "select(${3:-true}) | .sourcedId" | head -n "$2"; }
