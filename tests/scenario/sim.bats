#!/usr/bin/env bats
# The simulated Lumen Touch checked against itself, with curl and jq: what the other scenarios
# lean on (paging, both kinds of authorization, days, faults, hooks) does what it says.

sim=${LUMENSIM:-$BATS_TEST_DIRNAME/../../build/lumensim}

# One server for the file; each test sets what it needs and clears it first.
setup_file() {
  export SIM_OUT=$BATS_FILE_TMPDIR/ready
  "$sim" --lifetime 120 --ca-out /dev/null >"$SIM_OUT" 3>&- &
  echo $! >"$BATS_FILE_TMPDIR/pid"
  for _ in $(seq 100); do [ -s "$SIM_OUT" ] && break; sleep 0.05; done
}

teardown_file() {
  kill "$(cat "$BATS_FILE_TMPDIR/pid")"
}

setup() {
  read -r _ origin <"$SIM_OUT"
  base=$origin/ims/oneroster/v1p1
  hook 'set?clear=1&students=200&day=0&auth=none&version=1.1&limit_cap=10000&think=0&secret=demo-secret'
  hook reset-stats
}

hook() { curl -sS -f -o /dev/null -X POST "$origin/sim/$1" "${@:2}"; }
fault() { hook set -G --data-urlencode "fault=$1"; }
page() { curl -sS "$base/$1"; }
status() { curl -sS -o /dev/null -w '%{http_code}' "$@"; }
header() { curl -sS -o /dev/null -D - "$base/$1" | tr -d '\r' | sed -n "s/^$2: //p"; }
count() { page "$1" | jq ".${2:-users} | length"; }
token() { curl -sS -u "demo:${1:-demo-secret}" -d "grant_type=client_credentials${2:-}" "$base/token"; }

@test "pages cover a collection exactly once, in order, and say so" {
  [ "$(header 'users?limit=100' X-Total-Count)" = "$(count 'users?limit=10000')" ]
  for o in 0 100 200 300 400 500; do page "users?limit=100&offset=$o"; done |
    jq -r '.users[].sourcedId' >"$BATS_TEST_TMPDIR/paged"
  page 'users?limit=10000' | jq -r '.users[].sourcedId' >"$BATS_TEST_TMPDIR/whole"
  cmp "$BATS_TEST_TMPDIR/paged" "$BATS_TEST_TMPDIR/whole"
  LC_ALL=C sort -cu "$BATS_TEST_TMPDIR/whole"
  header 'users?limit=100&offset=100' Link | grep -q "users?limit=100&offset=200>; rel=\"next\""
  [ "$(header 'users?limit=1000' Link | grep -c 'rel="next"')" = 0 ]
  [ "$(status "$base/users?limit=-1")" = 400 ]
  [ "$(count 'users?offset=99999')" = 0 ]
  [ "$(count users)" = 100 ]
}

