#!/usr/bin/env bats
# OneRoster CSV as a source: what is read, what is borne, what is refused, and what never happens.
# shellcheck disable=SC2034,SC2154 # variables that the helpers share
bats_require_minimum_version 1.5.0

load helper
load roster
load csv

setup() {
  sim_pid=
  csv=$BATS_TEST_TMPDIR/csv
}
teardown() { sim_stop; }

@test "what an export wrote is read back: the same records, the same export, as folder and zip" {
  local out=$BATS_TEST_TMPDIR/out one=$BATS_TEST_TMPDIR/one two=$BATS_TEST_TMPDIR/two
  sim_start --students 200
  app_ready
  lp run main
  lp export --to "$out" --zip "$out.zip"
  hub "$one"
  local path
  for path in "$out" "$out.zip"; do
    csv=$path
    rm -rf "${BATS_TEST_TMPDIR:?}"/{state,etc}
    east_ready
    expect 0 run east --json
    hub "$two"
    diff <(undated "$one") <(undated "$two")
    lp export --to "$BATS_TEST_TMPDIR/again"
    diff -r "$out" "$BATS_TEST_TMPDIR/again"
    expect 0 run east --json
    is '.state == "unchanged"'
  done
}

@test "1.1 and bulk: values, people, references; what is gone is deleted, when it may be" {
  district
  east_ready --set hold.deleted=off
  expect 0 run east --json
  is '.state == "accepted" and .problems == {}'
  [ "$(totals)" = 'school=3 calendar=2 student=2 teacher=1 admin=1 contact=2 course=1 class=2 enrollment=3' ]
  [ "$(record student a1 '[.firstName, .lastName, .stateId, .gradeLevel, .contactIds] | tojson')" = \
    '["Zoë","Ng, Jr.","77",["09"],["c1"]]' ]
  [ "$(record student a1 '[.birthDate, .gender, .asian, .cityOfBirth] | tojson')" = '["2011-02-03","female","true","St. Paul"]' ] ||
    record student a1 '[.birthDate, .gender, .asian, .cityOfBirth] | tojson'
  [ "$(record contact c1 '.studentIds | join(" ")')" = 'a1 a2' ]
  [ "$(record course k1 '.subjects | join("|")')" = 'Art, Fine|Craft' ]
  [ "$(record class l1 .location)" = 'Room "4"' ]
  sed -i '/^a2,/d; /^n3,/d' "$csv/users.csv" "$csv/enrollments.csv"
  lp app set east bulk_upload=off
  expect 0 run east --json
  is '.state == "unchanged"'
  sed -i 's/^n2,,/n2,tobedeleted,/' "$csv/enrollments.csv"
  expect 0 run east --json
  is '.counts.enrollment.deleted == 1 and .counts.student.deleted == 0'
  lp app set east bulk_upload=on
  expect 0 run east --json
  is '.counts.enrollment.deleted == 1 and .counts.student.deleted == 1'
}

@test "a zip, its files in a folder; other orders, cases, line ends; a BOM; no manifest" {
  district
  (cd "$csv" && python3 - <<'PY'
import csv, pathlib
for p in pathlib.Path(".").glob("*.csv"):
    rows = list(csv.reader(p.open(encoding="utf-8", newline="")))
    if p.name == "manifest.csv":
        p.unlink()
        continue
    p.unlink()
    with p.with_name(p.name.upper()).open("w", encoding="utf-8-sig", newline="") as f:
        w = csv.writer(f, quoting=csv.QUOTE_ALL, lineterminator="\r")
        w.writerow([c.upper() if i % 2 else c.lower() for i, c in enumerate(rows[0])][::-1] + ["Extra"])
        for row in rows[1:]:
            w.writerow(row[::-1] + ["x"])
PY
  )
  zipped 'Roster 2026/'
  csv=$csv.zip
  east_ready
  expect 0 run east --json
  is '.state == "accepted" and (.problems | keys) == ["partial_collection"]'
  [ "$(totals)" = 'school=3 calendar=2 student=2 teacher=1 admin=1 contact=2 course=1 class=2 enrollment=3' ]
  [ "$(record student a1 .lastName)" = 'Ng, Jr.' ]
}

