# Drives a program in a real tmux, on a socket of its own. Tests wait for text; nothing here
# sleeps for luck.
#
#   tui_start [-x COLUMNS] [-y LINES] [-t TERM] [-e NAME=VALUE].. COMMAND ARG..
#   keys KEY..           as tmux names them: Enter Tab BTab C-a F8 Up
#   type_text TEXT       literally
#   hex 1b 5b 41         bytes, as a terminal would send them
#   paste TEXT           as a terminal pastes (bracketed when the program asked for it)
#   wait_for TEXT [SECONDS]    a fixed string on the screen; shows the screen when it never comes
#   wait_gone TEXT [SECONDS]
#   screen [-e]          the screen (-e: with colours)
#   cursor               "column,line" of the hardware cursor
#   resize COLUMNS LINES
#   tui_pid              of the program
#   tui_stop             always, in teardown
#
#   golden NAME          the screen is tests/tui/golden/NAME.txt (GOLDEN=write makes it so)
#
# When the program has ended the screen says "exit CODE" and "terminal restored" or what is
# left changed.

export LC_ALL=C.UTF-8
tui_started=0
unset TMUX NO_COLOR LANG ESCDELAY SSH_CONNECTION SSH_TTY ACCESSIBLE

tui_tmux() {
  tmux -u -f /dev/null -S "$BATS_TEST_TMPDIR/tmux$tui_started" "$@"
}

tui_start() {
  local columns=80 lines=24 term=tmux-256color variables=()
  tui_stop
  tui_started=$((tui_started + 1)) # a socket each: the last server may still be going
  while :; do
    case $1 in
      -x) columns=$2 ;;
      -y) lines=$2 ;;
      -t) term=$2 ;;
      -e) variables+=("$2") ;;
      *) break ;;
    esac
    shift 2
  done
  # Job control, so that Ctrl-Z can be tried; the shell goes on behind a stopped program.
  cat >"$BATS_TEST_TMPDIR/run" <<SCRIPT
set -m
before=\$(stty -g)
report() {
  if [ "\$(stty -g)" = "\$before" ]; then echo "terminal restored"; else stty -a; fi
}
echo "before the program"
env TERM=$term ${variables[*]@Q} ${*@Q}
code=\$?
go_on() { # no loop: bash leaves one when a program in it is stopped
  [ \$code = 148 ] || return
  echo stopped
  report
  read -r _
  fg >/dev/null
  code=\$?
  go_on
}
go_on
echo "exit \$code"
report
exec cat -v
SCRIPT
  tui_tmux new-session -d -x "$columns" -y "$lines" "bash $BATS_TEST_TMPDIR/run" \; \
    set -g status off \; set -g window-size manual \; set -g remain-on-exit on \; \
    set -s escape-time 0
}

tui_stop() {
  tui_tmux kill-server 2>/dev/null || true
}

keys() {
  tui_tmux send-keys "$@"
}

type_text() {
  tui_tmux send-keys -l -- "$1"
}

hex() {
  tui_tmux send-keys -H "$@"
}

paste() {
  tui_tmux set-buffer -- "$1"
  tui_tmux paste-buffer -p
}

# shellcheck disable=SC2120  # tests pass -e
screen() {
  tui_tmux capture-pane -p "$@"
}

cursor() {
  tui_tmux display-message -p '#{cursor_x},#{cursor_y}'
}

resize() {
  tui_tmux resize-window -x "$1" -y "$2"
}

tui_pid() {
  pgrep -P "$(tui_tmux display-message -p '#{pane_pid}')" | head -n 1
}

# wait_until SECONDS COMMAND..: polls until it succeeds.
wait_until() {
  local deadline=$((${EPOCHREALTIME//[.,]/} + $1 * 1000000))
  shift
  until "$@"; do
    [ "${EPOCHREALTIME//[.,]/}" -lt "$deadline" ] || return 1
    read -rt 0.02 <> <(:) || true
  done
}

screen_has() {
  screen | grep -qF -- "$1"
}

screen_lacks() {
  ! screen_has "$1"
}

wait_for() {
  wait_until "${2:-20}" screen_has "$1" && return
  echo "never came: $1"
  screen
  return 1
}

wait_gone() {
  wait_until "${2:-20}" screen_lacks "$1" && return
  echo "never went: $1"
  screen
  return 1
}

# What changes from run to run is the caller's to hide: golden NAME SED-EXPRESSION..
golden() {
  local file="$BATS_TEST_DIRNAME/golden/$1.txt" expressions=(-e 's/ *$//') e
  shift
  for e in "$@"; do
    expressions+=(-e "$e")
  done
  if [ "${GOLDEN:-}" = write ]; then
    mkdir -p "${file%/*}"
    screen | sed "${expressions[@]}" >"$file"
  fi
  screen | sed "${expressions[@]}" | diff -u "$file" -
}
