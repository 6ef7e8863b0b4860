#!/usr/bin/env bats
# The terminal and the widgets, by hand of a tmux (see helper.bash, widget_demo.c).

load helper

setup() {
  demo=${BUILD:-build}/tests/tui/widget_demo
  cd "$BATS_TEST_DIRNAME/../.."
  [ -x "$demo" ] || make BUILD="${BUILD:-build}" "$demo"
}

teardown() {
  tui_stop
}

# Leaves by the quit dialog (Discard) and waits for what the program prints then.
quit() {
  keys F10
  wait_for "Leave now?"
  keys BTab Enter
  wait_for "quit:"
}

@test "text: UTF-8, wide and combining characters, and the keys of a line" {
  tui_start "$demo"
  wait_for "Name"
  type_text 'Zoë 李小龍'
  hex 65 cc 81
  wait_for $'[Zoë 李小龍e\u0301'
  [ "$(cursor)" = 28,3 ]
  keys BSpace BSpace            # the e with its accent, then one wide character
  wait_for '[Zoë 李小 '
  keys C-a
  type_text 'A '
  keys C-e
  type_text ' B C'
  keys C-w
  wait_for '[A Zoë 李小 B '
  keys Left Left Left Left C-k
  wait_for '[A Zoë 李 '
  keys Home DC DC End
  wait_for '[Zoë 李 '
  keys C-u
  type_text 'Ω'
  keys Tab
  quit
  wait_for 'name=<Ω>'
}

@test "text: longer than its field scrolls sideways, more than its limit is refused" {
  tui_start -x 60 -y 12 "$demo"
  wait_for "Name"
  type_text '0123456789012345678901234567890123456789'
  type_text 'abcdefghijklmnopqrst'
  wait_for 'qrst ]'
  keys Home
  wait_for '[0123'
  keys End
  type_text 'u'
  wait_for 'Name: at most 60 bytes'
}

@test "keys: PuTTY, Linux console, xterm and rxvt are one" {
  tui_start -t xterm "$demo"
  wait_for "Any name."
  hex 1b 5b 31 31 7e; wait_for "key F1"   # PuTTY
  hex 1b 5b 31 34 7e; wait_for "key F4"
  hex 1b 5b 5b 42;    wait_for "key F2"   # Linux console
  hex 1b 5b 5b 45;    wait_for "key F5"
  hex 1b 4f 52;       wait_for "key F3"   # xterm
  hex 1b 5b 31 37 7e; wait_for "key F6"
  hex 07;             wait_for "key F6"   # Ctrl-G
  type_text bc
  for home in "5b 48" "4f 48" "5b 31 7e" "5b 37 7e"; do
    # shellcheck disable=SC2086
    hex 1b $home 61
  done
  wait_for '[aaaabc'
  for end in "5b 46" "4f 46" "5b 34 7e" "5b 38 7e"; do
    # shellcheck disable=SC2086
    hex 1b $end 78
  done
  wait_for '[aaaabcxxxx'
  hex 08 7f                               # both are backspace
  hex 1b 4f 71                            # PuTTY's keypad: 1
  wait_for '[aaaabcxx1 '
  hex 1b 5b 42                            # down
  wait_for "Where it is."
  hex 1b 5b 5a                            # Shift-Tab
  wait_for "Any name."
}

@test "keys: what is unknown goes down whole, what is slow is waited for" {
  tui_start -t xterm -e SSH_CONNECTION=x "$demo"
  wait_for "Any name."
  hex 61 1b 5b 39 39 3b 35 75 62 1b 4f 35 5a 63 1b 5b 5b 5a 64 1b 5b 3f 36 63 65
  wait_for '[abcde '
  hex 1b
  read -rt 0.06 <> <(:) || true           # the gap of a slow line is the thing tested
  hex 5b 42
  wait_for "Where it is."
  hex 66 ff 67 c3 68                      # bytes that are no UTF-8
  wait_for '[fgh '
}

