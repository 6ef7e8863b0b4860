# A small district as OneRoster CSV, and changes to it. Load after helper and roster.
# shellcheck shell=bash
# shellcheck disable=SC2154 # variables that the helpers share

# The files were written a while ago, unless a test says otherwise: a set that is fresh is waited
# for, which would add up.
eval "lp_now() $(declare -f lp | tail -n +2)"
lp() {
  find "$BATS_TEST_TMPDIR"/csv* ! -type l -newermt '-5 seconds' -exec touch -hd '1 minute ago' {} + 2>/dev/null || true
  lp_now "$@"
}

# put NAME: standard input becomes that file of the set in $csv
put() { cat >"$csv/$1"; }

# manifest VERSION [FILE=MODE...]: bulk unless told otherwise
manifest() {
  local version=$1 file pair
  shift
  {
    printf 'propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,%s\r\n' "$version"
    for file in academicSessions classes courses demographics enrollments orgs users roles; do
      [ "$file$version" != roles1.1 ] || continue
      for pair in "$@" "$file=bulk"; do
        [ "${pair%%=*}" != "$file" ] || break
      done
      printf 'file.%s,%s\r\n' "$file" "${pair#*=}"
    done
    printf 'source.systemCode,east-sis\r\n'
  } | put manifest.csv
}

# district: two schools, two students, a teacher, an administrator, two contacts; 1.1 and bulk
district() {
  mkdir -p "$csv"
  manifest 1.1
  put orgs.csv <<'CSV'
sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
d1,,,East District,district,,
s1,,,East High,school,0101,d1
s2,,,East Middle,school,0102,d1
CSV
  put academicSessions.csv <<'CSV'
sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear
y1,,,2026-2027,schoolYear,2026-08-15,2027-06-20,,2027
t1,,,Fall,term,2026-08-15,2026-12-20,y1,2027
CSV
  put users.csv <<'CSV'
sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password
a1,,,true,s1,student,zoe,"{stateId:77},{LDAP:zz}",Zoë,"Ng, Jr.",,1001,zoe@east.example,,+1 555,c1,09,hunter2
a2,,,true,"s2,s1",student,max,,Max,Ode,,1002,,,,"c1,c2",08,hunter2
e1,,,true,"s1,d1",teacher,tea,,Tea,Cher,,2001,,,,,,hunter2
e2,,,true,d1,administrator,adm,,Ad,Min,,2002,,,,,,
c1,,,true,,parent,pa,,Pa,Rent,,,,,,,,
c2,,,false,,guardian,,,Gu,Ardian,,,,,,a2,,
CSV
  put demographics.csv <<'CSV'
sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus
a1,,,2011-02-03,female,false,true,false,false,false,false,false,US,MN,"St. Paul",
a2,,,2012-03-04,male,,,,,,,true,,,,
CSV
  put courses.csv <<'CSV'
sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes
k1,,,y1,"Art, Advanced",ART2,"08,09",s1,"""Art, Fine"",Craft",
CSV
  put classes.csv <<'CSV'
sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods
l1,,,Art 2,"08,09",k1,ART2-1,scheduled,"Room ""4""",s1,t1,,,"1,3"
l2,,,Art 3,,k1,,homeroom,,s2,"t1,y1",,,
CSV
  put enrollments.csv <<'CSV'
sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
n1,,,l1,s1,a1,student,,2026-08-15,
n2,,,l1,s1,e1,teacher,true,,
n3,,,l2,s2,a2,student,false,,
CSV
}

# east_ready [OPTION of app add...]: an app "east" on the set in $csv, ready to run
east_ready() {
  lp app add oneroster-csv --name east --path "$csv" "$@"
  lp terms accept east
  lp schools east --auto
}

# sum: what is in the hub and which sync made it so
sum() { hub "$BATS_TEST_TMPDIR/sum" && sha256sum <"$BATS_TEST_TMPDIR/sum"; }

# refused CODE TEXT: an import fails so, says so, and changes nothing
refused() {
  local before
  before=$(sum)
  expect "$1" run east
  says "$2"
  [ "$(sum)" = "$before" ]
}

# person ENTITY ID FILTER: jq -r on one record of the hub
record() { lp data "$1" --json | jq -r "select(.sisId == \"$2\") | $3"; }

# zipped: the set as a zip, in place of the folder
zipped() {
  python3 -c 'import sys, zipfile, pathlib
z = zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED)
for p in sorted(pathlib.Path(sys.argv[1]).iterdir()): z.write(p, sys.argv[3] + p.name)' \
    "$csv" "$csv.zip" "${1-}"
}