# to_1_2: roles go into a file of their own
to_1_2() {
  manifest 1.2 "$@"
  (cd "$csv" && python3 - <<'PY'
import csv
rows = list(csv.DictReader(open("users.csv", encoding="utf-8", newline="")))
names = [n for n in rows[0] if n not in ("role", "orgSourcedIds")] + ["preferredGivenName", "primaryOrgSourcedId", "pronouns"]
with open("users.csv", "w", encoding="utf-8", newline="") as f, open("roles.csv", "w", encoding="utf-8", newline="") as g:
    w = csv.DictWriter(f, names, extrasaction="ignore")
    w.writeheader()
    w.writerows(rows)
    r = csv.writer(g)
    r.writerow("sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId".split(","))
    n = 0
    for row in rows:
        for i, org in enumerate(row["orgSourcedIds"].split(",")):
            n += 1
            role = {"administrator": "districtAdministrator"}.get(row["role"], row["role"])
            r.writerow([f"r{n}", "", "", row["sourcedId"], "secondary" if i else "primary", role, "", "", org, ""])
PY
  )
}

@test "1.2: roles from their own file, several of a person" {
  district
  to_1_2
  printf 'r90,,,e1,secondary,parent,,,s1,\r\nr91,,,nobody,primary,student,,,s1,\r\n' >>"$csv/roles.csv"
  sed -i 's/^a1,\(.*\),,,$/a1,\1,Zo,,they/' "$csv/users.csv"
  east_ready
  expect 0 run east --json
  is '.problems == {dangling_reference: 1}'
  [ "$(totals)" = 'school=3 calendar=2 student=2 teacher=1 admin=1 contact=3 course=1 class=2 enrollment=3' ]
  [ "$(record admin e2 .staffRole)" = districtAdministrator ]
  [ "$(record student a2 '[.schoolId, .otherSchoolIds[]] | join(" ")')" = 's2 s1' ]
  [ "$(record contact e1 .relationship)" = parent ]
  expect 0 test east
  [[ $output == *'OneRoster 1.2'* && $output == *'roles.csv: bulk'* ]]
  rm "$csv/roles.csv"
  refused 14 'roles.csv is bulk, but there is no such file'
  manifest 1.2 roles=absent
  refused 14 'users.csv: there are no columns orgSourcedIds, role'
}