@test "Esc reverts a field, then is the screen's" {
  tui_start "$demo"
  wait_for "Name"
  type_text 'abc'
  keys Tab BTab
  type_text 'def'
  wait_for '[abcdef'
  keys Escape
  wait_for '[abc '
}

@test "paste: line ends become blanks and press nothing" {
  tui_start "$demo"
  wait_for "Name"
  paste $'two\nwords\r\n'
  wait_for '[two words '
  wait_for "Any name."
  keys BTab
  wait_for "Checks all fields."           # the focus is on the button
  paste $'x\n\n'
  keys Tab
  wait_for "Any name."
  wait_for "Step 1 of 3"
  paste $'\n'
  type_text '!'
  wait_for '[two words!'
}

@test "a bad value is named at field exit, and Next goes to it" {
  tui_start "$demo"
  wait_for "Name"
  keys Tab
  type_text 'http://x'
  keys Tab
  wait_for '✗ Service URL'
  keys Up
  wait_for 'Service URL: must begin with https://. Enter https://sis.example.org.'
  keys C-u
  type_text 'https://x'
  keys Tab Tab Tab Tab Space Tab
  type_text '00'
  keys Tab
  wait_for '✗ Sync hold'
  keys Up Up Space                        # folded again
  wait_gone 'Check me'
  keys Tab Enter
  wait_for 'Sync hold: 1000 is above 100. Enter 0-100.'
  wait_for 'Check me'
  keys BSpace Tab Space Tab Down Tab Enter
  wait_for "Step 2 of 3"
  quit
  wait_for 'hold=100 check=1 mode=2'
}

@test "a form to be read only: looked through, not changed" {
  tui_start "$demo" --read-only
  wait_for "Any name."
  type_text 'abc'
  keys Tab Tab Tab Left Tab Tab Space
  wait_for "Check me"
  screen_lacks abc
  screen_has "[━●] ON "
}

@test "a slider is dragged, a drop-down opened" {
  tui_start "$demo"
  wait_for "[━●] ON "
  keys Down Down Down Left
  wait_for "[●─] OFF"
  keys Down Space
  wait_for "Red"
  keys Down Enter
  wait_for "‹ A rather long shade of blue ›"
  quit
  wait_for 'slider=0 color=3'
}

@test "a secret shows a mask of fixed length, and itself for five seconds" {
  tui_start "$demo"
  wait_for "(set, 3 days ago)"
  keys Tab Tab
  wait_for "Ctrl-R shows it."
  type_text 'open'
  wait_for '[•••••••• '
  type_text ' sesame and more'
  screen_has '[•••••••• '
  keys C-r
  wait_for '[open sesame and more '
  wait_for '[•••••••• ' 8
  screen_lacks 'sesame'
  keys C-r
  wait_for '[open sesame'
  keys Tab
  wait_for '[•••••••• '
  quit
  wait_for 'secret=<open sesame and more>'
}

@test "100,000 rows: jump to the end, filter, the cursor stays on its row" {
  tui_start "$demo" list
  wait_for "1-18 of 100,000"
  keys End
  wait_for "99,983-100,000 of 100,000"
  wait_for "cells asked: 90"              # 18 rows of 5 columns: only what is seen
  wait_for "lan 99999"
  keys Home Down
  type_text /
  wait_for "Filter:"
  type_text "ACADEMY 0"
  wait_for "(filtered from 100,000)"
  keys Enter
  keys End
  wait_for "▸ [●─] OFF  李小龍 Academy 99906"
  type_text a
  wait_for "rows switched"
  type_text i
  wait_for "▸ [●─] OFF  李小龍 Academy 99906"
  keys Right
  wait_for "▸ [━●] ON   李小龍 Academy 99906"
  keys Escape
  wait_for "of 100,000"
  wait_gone "filtered"
  wait_for "▸ [━●] ON   李小龍 Academy 99906"
  type_text /nonesuch
  wait_for 'Nothing matches "nonesuch". Esc clears the filter.'
}

