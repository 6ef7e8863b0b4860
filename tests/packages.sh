#!/bin/sh
# The Debian packages that lumenport needs: installs those that are missing, or names them.
# usage: packages.sh build|demo|test|valgrind|lint    install what is missing (root, or sudo)
#        packages.sh check MODULE...    only see whether these pkg-config modules are there
set -eu

# package and what shows that it is there: a pkg-config module, or a command after a slash
build='gcc /gcc
  libc6-dev /gcc
  make /make
  pkg-config /pkg-config
  libcurl4-openssl-dev libcurl
  libcjson-dev libcjson
  libconfig-dev libconfig
  libsqlite3-dev sqlite3
  libxxhash-dev libxxhash
  libutf8proc-dev libutf8proc
  libisal-dev libisal
  libzip-dev libzip
  libssl-dev libcrypto
  libncurses-dev ncursesw
  libmicrohttpd-dev libmicrohttpd
  zlib1g-dev zlib'
demo='bash /bash
  curl /curl'
tests='perl /prove
  bats /bats
  faketime /faketime
  systemd /systemd-analyze
  tmux /tmux
  jq /jq
  openssh-client /ssh-keygen
  openssh-server /sshd
  libnss-wrapper nss_wrapper
  openssl /openssl
  procps /pgrep
  python3 /python3
  sqlite3 /sqlite3
  strace /strace
  unzip /unzip'
valgrind='valgrind /valgrind'
lint='clang /clang
  clang-format /clang-format
  cppcheck /cppcheck
  shellcheck /shellcheck
  mandoc /mandoc'

# is_there PACKAGE PROBE: Debian is asked for the package, other systems for what it brings.
is_there() {
  if [ -n "$debian" ]; then
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
    return
  fi
  case $2 in
    /*) command -v "${2#/}" >/dev/null 2>&1 ;;
    *) pkg-config --exists "$2" 2>/dev/null ;;
  esac
}

# check MODULE...: what the compiler would stumble over, by the names of Debian's packages.
check() {
  missing=
  command -v pkg-config >/dev/null 2>&1 || missing=' pkg-config'
  for module in "$@"; do
    [ "$missing" != ' pkg-config' ] && pkg-config --exists "$module" && continue
    package=$(echo "$build" | sed -n "s/^ *\([^ ]*\) $module\$/\1/p")
    missing="$missing ${package:-$module}"
  done
  [ -z "$missing" ] && exit 0
  echo "Missing packages (Debian's names):$missing" >&2
  echo 'On Debian, "make demo" or "tests/packages.sh build" installs them, as root or with sudo.' >&2
  exit 1
}

case ${1:-} in
  check) shift; check "$@" ;;
  build) want=$build ;;
  demo) want="$build $demo" ;;
  test) want="$build $demo $tests" ;;
  valgrind) want="$build $demo $tests $valgrind" ;;
  lint) want="$build $demo $tests $lint" ;;
  *) sed -n 's/^# \(usage\)/\1/p; s/^# \{7\}/       /p' "$0" >&2; exit 2 ;;
esac

debian=
if command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
  debian=yes
fi
missing=
# shellcheck disable=SC2086  # the list is meant to be split
set -- $want
while [ $# -gt 0 ]; do
  is_there "$1" "$2" || missing="$missing $1"
  shift 2
done
[ -n "$missing" ] || exit 0

if [ -z "$debian" ]; then
  echo "Missing; please install (Debian's names):$missing" >&2
  exit 1
fi
run=
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo >/dev/null 2>&1 || ! { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    echo "Missing packages. As root: apt-get install$missing" >&2
    exit 1
  fi
  run=sudo
fi
echo "Installing:$missing" >&2
log=$(mktemp)
# shellcheck disable=SC2086
$run env DEBIAN_FRONTEND=noninteractive sh -eu -c '
  apt-get -q update
  apt-get -q -y --no-install-recommends install "$@"' sh $missing >"$log" 2>&1 || {
  tail -n 20 "$log" >&2
  echo "They could not be installed; all that apt-get said is in $log" >&2
  exit 1
}
rm -f "$log"