@test "a delta adds, changes and deletes what it says and nothing else, as the full set then shows" {
  district
  east_ready --set hold.updated=off --set hold.deleted=off --set hold.per_school.updated=off \
    --set hold.per_school.deleted=off
  expect 0 run east
  local full=$BATS_TEST_TMPDIR/full day=2026-11-01T00:00:00.000Z have=$BATS_TEST_TMPDIR/have
  cp -r "$csv" "$full"
  # The day after: one student new, one renamed, one contact gone, demographics of a third person,
  # a class and its enrollments gone; schools and courses are not even mentioned.
  manifest 1.1 orgs=absent academicSessions=delta users=delta demographics=delta courses=absent \
    classes=delta enrollments=delta
  rm "$csv/orgs.csv" "$csv/courses.csv"
  sed -i '2,$d' "$csv"/{academicSessions,users,demographics,classes,enrollments}.csv
  {
    echo "a3,active,$day,true,s1,student,new,,New,Pupil,,1003,,,,c1,09,"
    echo "a2,active,$day,true,\"s2,s1\",student,max,,Maxim,Ode,,1002,,,,c1,08,"
    echo "c2,tobedeleted,$day,false,,guardian,,,Gu,Ardian,,,,,,a2,,"
  } >>"$csv/users.csv"
  echo "a1,active,$day,2011-02-04,female,false,true,false,false,false,false,false,US,MN,Hibbing," >>"$csv/demographics.csv"
  echo "l2,tobedeleted,$day,Art 3,,k1,,homeroom,,s2,t1,,," >>"$csv/classes.csv"
  {
    echo "n3,tobedeleted,$day,l2,s2,a2,student,false,,"
    echo "n4,active,$day,l1,s1,a3,student,,,"
  } >>"$csv/enrollments.csv"
  expect 0 run east --json
  is '.state == "accepted"'
  is '.counts.student | .created == 1 and .updated == 2 and .deleted == 0'
  is '.counts.contact | .updated == 1 and .deleted == 1'
  is '.counts.class.deleted == 1 and .counts.enrollment.deleted == 1 and .counts.enrollment.created == 1'
  is '[.counts.school, .counts.calendar, .counts.course, .counts.teacher, .counts.admin] | all(.created + .updated + .deleted == 0)'
  is '.problems.partial_collection == 5 and .problems.missing_collection == 2'
  [ "$(record student a1 .cityOfBirth)" = Hibbing ]
  [ "$(record student a2 .birthDate)" = 2012-03-04 ]
  [ "$(record contact c1 '.studentIds | join(" ")')" = 'a1 a2 a3' ]
  hub "$have"
  # Once more is no change.
  expect 0 run east --json
  is '.state == "unchanged"'
  # The full set of that day has the same.
  rm -r "$csv"
  cp -r "$full" "$csv"
  manifest 1.1
  sed -i 's/,max,,Max,/,max,,Maxim,/; s/"c1,c2"/c1/; /^c2,/d' "$csv/users.csv"
  echo "a3,,,true,s1,student,new,,New,Pupil,,1003,,,,c1,09," >>"$csv/users.csv"
  sed -i 's/2011-02-03/2011-02-04/; s/"St. Paul"/Hibbing/' "$csv/demographics.csv"
  sed -i '/^l2,/d' "$csv/classes.csv"
  sed -i '/^n3,/d' "$csv/enrollments.csv"
  echo "n4,,,l1,s1,a3,student,,," >>"$csv/enrollments.csv"
  expect 0 run east --json
  is '.state == "unchanged"'
  hub "$BATS_TEST_TMPDIR/then"
  diff <(undated "$have") <(undated "$BATS_TEST_TMPDIR/then")
}

@test "a delta of nothing changes nothing; as the first import it is refused" {
  district
  manifest 1.1 users=delta
  east_ready
  refused 14 'users is a delta, and there is no earlier import of east'
  manifest 1.1
  expect 0 run east
  manifest 1.1 orgs=delta academicSessions=delta users=delta demographics=delta courses=delta \
    classes=delta enrollments=delta
  sed -i '2,$d' "$csv"/{orgs,academicSessions,users,demographics,courses,classes,enrollments}.csv
  expect 0 run east --json
  is '.state == "unchanged" and .counts.student.unchanged == 2 and .counts.enrollment.unchanged == 3'
  # nor does absence delete beside it: classes are bulk again, and one is gone
  manifest 1.1 orgs=absent academicSessions=absent users=delta demographics=absent courses=absent \
    enrollments=delta
  echo 'l1,,,Art 2,"08,09",k1,ART2-1,scheduled,"Room ""4""",s1,t1,,,"1,3"' >>"$csv/classes.csv"
  expect 0 run east --json
  is '.counts.class.deleted == 1 and .counts.enrollment.deleted == 1 and .counts.student.unchanged == 2'
}

@test "a delta and Data Requirements that mask: what was not kept stays as it is" {
  district
  east_ready --set hold.updated=off --set hold.per_school.updated=off
  sed -i 's/kind = "oneroster-csv";/&\n    require : { student : { lastName = "mask initials"; birthDate = "mask year"; }; };/' \
    "$BATS_TEST_TMPDIR/etc/lumenport.conf"
  expect 0 run east
  [ "$(record student a1 '[.lastName, .birthDate, .cityOfBirth] | join(" ")')" = 'N. J. 2011-01-01 St. Paul' ]
  manifest 1.1 users=delta demographics=delta
  sed -i '2,$d' "$csv"/{users,demographics}.csv
  echo "e1,active,2026-11-01T00:00:00Z,true,\"s1,d1\",teacher,tea,,Thea,Cher,,2001,,,,,," >>"$csv/users.csv"
  expect 0 run east --json
  is '.counts.student.updated == 0 and .counts.teacher.updated == 1'
  is '.counts.student.unchanged == 2 and .counts.contact.unchanged == 2 and .counts.enrollment.unchanged == 3'
  sed -i '2,$d' "$csv/users.csv"
  echo "a2,active,2026-11-02T00:00:00Z,true,\"s2,s1\",student,max,,Max,Old,,1002,,,,\"c1,c2\",08," >>"$csv/users.csv"
  expect 0 run east --json
  is '.counts.student.updated == 0 and .state == "unchanged"' # Old is O., as Ode was
}