@test "dialogs: the harmless default, a typed confirmation, a text to read" {
  tui_start "$demo" pictures
  wait_for "Step 3"
  type_text c
  wait_for "1,204 deletions."
  keys Enter
  wait_for "answer 2"
  type_text t
  wait_for "Type 1204 to go on."
  keys Tab Enter
  wait_for "Not yet: type 1204 first."
  type_text 1204
  keys Enter Enter
  wait_for "answer 0 1204"
  type_text i
  wait_for "[Zoë "
  type_text 2
  keys Escape
  wait_for "answer -1 Zoë2"
  type_text l
  wait_for "First line of the terms."
  keys PPage End
  wait_for "Last line of the terms."
  keys BTab Enter
  wait_for "answer 0"
  type_text u
  wait_for "Go to:"
  keys Down Enter
  wait_for "answer 1"
}

@test "any size: down to 40x10 and less, wider again" {
  tui_start "$demo"
  wait_for "Widget demo 80x24"
  type_text 'kept'
  resize 40 10
  wait_for "Widget demo 40x10"
  keys Tab Tab Tab Tab Tab Space Tab
  wait_for "Percent."
  wait_for "[10 "
  keys Down Down Down Down
  wait_for "[ Next ]"
  resize 12 3
  wait_for "Widget demo"
  keys F8 F8
  type_text c
  resize 132 43
  wait_for "Widget demo 132x43"
  wait_for "1,204 deletions."
  keys Escape F8
  wait_for "▸ ✓ 1 Fields"                 # the list at the left
  wait_for "[kept "
}

@test "pictures of the widgets at three sizes" {
  tui_start "$demo" pictures
  wait_for "Step 3"
  keys Right
  wait_for "[History]"
  golden widgets-pictures-80x24
  type_text t
  wait_for "Type 1204"
  golden widgets-typed-80x24
  keys Escape
  wait_for "answer -1"
  resize 40 10
  keys Right Right Right
  wait_for "[Data Quality]"
  golden widgets-pictures-40x10
  resize 132 43
  wait_for "132x43"
  keys F8
  wait_for "Any name."
  golden widgets-form-132x43
  keys F8
  wait_for "1-37 of 100,000"
  golden widgets-list-132x43
}

@test "the mouse, when asked for: click and wheel" {
  tui_start -t xterm-256color "$demo" --mouse list
  wait_for "1-18 of 100,000"
  hex 1b 5b 3c 30 3b 35 3b 37 4d          # SGR: left button at column 5, line 7
  hex 1b 5b 3c 30 3b 35 3b 37 6d          # and let go
  wait_for "▸ [●─] OFF  Evil"
  hex 1b 5b 3c 36 35 3b 35 3b 37 4d       # wheel down
  wait_for "▸ [●─] OFF  李小龍 Academy 6"
  keys F8 F8
  wait_for "Any name."
  hex 1b 5b 3c 30 3b 35 3b 37 4d          # the slider
  wait_for "[●─] OFF"
}

@test "colours: some by default, none with NO_COLOR, reverse video always" {
  tui_start "$demo"
  wait_for "Name"
  screen -e | grep -q $'\e\[[0-9;]*3[1-6]m'
  tui_stop
  for no in NO_COLOR=1 --color=never; do
    if [ $no = NO_COLOR=1 ]; then
      tui_start -e $no "$demo"
    else
      tui_start "$demo" $no
    fi
    wait_for "Name"
    screen -e | grep -q $'\e\[[0-9;]*7m'
    ! screen -e | grep -q $'\e\[[0-9;]*3[0-7]m' || return 1
    tui_stop
  done
  tui_start -e NO_COLOR=1 "$demo" --color=always
  wait_for "Name"
  screen -e | grep -q $'\e\[[0-9;]*3[1-6]m'
}

