#!/bin/sh
# Installs the Debian packages that are missing, or names them.
# usage: packages.sh build|test|lint
set -eu

build='gcc make pkg-config libc6-dev libcurl4-openssl-dev libcjson-dev libconfig-dev libsqlite3-dev
  libxxhash-dev libutf8proc-dev libisal-dev libssl-dev libncurses-dev libmicrohttpd-dev zlib1g-dev'
tests='perl bats tmux jq sqlite3 openssl curl valgrind unzip zip strace procps python3-minimal'
lint='clang clang-format clang-tidy cppcheck shellcheck mandoc'

case ${1:-} in
  build) want=$build ;;
  test) want="$build $tests" ;;
  lint) want="$build $tests $lint" ;;
  *) echo "usage: $0 build|test|lint" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "This is not Debian: please see that the following (Debian's names) are installed:" >&2
  echo $want >&2
  exit 0
fi
missing=
for p in $want; do
  case $(dpkg-query -W -f='${Status}' "$p" 2>/dev/null) in
    *' installed') ;;
    *) missing="$missing $p" ;;
  esac
done
[ -n "$missing" ] || exit 0

run=
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo >/dev/null 2>&1 || ! sudo -n true 2>/dev/null; then
    echo "Missing packages. As root: apt-get install$missing" >&2
    exit 1
  fi
  run='sudo -n'
fi
echo "Installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$run apt-get -qq update >&2
# shellcheck disable=SC2086  # the list is meant to be split
$run apt-get -qq -y --no-install-recommends install $missing >&2