@test "a delta and an id that is masked among the others: what was not kept stays as it is" {
  district
  east_ready
  lp map east 'student.studentNumber=userIds.LDAP'
  lp require east 'student.studentNumber=mask hash'
  expect 0 run east
  [[ $(record student a1 '[.studentNumber] + .userIds | join(" ")') =~ ^(x[a-z2-9]{16})\ stateId:77\ LDAP:(x[a-z2-9]{16})$ ]]
  [ "${BASH_REMATCH[1]}" = "${BASH_REMATCH[2]}" ]
  run ! grep -rlF LDAP:zz "$BATS_TEST_TMPDIR/state"
  manifest 1.1 users=delta
  sed -i '2,$d' "$csv/users.csv"
  echo "e1,active,2026-11-01T00:00:00Z,true,\"s1,d1\",teacher,tea,,Thea,Cher,,2001,,,,,," >>"$csv/users.csv"
  expect 0 run east --json
  is '.counts.student.updated == 0 and .counts.student.unchanged == 2 and .counts.teacher.updated == 1'
}

@test "absent, missing and unnamed files" {
  district
  manifest 1.1 courses=absent demographics=absent
  east_ready
  expect 0 run east --json
  is '.problems.missing_collection == 2 and .counts.course.created == 0 and .counts.class.created == 2'
  manifest 1.1
  mv "$csv/courses.csv" "$csv/kept"
  refused 14 'courses.csv is bulk, but there is no such file'
  rm "$csv/manifest.csv"
  expect 20 run east --json # who wrote it is not known any more
  is '.problems.missing_collection == 1 and .problems.partial_collection == 6 and .hold[0].kind == "source"'
  expect 0 approve "$(of .sync)" --fingerprint "$(of .fingerprint)"
  mv "$csv/enrollments.csv" "$csv/e"
  refused 14 'has no enrollments.csv'
  printf 'file.enrollments,absent\n' >"$csv/manifest.csv"
  expect 0 run east --json
  is '.state == "unchanged" and .counts.enrollment.unchanged == 3'
  manifest 1.1 users=full
  refused 14 'manifest.csv line 10: file.users is "full"; it must be absent, bulk or delta'
}

@test "no school or no person is a failed pull, never a deletion" {
  district
  east_ready
  expect 0 run east
  sed -i '2,$d' "$csv/users.csv"
  refused 14 'no user at all'
  district
  sed -i '2,$d' "$csv/orgs.csv"
  refused 14 'no school at all'
  district
  sed -i '2,$d' "$csv/enrollments.csv"
  expect 20 run east
}

@test "a wrong header fails with file, column and the header; so does what is no CSV" {
  district
  east_ready
  expect 0 run east
  sed -i '1s/familyName/surname/' "$csv/users.csv"
  refused 14 'users.csv: there is no column familyName. Its header (line 1) is: sourcedId,status'
  district
  sed -i 's/,/;/g' "$csv/orgs.csv"
  refused 14 'orgs.csv: there are no columns sourcedId, name, type. Its header (line 1) is: sourcedId;status'
  says 'separated by semicolons'
  district
  : >"$csv/classes.csv"
  refused 14 'classes.csv is empty'
  district
  iconv -t UTF-16 "$csv/users.csv" >"$csv/u" && mv "$csv/u" "$csv/users.csv"
  refused 14 'users.csv is in UTF-16'
  district
  printf 'n5,,,"l1,s1,a1,student,,,\n' >>"$csv/enrollments.csv"
  refused 14 'enrollments.csv line 5: a quote opens that never closes'
  district
  truncate -s -12 "$csv/enrollments.csv"
  refused 14 'enrollments.csv ends in the middle of line 4'
  district
  sed -i 's/2026-08-15,$/&/; $ s/\n$//' "$csv/enrollments.csv"
  printf %s "$(cat "$csv/enrollments.csv")" >"$csv/e" && mv "$csv/e" "$csv/enrollments.csv"
  expect 0 run east --json
  is '.state == "unchanged"'
}

