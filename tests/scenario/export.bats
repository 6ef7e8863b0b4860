#!/usr/bin/env bats
# What is published: the accepted hub and nothing else, as OneRoster 1.1 CSV that holds together.
# shellcheck disable=SC2034,SC2154 # variables that the helpers share
bats_require_minimum_version 1.5.0

load helper
load roster

setup() {
  sim_pid=
  out=$BATS_TEST_TMPDIR/out
}
teardown() { sim_stop; }

# check FOLDER: columns, vocabulary, references, manifest; prints rows per file as JSON
check() { python3 "$BATS_TEST_DIRNAME/check_oneroster.py" "$1"; }

# counts_are_the_hubs FOLDER [PEOPLE]: and it is sound; $output is what check says
counts_are_the_hubs() {
  expect 0 status --json
  local hub
  hub=$(of .hub)
  run check "$1"
  [ "$status" -eq 0 ] || { echo "$output"; return 1; }
  jq -ne --argjson h "$hub" --argjson f "$output" '
    $f.orgs == $h.school and $f.academicSessions == $h.calendar and $f.courses == $h.course and
    $f.classes == $h.class and $f.enrollments == $h.enrollment and
    $f.users == '"${2:-\$h.student + \$h.teacher + \$h.admin + \$h.contact}"
}

@test "a folder and a zip of all that was accepted, whole and with the right columns" {
  sim_start --students 300
  app_ready
  lp run main
  expect 0 export --to "$out" --zip "$out.zip" --json
  is '.schema == 1 and .export.left_out == 0 and .export.blanked == 0 and .export.rows > 2000'
  is ".export.dir == \"$out\" and .export.zip == \"$out.zip\""
  counts_are_the_hubs "$out"
  is '.demographics == 300'
  mkdir "$BATS_TEST_TMPDIR/unzipped"
  (cd "$BATS_TEST_TMPDIR/unzipped" && unzip -q "$out.zip")
  diff -r "$out" "$BATS_TEST_TMPDIR/unzipped"
  [ "$(stat -c %a "$out" "$out/users.csv" "$out.zip" | tr '\n' ' ')" = '700 600 600 ' ]
  # Once more, onto itself: the same bytes.
  cp -r "$out" "$BATS_TEST_TMPDIR/first"
  expect 0 export --to "$out"
  diff -r "$BATS_TEST_TMPDIR/first" "$out"
}

@test "1.2 sources: the same" {
  sim_start --students 200 --version 1.2 --fault multi-roles
  app_ready
  lp run main
  expect 0 export --to "$out"
  # one row for each person, however many roles
  expect 0 status
  hub "$BATS_TEST_TMPDIR/have"
  local people
  people=$(jq -s 'map(select(.username) | .sisId) | unique | length' "$BATS_TEST_TMPDIR/have")
  counts_are_the_hubs "$out" "$people"
  [ "$people" -lt "$(jq -s 'map(select(.username)) | length' "$BATS_TEST_TMPDIR/have")" ]
}