@test "every collection has its key, and its references lead somewhere" {
  for c in orgs schools:orgs academicSessions terms:academicSessions \
    gradingPeriods:academicSessions courses classes users students:users teachers:users \
    enrollments demographics; do
    [ "$(page "${c%:*}?limit=10" | jq ".${c#*:} | length")" -gt 2 ]
  done
  page 'classes?limit=10000' | jq -r '.classes[].sourcedId' | sort >"$BATS_TEST_TMPDIR/classes"
  page 'enrollments?limit=10000' | jq -r '.enrollments[].class.sourcedId' | sort -u |
    comm -23 - "$BATS_TEST_TMPDIR/classes" | wc -l | grep -qx 0
}

@test "single records are found by id, also by an odd one" {
  fault odd-ids
  id=$(page 'users?limit=10000' | jq -r '[.users[].sourcedId | select(test("/"))][0]')
  [ -n "$id" ]
  path=$(jq -rn --arg i "$id" '$i | @uri')
  [ "$(page "users/$path" | jq -r .user.sourcedId)" = "$id" ]
  [ "$(status "$base/users/nobody")" = 404 ]
}

@test "filters by date, status, role and other fields" {
  hook 'set?day=2'
  [ "$(count "users?limit=10000&filter=dateLastModified%3E%272026-09-01T00:00:00.000Z%27")" -lt 40 ]
  [ "$(count "users?limit=10000&filter=role%3D%27student%27")" = 200 ]
  [ "$(count "users?limit=10000&filter=role=%27student%27%20AND%20status=%27active%27")" = 200 ]
  [ "$(count "orgs?filter=type%3D%27district%27" orgs)" = 1 ]
  [ "$(status "$base/users?filter=nonsense")" = 400 ]
}

@test "OAuth 2: client by header or body, scopes, wrong secrets, ends of life" {
  hook 'set?auth=oauth2'
  [ "$(status "$base/orgs")" = 401 ]
  page orgs | jq -e '.imsx_codeMajor == "failure"'
  t=$(token | jq -r .access_token)
  [ "$(status -H "Authorization: Bearer $t" "$base/orgs")" = 200 ]
  [ "$(token wrong | jq -r .error)" = invalid_client ]
  body='grant_type=client_credentials&client_id=demo&client_secret=demo-secret'
  curl -sS -d "$body" "$base/token" | jq -e '.expires_in == 3600'
  scope=https://purl.imsglobal.org/spec/or/v1p1/scope/roster-core.readonly
  t=$(token demo-secret "&scope=$scope" | jq -r .access_token)
  [ "$(status -H "Authorization: Bearer $t" "$base/users")" = 200 ]
  [ "$(status -H "Authorization: Bearer $t" "$base/demographics")" = 403 ]
  hook 'set?expire_tokens=1'
  [ "$(status -H "Authorization: Bearer $t" "$base/orgs")" = 401 ]
  [ "$(curl -sS "$origin/sim/stats" | jq .tokens_issued)" = 3 ]
}

# sign DIGEST METHOD NONCE TIMESTAMP SECRET: the header for $base/users with a filter, by openssl
sign() {
  local params text mac
  enc() { jq -rn --arg s "$1" '$s | @uri' | sed "s/'/%27/g; s/(/%28/g; s/)/%29/g; s/\*/%2A/g; s/!/%21/g"; }
  params="filter=$(enc "role='student'")&limit=5&oauth_consumer_key=demo&oauth_nonce=$3"
  params+="&oauth_signature_method=$2&oauth_timestamp=$4&oauth_version=1.0"
  text="GET&$(enc "$base/users")&$(enc "$params")"
  mac=$(printf %s "$text" | openssl dgst "-$1" -hmac "$(enc "$5")&" -binary | base64)
  printf 'Authorization: OAuth oauth_consumer_key="demo", oauth_nonce="%s", ' "$3"
  printf 'oauth_signature_method="%s", oauth_timestamp="%s", oauth_version="1.0", ' "$2" "$4"
  printf 'oauth_signature="%s"' "$(enc "$mac")"
}

@test "OAuth 1.0a: both digests, replay, skew and wrong secrets" {
  hook 'set?auth=oauth1&secret=s3%20cret%26'
  url="$base/users?limit=5&filter=role%3D%27student%27"
  now=$(date +%s)
  [ "$(status -H "$(sign sha1 HMAC-SHA1 n1 "$now" 's3 cret&')" "$url")" = 200 ]
  [ "$(status -H "$(sign sha256 HMAC-SHA256 n2 "$now" 's3 cret&')" "$url")" = 200 ]
  [ "$(status -H "$(sign sha1 HMAC-SHA1 n1 "$now" 's3 cret&')" "$url")" = 401 ]
  [ "$(status -H "$(sign sha1 HMAC-SHA1 n3 "$((now - 400))" 's3 cret&')" "$url")" = 401 ]
  [ "$(status -H "$(sign sha1 HMAC-SHA1 n4 "$now" other)" "$url")" = 401 ]
  [ "$(status -H "$(sign sha1 HMAC-SHA1 n5 "$now" 's3 cret&')" "$url&offset=1")" = 401 ]
  fault skew=900
  [ "$(status -H "$(sign sha1 HMAC-SHA1 n6 "$now" 's3 cret&')" "$url")" = 401 ]
  [ "$(status -H "$(sign sha1 HMAC-SHA1 n7 "$((now + 900))" 's3 cret&')" "$url")" = 200 ]
}

@test "a day is the same bytes each time; the next differs by little" {
  hook 'set?students=3000'
  page 'enrollments?limit=100000' | cksum >"$BATS_TEST_TMPDIR/a"
  page 'users?limit=10000' | jq -c '.users[]' >"$BATS_TEST_TMPDIR/day0"
  hook 'set?day=1'
  page 'users?limit=10000' | jq -c '.users[]' >"$BATS_TEST_TMPDIR/day1"
  changed=$(diff "$BATS_TEST_TMPDIR/day0" "$BATS_TEST_TMPDIR/day1" | grep -c '^>')
  [ "$changed" -gt 20 ] && [ "$changed" -lt 200 ]
  hook 'set?day=0'
  page 'enrollments?limit=100000' | cksum | cmp - "$BATS_TEST_TMPDIR/a"
}

@test "a school opens, a school closes, a summer comes" {
  for d in 29:3 30:4 60:3; do
    hook "set?day=${d%:*}"
    [ "$(count schools orgs)" = "${d#*:}" ]
  done
  hook 'set?day=100'
  [ "$(page academicSessions | jq -r '.academicSessions[0].schoolYear')" = 2028 ]
}

@test "1.2 has its own path and shape" {
  hook 'set?version=1.2'
  [ "$(status "$base/users")" = 404 ]
  base=$origin/ims/oneroster/rostering/v1p2
  page 'users?limit=10000' | jq -e '[.users[] | .roles[0].org.sourcedId] | all'
  [ "$(count 'students?limit=10000')" = 200 ]
}

@test "faults strike at their turn, so often, and where told" {
  fault 502x2@2
  fault 429=7:orgs
  got=$(for _ in 1 2 3 4; do status "$base/users"; done)
  [ "$got" = 200502502200 ]
  [ "$(header orgs Retry-After)" = 7 ]
  [ "$(status "$base/orgs")" = 200 ]
  run fault no-such-fault
  [ "$status" != 0 ]
}

@test "faults of paging" {
  fault limit-clamp=40
  [ "$(count 'users?limit=1000')" = 40 ]
  fault total-wrong=negative
  [ "$(header users X-Total-Count)" = -1 ]
  fault envelope=persons
  [ "$(count users persons)" = 40 ]
  hook 'set?clear=1'
  fault limit-400=50
  [ "$(status "$base/users?limit=51")$(status "$base/users?limit=50")" = 400200 ]
  next=$(page 'users?limit=50&offset=50' | jq -r '.users[1].sourcedId')
  fault shift
  [ "$(page 'users?limit=50' | jq '.users | length')" = 50 ]
  [ "$(page 'users?limit=50&offset=50' | jq -r '.users[0].sourcedId')" = "$next" ]
  fault same-page
  fault rev-change@2
  [ "$(header 'users?limit=5' x-perm-rev)" = 7000 ]
  [ "$(header 'users?limit=5&offset=5' x-perm-rev)" = 7001 ]
}

@test "faults of travel: broken off, in chunks, compressed, marked" {
  fault truncate
  run jq . <<<"$(page users)"
  [ "$status" != 0 ]
  fault cut
  run curl -sS "$base/users"
  [ "$status" = 18 ]
  fault chunked
  fault lower-headers
  curl -sS -D - -o /dev/null "$base/users" | grep -qi '^transfer-encoding: chunked'
  fault gzip-unasked
  curl -sS "$base/users" | gzip -d | jq -e '.users | length == 100'
  hook 'set?clear=1'
  fault bom
  [ "$(page users | head -c 3 | od -An -tx1)" = ' ef bb bf' ]
}

@test "faults of records" {
  fault odd-ids
  fault bools=T
  fault password
  fault duplicates
  fault escapes
  fault nul-escape
  page 'users?limit=10000' >"$BATS_TEST_TMPDIR/users"
  jq -e '[.users[].enabledUser] | unique - ["T", "F"] == []' "$BATS_TEST_TMPDIR/users"
  jq -e '[.users[].password] | unique == ["CANARY-PASSWORD"]' "$BATS_TEST_TMPDIR/users"
  jq -e '[.users[].sourcedId] | length > (unique | length)' "$BATS_TEST_TMPDIR/users"
  jq -e '[.users[].sourcedId | select(test("^[0-9a-f-]{36}$") | not)] | length > 8' "$BATS_TEST_TMPDIR/users"
  jq -e '[.users[].givenName | select(test("\u001b"))] | length > 5' "$BATS_TEST_TMPDIR/users"
  grep -q 'u0000' "$BATS_TEST_TMPDIR/users"
  hook 'set?clear=1'
  fault big-ids
  page 'users?limit=10' | grep -q '"sourcedId":900719925474099'
  fault lose=40
  [ "$(count 'students?limit=1000')" -lt 150 ]
}

@test "records are laid over, marked and taken away until cleared" {
  n=$(count 'users?limit=10000')
  id=$(page users | jq -r '.users[3].sourcedId')
  hook "delete?collection=users&id=$id"
  hook 'record?collection=users&id=new' --data-binary '{"sourcedId":"new", broken'
  [ "$(page 'users?limit=10000' | grep -c '"new", broken')" = 1 ]
  hook 'record?collection=users&id=new' --data-binary '{"sourcedId":"new","givenName":"Zed"}'
  [ "$(count 'users?limit=10000')" = "$n" ]
  hook 'status?collection=orgs&id=S-0002&status=tobedeleted'
  [ "$(page orgs/S-0002 | jq -r .org.status)" = tobedeleted ]
  hook 'set?clear=1'
  [ "$(page 'users?limit=10000' | jq -r '.users[3].sourcedId')" = "$id" ]
}

@test "the statistics tell paths, queries and who came at once" {
  hook 'set?think=100'
  for _ in 1 2 3; do status "$base/users?limit=7" >/dev/null & done
  wait
  curl -sS "$origin/sim/stats" >"$BATS_TEST_TMPDIR/stats"
  jq -e '.max_concurrent == 3 and .paths["/ims/oneroster/v1p1/users"] == 3' "$BATS_TEST_TMPDIR/stats"
  jq -e '.log | all(.query == "limit=7" and .status == 200)' "$BATS_TEST_TMPDIR/stats"
}

@test "https with a certificate of its own" {
  ca=$BATS_TEST_TMPDIR/ca.pem
  "$sim" --https --ca-out "$ca" --auth none --lifetime 20 >"$BATS_TEST_TMPDIR/ready" 3>&- &
  pid=$!
  for _ in $(seq 100); do [ -s "$BATS_TEST_TMPDIR/ready" ] && break; sleep 0.05; done
  read -r _ origin <"$BATS_TEST_TMPDIR/ready"
  curl -sS --cacert "$ca" "$origin/ims/oneroster/v1p1/schools" | jq -e '.orgs | length == 3'
  kill "$pid"
  wait "$pid"
}

@test "collections that are missing, forbidden or empty, several at once" {
  fault missing=demographics
  fault missing=courses
  fault forbidden=classes
  fault empty-type=terms
  got=$(for c in demographics courses classes users; do status "$base/$c"; done)
  [ "$got" = 404404403200 ]
  [ "$(count terms academicSessions)" = 0 ]
}

@test "those who left are tombstones where the source keeps them" {
  hook 'set?day=5'
  fault tombstones
  gone=$(page 'users?limit=10000' | jq '[.users[] | select(.status == "tobedeleted")] | length')
  [ "$gone" -gt 4 ]
  hook 'set?clear=1'
  [ "$(count 'users?limit=10000&filter=status%3D%27tobedeleted%27')" = 0 ]
}