@test "rows that cannot be used are named by their line, and what they are of is not deleted" {
  district
  east_ready
  expect 0 run east
  # a2 gets a comma that is not quoted; c2 goes; a row has no id; one is in Latin-1
  sed -i 's/^a2,,,true,"s2,s1",student,max,,Max,/&Jr, /; /^c2,/d' "$csv/users.csv"
  printf ',,,true,s1,student,x,,No,Id,,,,,,,,\n' >>"$csv/users.csv"
  printf 'a9,,,true,s1,student,mue,,M\xfcnch,M\xfcller,,,,,,,,\n' >>"$csv/users.csv"
  printf 'a9,,,true,s1,student,mue,,M\xfcnch,M\xfcller,,,,,,,,\n' >>"$csv/users.csv"
  expect 0 run east --json
  is '.state == "accepted" and .counts.student.created == 1'
  is '[.counts[] | .deleted] | add == 0'
  is '.problems | .unusable_record == 2 and .duplicate_id == 1 and .repaired_text == 1 and .partial_collection == 1'
  expect 0 show "$(of .sync)" --problems
  [[ $output == *'users.csv line 3 has another number of cells than the header; left out'* ]]
  [[ $output == *'users.csv line 7 sourcedId: missing'* ]]
  [[ $output == *'(2 rows, the first is line 8)'* ]]
  [ "$(record student a2 .firstName)" = Max ]
  [ "$(record student a9 .lastName)" = $'M\xef\xbf\xbdller' ]
}

@test "zips that are cut, locked, or none; two files of one name; links" {
  district
  zipped
  local zip=$csv.zip
  csv=$zip east_ready
  expect 0 run east
  cp "$zip" "$zip.whole"
  truncate -s -30 "$zip"
  refused 14 'is cut off or damaged'
  printf 'not a zip' >"$zip"
  refused 14 'neither a folder nor a zip file'
  python3 - "$zip.whole" "$zip" <<'PY'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
at = data.rindex(b"users.csv") - 46
data[at + 8] |= 1
open(sys.argv[2], "wb").write(data)
PY
  refused 14 'users.csv in '
  says 'is encrypted with a password'
  python3 - "$zip.whole" "$zip" <<'PY'
import shutil, sys, zipfile
shutil.copy(sys.argv[1], sys.argv[2])
with zipfile.ZipFile(sys.argv[2], "a") as z: z.writestr("old/users.csv", "x")
PY
  refused 14 'holds users.csv twice: users.csv and old/users.csv'
  rm "$zip"
  refused 10 'No such file or directory. Check the path'
  lp app set east path="$csv"
  ln -s "$csv/users.csv" "$BATS_TEST_TMPDIR/elsewhere"
  mv "$csv/users.csv" "$BATS_TEST_TMPDIR/u"
  ln -s "$BATS_TEST_TMPDIR/u" "$csv/users.csv"
  refused 14 'users.csv in '
  says 'is a symbolic link'
  rm "$csv/users.csv"
  mkfifo "$csv/users.csv"
  refused 14 'is no file'
  lp app set east path="$BATS_TEST_TMPDIR/etc"
  refused 14 'holds no OneRoster files'
}

# as_nobody ARG...: lp as somebody who is not root
as_nobody() {
  local as=()
  if [ "$(id -u)" = 0 ]; then
    chown -R 65534 "$BATS_TEST_TMPDIR"
    as=(setpriv --reuid=65534 --clear-groups)
  fi
  "${as[@]}" timeout -k 5 60 "$lumenport" --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" \
    --state "$BATS_TEST_TMPDIR/state" "$@" </dev/null
}