@test "glyphs: ASCII with --ascii, LANG=C and a VT100, C.UTF-8 for a locale that is not here" {
  tui_start "$demo" --ascii
  wait_for "[ ON] Slide me"
  type_text 'Zoë'
  wait_for '[Zoë '
  tui_stop
  tui_start -e LC_ALL=C "$demo" list
  wait_for "Zo? M?ller 0"
  wait_for "[OFF]"
  ! screen | LC_ALL=C grep -q '[^ -~]' || return 1
  tui_stop
  tui_start -t vt100 "$demo"
  wait_for "[ ON] Slide me"
  hex 1b 4f 50
  wait_for "key F1"
  tui_stop
  tui_start -e LC_ALL=xx_YY.UTF-8 "$demo"
  wait_for "[━●] ON "
}

@test "untrusted text: no control character reaches the screen" {
  tui_start -y 10 "$demo" list
  wait_for "Evil[31mName 3"
}

@test "no screens: dumb, unknown, not a terminal" {
  tui_start -t dumb "$demo"
  wait_for 'line mode: The terminal type "dumb" cannot place the cursor'
  wait_for "exit 2"
  tui_stop
  tui_start -t nonesuch "$demo"
  wait_for 'line mode: The terminal type "nonesuch" is not known here.'
  tui_stop
  run "$demo" </dev/null
  [ "$status" -eq 2 ]
  [[ $output == *"This is not a terminal."* ]]
}

# restored WHAT: the shell's screen is back, with its modes.
restored() {
  wait_for "$1"
  wait_for "terminal restored"
  screen_has "before the program"
  screen_lacks "Widget demo"
  [ "$(tui_tmux display-message -p '#{alternate_on} #{cursor_flag} #{keypad_flag}')" = "0 1 0" ]
  paste "pasted"                          # bracketed no more: cat -v would show it
  wait_for "pasted"
  screen_lacks "200~"
}

@test "the terminal is restored: quit, exit, TERM, INT, abort, crash" {
  tui_start "$demo"
  wait_for "Name"
  quit
  restored "exit 0"
  tui_stop
  for how in TERM INT ABRT KEY-E KEY-A KEY-V; do
    tui_start "$demo" pictures
    wait_for "Step 3"
    case $how in
      KEY-?) type_text "${how#KEY-}" ;;
      *) kill -$how "$(tui_pid)" ;;
    esac
    case $how in
      TERM | INT) restored "terminated:" ;;
      KEY-E) restored "exit 3" ;;
      KEY-V) restored "exit 139" ;;
      *) restored "exit 134" ;;
    esac
    tui_stop
  done
}

@test "suspend and resume; stopped from outside" {
  tui_start "$demo"
  wait_for "Name"
  type_text 'kept'
  wait_for '[kept'
  keys C-z
  wait_for "stopped"
  wait_for "terminal restored"
  screen_lacks "Widget demo"
  keys Enter
  wait_for '[kept'
  type_text ' on'
  wait_for '[kept on'
  kill -TSTP "$(tui_pid)"
  wait_for "stopped"
  keys Enter
  wait_for '[kept on'
  keys C-l
  wait_for '[kept on'
}

@test "descriptors of the caller wake it" {
  mkfifo "$BATS_TEST_TMPDIR/fifo"
  tui_start "$demo" --follow "$BATS_TEST_TMPDIR/fifo"
  wait_for "Any name."
  echo "said from outside" >"$BATS_TEST_TMPDIR/fifo"
  wait_for "said from outside"
  keys Tab
  wait_for "Where it is."
}

@test "the line goes dead: the program ends" {
  tui_start "$demo"
  wait_for "Name"
  pid=$(tui_pid)
  tui_tmux kill-pane
  # A zombie is gone too: in a container without an init nobody fetches it.
  gone() { [[ $(ps -o stat= -p "$pid") != [!Z]* ]]; }
  wait_until 5 gone
}
