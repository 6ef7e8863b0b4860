#!/bin/bash
# make demo: lumenport at work on a made-up district, from nothing to an export and a hold.
# Installs what is missing, builds, starts the simulated Lumen Touch on a free port of the
# loopback, and stops all that it started. What it made stays in demo-state/ to be looked at.
set -eu
cd "$(dirname "$0")/.."

state=demo-state
sim=
# No proxy stands between this machine and itself.
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n== %s\n' "$*"; }

# A command as an administrator would type it, and what it says.
shown() {
  printf '$ lumenport'
  for word in "$@"; do
    case $word in *' '*) printf " '%s'" "$word" ;; *) printf ' %s' "$word" ;; esac
  done
  printf '\n'
  lumenport "$@"
}
# (A line at a time, so that what it says on both streams keeps its order in a log.)
lumenport() { stdbuf -oL ./lumenport --config $state/lumenport.conf --state $state "$@"; }

# The district is told what to become: set NAME=VALUE.
district() { curl -sS -f -o /dev/null -X POST "$url/sim/set?$1"; }

stop() {
  [ -z "$sim" ] || { kill "$sim" && wait "$sim"; } 2>/dev/null || true
  sim=
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

say 'Installing what is missing, and building'
tests/packages.sh demo
make --no-print-directory -j"$(nproc)" all build/lumensim
[ -x ./lumenport ] || { echo 'make demo: ./lumenport was not built' >&2; exit 1; }

say 'A simulated Lumen Touch: 2,000 students in three schools'
rm -rf $state
mkdir -m 700 $state
build/lumensim --students 2000 --lifetime 3600 >$state/sim.txt &
sim=$!
for _ in $(seq 200); do
  [ -s $state/sim.txt ] && break
  kill -0 $sim 2>/dev/null || { echo 'make demo: the simulated source did not start' >&2; exit 1; }
  sleep 0.05
done
read -r _ url <$state/sim.txt
echo "It listens at $url"

say 'Setting up the app: address, client, secret (by standard input only), terms'
shown app add lumen-touch --name main --url "$url" --client-id demo 2>/dev/null
echo '$ lumenport secret set main  < the secret'
echo demo-secret | lumenport secret set main
shown terms accept main

say 'Test Connection'
shown test main

say 'Schools Mapping, all of them'
shown schools main --auto

say 'Run Import: the first one'
shown run main

say 'A day later: who joined, moved, left'
district day=1
shown run main
shown show 2 --changes student | sed -n '1,17p'
echo '...'

say 'A bad day: the source shows only six of ten students. This must not go through unseen'
district fault=lose=40
code=0
shown run main || code=$?
[ $code = 20 ] || { echo "make demo: exit code $code, where a hold (20) was expected" >&2; exit 1; }
echo '(exit code 20: held. Nothing of it is in the hub.)'

say 'An administrator says no'
shown reject 3 --reason 'Four of ten students are missing at the source' | sed -n '1,2p; /^Decided/p'
district clear=1
shown run main | sed -n '1,2p'

say 'The hub, and its export'
shown status
shown history
shown export --to $state/oneroster-csv --zip $state/oneroster-csv.zip
ls $state/oneroster-csv

# The same by screen, on a state of its own: a newcomer presses Next through a real setup.
if [ -t 0 ] && [ -t 1 ]; then
  say 'The same by screen: the wizard, with address, client and secret filled in'
  read -r -p 'Enter opens it; F10 leaves it, F1 helps. '
  mkdir -m 700 $state/wizard
  (umask 077 && echo demo-secret >$state/demo.secret)
  ./lumenport --config $state/wizard/lumenport.conf --state $state/wizard \
    --prefill "$url,demo,$state/demo.secret" || true
fi
stop
say 'Done. Nothing is left running.'
cat <<END
The export lies in      $PWD/$state/oneroster-csv (and .zip)
Look at all of it with  ./lumenport --config $state/lumenport.conf --state $state status
                        ./lumenport --config $state/lumenport.conf --state $state data student --search obrien
Throw it away with      make clean
END