@test "every value comes back as the source gave it, odd characters too" {
  sim_start --students 100
  app_ready
  local id name
  id=$(ids users 1 '.role == "student"')
  name=$'O\'Brien, "Ze\u00e9" \u674e\u5c0f\u9f99 \U0001f600\\n;=1+1\tx'
  patch users "$id" ".givenName = $(jq -Rs . <<<"$name" | sed 's/\\n"$/"/') | .familyName = \"  two\\r\\nlines  \" | .middleName = \"-\" | .email = \"=cmd()\" | .grades = [\"09\", \"1,0\"]"
  lp run main
  expect 0 export --to "$out"
  raw users >"$BATS_TEST_TMPDIR/users"
  python3 - "$out/users.csv" "$BATS_TEST_TMPDIR/users" <<'PY'
import csv, json, sys
rows = {r["sourcedId"]: r for r in csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8"))}
users = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
assert len(rows) == len(users), (len(rows), len(users))
for u in users:
    r = rows[u["sourcedId"]]
    for k in ("username", "givenName", "familyName", "middleName", "identifier", "email", "sms", "phone", "role"):
        assert r[k] == u.get(k, ""), (k, r[k], u.get(k))
    assert r["enabledUser"] == u["enabledUser"]
    assert r["orgSourcedIds"].split(",") == [o["sourcedId"] for o in u["orgs"]], (r, u)
    assert r["userIds"] == ",".join("{%s:%s}" % (i["type"], i["identifier"]) for i in u.get("userIds", []))
    assert r["password"] == r["status"] == r["dateLastModified"] == ""
PY
}

@test "what is held or rejected is not exported" {
  sim_start --students 100
  app_ready
  lp run main
  expect 0 export --to "$out"
  cp -r "$out" "$BATS_TEST_TMPDIR/first"
  lp app set main preview=on
  sim_set day=3
  expect 20 run main --json
  local sync print
  sync=$(of .sync)
  print=$(of .fingerprint)
  expect 0 export --to "$out"
  diff -r "$BATS_TEST_TMPDIR/first" "$out"
  expect 0 approve "$sync" --fingerprint "$print" --no-deletions
  expect 0 export --to "$out"
  run diff -rq "$BATS_TEST_TMPDIR/first" "$out"
  [ "$status" -eq 1 ]
  counts_are_the_hubs "$out"
  rm -rf "$BATS_TEST_TMPDIR/first"
  cp -r "$out" "$BATS_TEST_TMPDIR/first"
  expect 20 run main --json
  lp reject "$(of .sync)" --reason no
  expect 0 export --to "$out"
  diff -r "$BATS_TEST_TMPDIR/first" "$out"
}

@test "export.dir and export.zip: after each accept, by rule or by hand, and only then" {
  sim_start --students 100
  app_ready --set export.dir="$out" --set export.zip="$out.zip"
  expect 0 run main --dry-run
  [ ! -e "$out" ]
  expect 0 run main --json
  is ".export.dir == \"$out\" and .export.zip == \"$out.zip\" and .export.rows > 800"
  counts_are_the_hubs "$out"
  local first
  first=$(stat -c %i "$out")
  expect 0 run main --json
  is '.state == "unchanged" and (has("export") | not)'
  [ "$(stat -c %i "$out")" = "$first" ]
  sim_set day=1
  lp app set main preview=on
  expect 20 run main --json
  is 'has("export") | not'
  [ "$(stat -c %i "$out")" = "$first" ]
  expect 0 approve "$(of .sync)" --fingerprint "$(of .fingerprint)" --json
  is '.export.rows > 800'
  counts_are_the_hubs "$out"
  # without words: where the settings say
  rm -r "$out" "$out.zip"
  expect 0 export
  [ -e "$out/manifest.csv" ] && [ -e "$out.zip" ]
}

@test "an export that did not follow its accept is made up for by the next run" {
  sim_start --students 60
  app_ready
  mkdir "$out"
  echo mine >"$out/thesis.txt"
  lp app set main export.dir="$out"
  expect 3 run main
  expect 3 run main --json
  is '.state == "unchanged" and (.export.error.message | contains("thesis.txt"))'
  rm "$out/thesis.txt"
  expect 0 run main --json
  is '.state == "unchanged" and .export.rows > 500'
  counts_are_the_hubs "$out"
  expect 0 run main --json
  is '.state == "unchanged" and (has("export") | not)'
}

@test "what is not ours is not replaced: told, exit 10, or 3 after an accept" {
  sim_start --students 60
  app_ready
  mkdir "$out"
  echo mine >"$out/thesis.txt"
  lp app set main export.dir="$out"
  expect 3 run main --json
  is '.state == "accepted" and (.export.error.message | contains("thesis.txt"))'
  [[ $(totals) == *student=60* ]]
  expect 10 export --to "$out"
  says "$out holds thesis.txt"
  [ "$(cat "$out/thesis.txt")" = mine ]
  [ "$(ls "$out")" = thesis.txt ]
  echo 'no zip' >"$BATS_TEST_TMPDIR/some.zip"
  expect 10 export --zip "$BATS_TEST_TMPDIR/some.zip"
  [ "$(cat "$BATS_TEST_TMPDIR/some.zip")" = 'no zip' ]
  expect 1 export --to "$BATS_TEST_TMPDIR/none/of/these"
  says "Cannot create directory $BATS_TEST_TMPDIR/none/of/these: "
  expect 1 export --zip "$BATS_TEST_TMPDIR/none.of/these.zip"
  says "Cannot create $BATS_TEST_TMPDIR/none.of/these.zip: "
  # nothing half done lies about
  [ "$(find "$BATS_TEST_TMPDIR" -maxdepth 1 -name '.*' | wc -l)" -eq 0 ]
}

@test "killed in the middle of an export: the old one or the new one, whole" {
  strace -o /dev/null true 2>/dev/null || skip 'strace may not trace here'
  sim_start --students 60
  app_ready
  lp run main
  lp export --to "$out"
  cp -r "$out" "$BATS_TEST_TMPDIR/old"
  sim_set day=1
  lp run main
  lp export --to "$BATS_TEST_TMPDIR/new"
  local n
  for n in 2 5 7 9; do
    strace -f -qq -o /dev/null -e trace=fsync -e inject=fsync:signal=KILL:when=$n "$lumenport" \
      --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" --state "$BATS_TEST_TMPDIR/state" \
      export --to "$out" >/dev/null 2>&1 || true
    diff -r "$BATS_TEST_TMPDIR/old" "$out" >/dev/null || diff -r "$BATS_TEST_TMPDIR/new" "$out"
  done
  expect 0 export --to "$out"
  diff -r "$BATS_TEST_TMPDIR/new" "$out"
  # what the killed ones left is gone
  [ "$(find "$BATS_TEST_TMPDIR" -maxdepth 1 -name '*out*' | wc -l)" -eq 1 ]
}

@test "two apps: one export of both, references whole" {
  sim_start --students 60
  app_ready
  lp run main
  lp app add lumen-touch --name second --url "$origin" --client-id demo --set sis_id_prefix=b-
  lp_secret second
  lp terms accept second
  lp schools second --auto
  lp run second
  expect 0 export --to "$out" --json
  counts_are_the_hubs "$out"
}

@test "dangling references: left empty or left out, counted, the rest holds together" {
  sim_start --students 200 --fault dangling
  app_ready
  lp run main
  expect 0 export --to "$out" --json
  is '.export.blanked > 0'
  run check "$out"
  [ "$status" -eq 0 ] || { echo "$output"; false; }
}
