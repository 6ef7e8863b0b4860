#!/bin/bash
# Pictures of the real program for the README: tests/tui/pictures/NAME.svg, and the same screens
# as NAME.txt for readers who cannot see pictures. With rsvg-convert on this machine and --png,
# NAME.png too. Everything is made by keyboard in a tmux against the simulated Lumen Touch.
#
#   tests/tui/pictures.sh [--png] [DIRECTORY]
# shellcheck disable=SC1091,SC2034,SC2154 # what the helpers set and use
set -eu
cd "$(dirname "$0")/../.."

png=
[ "${1:-}" != --png ] || { png=1; shift; }
out=${1:-tests/tui/pictures}
mkdir -p "$out"
make --no-print-directory all build/lumensim >/dev/null

# The helpers of the tests, outside of bats.
BATS_TEST_TMPDIR=$(mktemp -d)
BATS_TEST_DIRNAME=$PWD/tests/tui
. tests/scenario/helper.bash
. tests/tui/helper.bash
export no_proxy=127.0.0.1
etc=$BATS_TEST_TMPDIR/etc/lumenport.conf
state=$BATS_TEST_TMPDIR/state
trap 'tui_stop; sim_stop; rm -rf "$BATS_TEST_TMPDIR"' EXIT

# Turns `tmux capture-pane -epN` into SVG: every run of cells in its place, whatever the font.
svg() {
  perl -CSD -Mutf8 -e '
    my ($w, $h, $fs) = (8.43, 16.4, 14);
    my @color = qw(#5c6370 #e06c75 #98c379 #e5c07b #61afef #c678dd #56b6c2 #d7dae0);
    my ($fg0, $bg0) = ("#d7dae0", "#1e2127");
    my (@body, $columns);
    my ($y, %s) = (0, fg => "", bold => 0, dim => 0, rev => 0);
    sub put {
      my ($x, $cells, $text) = @_;
      my $fg = $s{fg} eq "" ? $fg0 : $color[$s{fg}];
      my $ty = $y * $h + 12.6;
      if ($s{rev}) {
        push @body, sprintf(qq(<rect x="%.2f" y="%.1f" width="%.2f" height="%.1f" fill="%s"/>),
          $x * $w, $y * $h, $cells * $w, $h, $fg);
      }
      return if $text =~ /^ *$/;
      $text =~ s/&/&amp;/g; $text =~ s/</&lt;/g; $text =~ s/>/&gt;/g;
      push @body, sprintf(qq(<text x="%.2f" y="%.1f" textLength="%.1f" fill="%s"%s%s>%s</text>),
        $x * $w, $ty, $cells * $w, $s{rev} ? $bg0 : $fg, $s{bold} ? qq( font-weight="bold") : "",
        $s{dim} ? qq( opacity="0.6") : "", $text);
    }
    while (my $line = <STDIN>) {
      chomp $line;
      my ($x, $from, $run) = (0, 0, "");
      for my $part (split /(\x1b\[[0-9;]*m)/, $line) {
        if ($part =~ /^\x1b\[([0-9;]*)m$/) {
          put($from, $x - $from, $run) if $run ne "";
          ($from, $run) = ($x, "");
          for my $n (split /;/, $1 eq "" ? "0" : $1) {
            if ($n == 0) { %s = (fg => "", bold => 0, dim => 0, rev => 0) }
            elsif ($n == 1) { $s{bold} = 1 } elsif ($n == 2) { $s{dim} = 1 }
            elsif ($n == 7) { $s{rev} = 1 } elsif ($n == 27) { $s{rev} = 0 }
            elsif ($n == 22) { $s{bold} = $s{dim} = 0 } elsif ($n == 39) { $s{fg} = "" }
            elsif ($n >= 30 && $n <= 37) { $s{fg} = $n - 30 }
          }
          next;
        }
        for my $c (split //, $part) {
          my $cells = $c =~ /\p{Mn}/ ? 0 : $c =~ /[\p{EastAsianWidth=W}\p{EastAsianWidth=F}]/ ? 2 : 1;
          # Runs end at wide gaps, so that what follows stays in its column.
          if ($run =~ /  $/ && $c ne " ") {
            put($from, $x - $from, $run);
            ($from, $run) = ($x, "");
          }
          $run .= $c;
          $x += $cells;
        }
      }
      put($from, $x - $from, $run) if $run ne "";
      $columns = $x if $x > ($columns // 0);
      $y++;
    }
    my ($width, $height) = ($columns * $w + 24, $y * $h + 24);
    printf qq(<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%d" viewBox="-12 -12 %.1f %d"), $width, $height, $width, $height;
    print qq( font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="$fs" xml:space="preserve">\n);
    printf qq(<rect x="-12" y="-12" width="%.1f" height="%d" rx="6" fill="%s"/>\n), $width, $height, $bg0;
    print "$_\n" for @body;
    print "</svg>\n";
  '
}

# picture NAME: of the screen as it is
picture() {
  tui_tmux capture-pane -epN | svg >"$out/$1.svg"
  screen | sed 's/ *$//' >"$out/$1.txt"
  if [ -n "$png" ]; then
    rsvg-convert -z 2 -o "$out/$1.png" "$out/$1.svg"
  fi
  echo "$1"
}

open_board() {
  tui_start "$lumenport" --config "$etc" --state "$state"
}

# ---- the wizard ----

sim_start --students 2000
sim_set think=5
tui_start "$lumenport" --config "$etc" --state "$state"
wait_for "Application Gallery"
picture gallery
keys Tab Enter
wait_for "A short name for this app"
keys Enter Enter
wait_for "Step 1 of 9: Delivery Config"
type_text "$origin"
keys Tab
type_text demo
keys Tab
type_text "$canary"
keys Tab
wait_for "The Client Secret is stored"
keys Enter
wait_for "enrollments: readable" 20
picture delivery
tui_stop
rm -rf "$state" "${etc%/*}"

app_ready >/dev/null 2>&1

# ---- the dashboard ----

lp run main >/dev/null
for day in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
  sim_set "day=$day"
  lp run main >/dev/null
done
open_board
wait_for "[ Run Import ]"
wait_for "accepted: "
picture overview
keys 7
wait_for "Schools Mapping"
keys Down Enter
wait_for "Step 2 of 9"
wait_for "High School" 20
picture schools
keys Escape
wait_for "Step 1 of 9"
keys Escape
wait_for "[Settings]"
keys 2
wait_for "[History]"
picture history
keys 4
wait_for "[Data]"
wait_for "1-15 of"
keys /
type_text 'lopez'
wait_for "filtered from"
picture data
tui_stop

sim_set 'day=15'
sim_set 'think=500'
lp app set main page_size=500 2>/dev/null # many pages: there is something to watch
open_board
wait_for "[ Run Import ]"
keys F5
wait_for "Reading enrollments" 60
wait_for " of " 20
wait_for "records so far"
picture running
sim_set 'think=0'
wait_for "[ Run Import ]" 60
sim_set 'day=16'
sim_set 'fault=lose=40'
keys F5
wait_for "[ Look and decide ]" 60
picture held
keys Enter
wait_for "[ Approve ]"
wait_for "Fingerprint"
picture decide
keys Enter
wait_for "to go on"
picture approve
keys Escape
wait_gone "to go on"
keys Tab Tab Tab Tab
wait_for "Show the changes"
keys Home Enter
wait_for "> students"
wait_for "updated"
picture changes
keys /
type_text '773' # one whose address changes
wait_for "filtered from"
keys Enter Enter
wait_for "lastName"
picture change
tui_stop
