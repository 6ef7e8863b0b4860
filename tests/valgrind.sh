#!/bin/bash
# The program's whole way under valgrind: set up, first import, nothing changed, a hold, its
# approval, a rejection, an export. Any error or leak is a failure. TAP, for prove(1).
set -eu

dir=$(mktemp -d)
sim=
stop() { { [ -z "$sim" ] || kill "$sim"; } 2>/dev/null; rm -rf "$dir"; }
trap stop EXIT
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1

count=0
# step EXPECTED WORD...: a command; its exit code must be the expected one.
step() {
  local want=$1 code=0 result=ok
  shift
  valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect,possible \
    "$LUMENPORT" --config "$dir/conf" --state "$dir" "$@" >"$dir/out" 2>"$dir/err" || code=$?
  [ $code = "$want" ] || result='not ok'
  count=$((count + 1))
  echo "$result $count - $1 ${2:-}: exit code $code"
  [ "$result" = ok ] || sed 's/^/# /' "$dir/out" "$dir/err"
}

"$LUMENSIM" --students 120 --lifetime 300 >"$dir/ready" &
sim=$!
until [ -s "$dir/ready" ]; do kill -0 $sim; sleep 0.05; done
read -r _ url <"$dir/ready"
district() { curl -sS -f -o /dev/null -X POST "$url/sim/set?$1"; }
fingerprint() { sed -n 's/^Fingerprint: //p' "$dir/out"; }

step 0 app add lumen-touch --name main --url "$url" --client-id demo
echo demo-secret >"$dir/secret"
step 0 secret set main <"$dir/secret"
step 0 terms accept main
step 0 test main
step 0 schools main --auto
step 0 run main
step 0 run main
district fault=lose=40
step 20 run main
step 0 show 3 --changes
step 0 show 3
step 0 approve 3 --fingerprint "$(fingerprint)"
district 'clear=1&day=3'
step 0 app set main preview=on
step 20 run main --json
step 0 reject 4 --reason 'only a test'
step 0 status
step 0 history
step 0 data student --search a --limit 5
step 0 export --to "$dir/csv" --zip "$dir/csv.zip"
step 2 export --nonsense
step 10 run nobody
echo "1..$count"