@test "what lumenport may not read is told with what to do" {
  # a directory above the test's own may be closed to nobody
  BATS_TEST_TMPDIR=$(mktemp -d /tmp/csv-nobody.XXXXXX)
  chmod 755 "$BATS_TEST_TMPDIR"
  cp "$lumenport" "$BATS_TEST_TMPDIR/lumenport"
  lumenport=$BATS_TEST_TMPDIR/lumenport csv=$BATS_TEST_TMPDIR/csv
  district
  mkdir -p "$BATS_TEST_TMPDIR"/{etc,state}
  as_nobody app add oneroster-csv --name east --path "$csv"
  as_nobody terms accept east
  as_nobody schools east --auto
  chmod 0 "$csv/users.csv"
  run --separate-stderr as_nobody run east
  [ "$status" -eq 1 ]
  says 'Cannot read users.csv: Permission denied. Check its owner and permissions'
  run --separate-stderr as_nobody test east
  [ "$status" -eq 1 ]
  [[ $output == *'failed   users.csv: '*'Permission denied'* && $output == *'ok       orgs.csv'* ]]
  chmod 600 "$csv/users.csv"
  chmod 0 "$csv"
  run --separate-stderr as_nobody run east
  [ "$status" -eq 10 ]
  says 'Permission denied'
  chmod 700 "$csv"
  run --separate-stderr as_nobody run east
  [ "$status" -eq 0 ]
  rm -rf "$BATS_TEST_TMPDIR"
}

@test "files that are being written are not taken" {
  district
  east_ready
  expect 0 run east
  (while :; do printf '\n' >>"$csv/users.csv"; sleep 0.05; done) 3>&- &
  local writer=$!
  run --separate-stderr lp_now run east
  kill "$writer"
  wait "$writer" 2>/dev/null || true
  [ "$status" -eq 14 ]
  [[ $stderr == *'changed while it was read'* || $stderr == *'changed its data under the pull'* ]]
  expect 0 run east --json
  is '.state == "unchanged"'
}

