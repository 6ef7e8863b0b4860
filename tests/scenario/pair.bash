# Apps that have some of the same people, as OneRoster CSV. Load after helper.
# shellcheck shell=bash

# source_app NAME STUDENTS: an app with so many students; emails and phones are its own
source_app() {
  local name=$1 dir=$BATS_TEST_TMPDIR/$1 i
  mkdir -p "$dir"
  printf 'sourcedId,name,type,identifier\n%s-s,Elm School,school,1\n' "$name" >"$dir/orgs.csv"
  printf 'sourcedId,title,type,startDate,endDate,schoolYear\n%s-t,Fall,term,2026-08-01,2026-12-20,2027\n' \
    "$name" >"$dir/academicSessions.csv"
  printf 'sourcedId,title,orgSourcedId\n%s-c,Math,%s-s\n' "$name" "$name" >"$dir/courses.csv"
  printf 'sourcedId,title,courseSourcedId,classType,schoolSourcedId,termSourcedIds\n%s\n' \
    "$name-k,Math 1,$name-c,scheduled,$name-s,$name-t" >"$dir/classes.csv"
  echo 'sourcedId,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,email,phone,identifier' \
    >"$dir/users.csv"
  echo "$name-a,true,$name-s,teacher,teach,,Ann,Teach,ann@x.org,1,t1" >>"$dir/users.csv"
  echo 'sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role' >"$dir/enrollments.csv"
  for i in $(seq "$2"); do
    echo "$name-u$i,true,$name-s,student,user$i,,Given$i,Family$i,user$i@$name.org,$i-$name,n$i" \
      >>"$dir/users.csv"
    echo "$name-e$i,$name-k,$name-s,$name-u$i,student" >>"$dir/enrollments.csv"
  done
  lp app add oneroster-csv --name "$name" --path "$dir" --set multiple_sources=on
  lp terms accept "$name"
  lp schools "$name" --auto
}

# decide_newest: approves the newest sync, if it waits
decide_newest() {
  local fingerprint number
  read -r number fingerprint < <(lp history --json |
    jq -r 'select(.state == "held") | [.sync, .fingerprint] | join(" ")' | head -1) || true
  [ -z "$number" ] || lp approve "$number" --fingerprint "$fingerprint"
}