@test "Test Connection says what is in each file, and what an import would stumble over" {
  district
  manifest 1.1 users=delta courses=absent
  rm "$csv/courses.csv"
  printf ',,x\n' >>"$csv/classes.csv"
  east_ready
  expect 0 test east
  [[ $output == *"ok       Path: folder $csv, written 20"* ]]
  [[ $output == *'ok       Manifest: OneRoster 1.1, written by east-sis'* ]]
  [[ $output == *'ok       orgs.csv: bulk, 3 rows'* && $output == *'ok       users.csv: delta, 6 rows'* ]]
  [[ $output == *'warning  courses.csv: courses.csv is absent, as manifest.csv says'* ]]
  [[ $output == *'warning  classes.csv: bulk, 3 rows, 1 of them cannot be used'* ]]
  expect 0 test east --json
  is '.ok and ([.steps[] | select(.state == "warning")] | length == 2) and .steps[2].name == "orgs.csv"'
  sed -i '1s/title/name/' "$csv/classes.csv"
  sed -i '1s/role/roll/' "$csv/enrollments.csv"
  expect 14 test east
  [[ $output == *'failed   classes.csv: classes.csv: there is no column title'* ]]
  [[ $output == *'failed   enrollments.csv: enrollments.csv: there is no column role'* ]]
  touch -d '30 days ago' "$csv"/*
  expect 14 test east
  [[ $output == *'warning  Path: '*'It is old.'* ]]
  lp app set east path=/nowhere
  expect 10 test east
  [[ $output == *'failed   Path: Cannot read /nowhere: No such file or directory. Check the path.'* ]]
}

@test "another system or version holds the next sync, another path does not" {
  district
  east_ready
  expect 0 run east
  mv "$csv" "$csv-2026"
  lp app set east path="$csv-2026"
  csv=$csv-2026
  sed -i 's/Zoë/Zoe/' "$csv/users.csv"
  expect 0 run east
  sed -i 's/east-sis/west-sis/' "$csv/manifest.csv"
  sed -i 's/Zoe/Zoë/' "$csv/users.csv"
  expect 20 run east --json
  is '(.hold | length) == 1 and .hold[0].kind == "source"'
}

@test "beside a service: each has its own records, and neither deletes the other's" {
  sim_start --students 30
  app_ready
  expect 0 run main
  local before
  before=$(sum)
  district
  east_ready --set sis_id_prefix=east-
  expect 0 run east --json
  is '.counts.student.created == 2 and ([.counts[] | .updated + .deleted] | add == 0)'
  [ "$(record student east-a1 .app)" = east ]
  expect 0 run main --json
  is '.state == "unchanged"'
  sed -i '2,3d' "$csv/users.csv"
  lp app set east hold.threshold=off
  expect 20 run east # a type that empties is held whatever the limits
  expect 0 run main --json
  is '.state == "unchanged"'
}

@test "OneRoster API is a kind of its own, with the settings of a service" {
  sim_start --students 20 --version 1.2
  expect 2 app add oneroster-api --name north --client-id demo
  says '--url is missing.'
  expect 10 app add oneroster-api --name north --url "$origin" --client-id demo --set path=/srv/x
  says 'path: an app of the kind OneRoster API has none.'
  lp app add oneroster-api --name north --url "$origin" --client-id demo
  expect 0 status --json
  is '.apps[0].missing | startswith("Client Secret, acceptance of the terms")'
  expect 10 run north
  lp_secret north
  lp terms accept north
  lp schools north --auto
  expect 0 test north
  expect 0 run north --json
  is '.state == "accepted" and .counts.student.created == 20'
  expect 0 app show north
  [[ $output == *'north: OneRoster API, '*' schools on, secret set, terms accepted'* ]]
}

@test "no password of a file is kept anywhere; the kind has no address and no secret" {
  district
  east_ready
  expect 0 run east
  run ! grep -rq hunter2 "$BATS_TEST_TMPDIR/state" "$BATS_TEST_TMPDIR/etc"
  expect 10 secret set east
  says 'east is of the kind OneRoster CSV, which has no client secret.'
  expect 10 app set east url=https://sis.example.org
  says 'url: an app of the kind OneRoster CSV has none.'
  expect 10 app set east path=roster.zip
  says 'is not a full path'
  expect 2 app add oneroster-csv --name west
  says '--path is missing.'
  expect 10 app add oneroster-csv --name west --path "$csv" --url https://x.example.org
  says 'url'
  expect 10 app add lumen-touch --name west --url https://x.example.org --client-id a --set path=/x
  says 'path: an app of the kind Lumen Touch has none.'
  expect 0 status --json
  is '.apps[0].kind == "oneroster-csv" and .apps[0].missing == null and .apps[0].state == "ready"'
  expect 0 app show east --json
  is '.settings.path != null and (.settings | has("url") | not) and .learned.root == "oneroster-csv 1.1 east-sis"'
  sed -i 's|kind = "oneroster-csv"|&;\n    url = "https://sis.example.org"|' "$BATS_TEST_TMPDIR/etc/lumenport.conf"
  expect 10 status
  says 'lumenport.conf:'
  says 'url: an app of the kind OneRoster CSV has none'
}

@test "formulas come in as they are, and are reported, from a service too" {
  district
  sed -i 's/Zoë/=HYPERLINK("http:x")/; s/,zoe@/,+zoe@/; s/,Tea,Cher,/,@SUM(A1),-Cher,/; s/Art 2/-5/' "$csv"/users.csv "$csv"/classes.csv
  east_ready
  expect 0 run east --json
  is '.problems == {formula: 4}'
  expect 0 show "$(of .sync)" --problems
  [[ $output == *'firstName begins as a formula does'* && $output != *HYPERLINK* ]]
  [ "$(record student a1 .firstName)" = '=HYPERLINK("http:x")' ]
  [ "$(record student a1 .phone)" = '+1 555' ]
  sim_start --students 20
  app_ready
  patch users "$(ids users 1 '.role == "student"')" '.givenName = "=1+1"'
  expect 0 run main --json
  is '.problems.formula == 1'
}

@test "cancelled, nothing is changed" {
  district
  east_ready
  expect 0 run east
  sed -i 's/Zoë/Zoe/' "$csv/users.csv"
  touch "$csv/users.csv" # so that it is waited for
  run --separate-stderr timeout -s INT 0.2 "$lumenport" --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" \
    --state "$BATS_TEST_TMPDIR/state" run east
  [ "$status" -eq 124 ] || [ "$status" -eq 130 ]
  [ "$(record student a1 .firstName)" = Zoë ]
  expect 0 run east
  [ "$(record student a1 .firstName)" = Zoe ]
}
