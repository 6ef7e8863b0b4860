#!/usr/bin/env bats
# What asks for the runs: units and a line for cron, shown before they are written, judged by
# systemd's own tools, which do without a running systemd.
bats_require_minimum_version 1.5.0

load helper

setup() {
  export TZ=UTC
  root=$BATS_TEST_TMPDIR/root
  units=$root/etc/systemd/system
  lp app add lumen-touch --name main --url http://127.0.0.1:1 --client-id x \
    --set schedule.mode=daily --set schedule.zone=America/Los_Angeles
}

installs() {
  expect 0 schedule install main --systemd --root "$root" --yes
  systemd-analyze verify "$units/lumenport-main.timer" 2>&1 | grep -F "$units" && false || true
}

@test "nothing is written before it was shown, and without a yes" {
  expect 2 schedule install main --systemd --root "$root"
  says 'Nothing was written'
  [[ $output == *"$units/lumenport-main.service:"* ]]
  [[ $output == *'OnCalendar=*-*-* 03:30:00 America/Los_Angeles'* ]]
  [ ! -e "$root" ]
  installs
  [ "$(stat -c %a "$units/lumenport-main.timer")" = 644 ]
  grep -qx 'SuccessExitStatus=20' "$units/lumenport-main.service"
  grep -qx 'Persistent=true' "$units/lumenport-main.timer"
  grep -q 'run main --scheduled$' "$units/lumenport-main.service"
  expect 0 audit show
  [[ $output == *schedule.install* ]]
  expect 0 schedule remove main --root "$root" --json
  [[ $output == *'"removed":2'* ]]
  [ -z "$(find "$root" -type f)" ]
  expect 0 schedule remove main --root "$root"
  [[ $output == *'There was no timer'* ]]
}

@test "the service is hardened: exposure under 2.0, wherever its files lie" {
  installs
  systemd-analyze security --offline=true --threshold=20 "$units/lumenport-main.service" >/dev/null
  # /tmp is where the test is: a machine has its state elsewhere
  sed -i "s,$BATS_TEST_TMPDIR,/var/lib,g; s/PrivateTmp=no/PrivateTmp=yes/" "$units/lumenport-main.service"
  local level
  level=$(systemd-analyze security --offline=true "$units/lumenport-main.service" | grep -o '[0-9.]* OK' | tail -n 1)
  [ -n "$level" ] && [ "$(jq -n "${level% OK} < 2.0")" = true ]
}

# agree KEY=VALUE...: systemd fires when `schedule next` says, for a year from each moment
agree() {
  local start
  lp app set main "$@"
  installs
  sed -n 's/^OnCalendar=//p' "$units/lumenport-main.timer" >"$BATS_TEST_TMPDIR/specs"
  for start in 2027-07-31 2028-02-27; do
    expect 0 schedule next main --from "$start" --count 400 --json
    jq -r '.when // empty' <<<"$output" | tr -d 'TZ:-' | sort | head -n 300 >"$BATS_TEST_TMPDIR/ours"
    while read -r spec; do
      systemd-analyze calendar --iterations=400 "$spec" \
        --base-time="$(date -u -d "TZ=\"$zone\" $start 00:00" '+%F %T') UTC"
    done <"$BATS_TEST_TMPDIR/specs" | sed -nE 's/^ *(Next elapse|Iter\. #[0-9]+): ... (.*) UTC$/\2/p' |
      tr -d ' :-' | sort -u | head -n 300 >"$BATS_TEST_TMPDIR/theirs"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/theirs")" -gt 100 ]
    diff <(head -n 120 "$BATS_TEST_TMPDIR/ours") <(head -n 120 "$BATS_TEST_TMPDIR/theirs")
  done
}

@test "systemd fires when the schedule says, over both changes of the clocks" {
  for zone in America/Los_Angeles Europe/Berlin Australia/Lord_Howe Asia/Kolkata; do
    for time in 01:30 02:15 03:30; do
      agree schedule.mode=daily schedule.zone=$zone schedule.time=$time
    done
  done
  zone=America/Los_Angeles
  agree schedule.zone=$zone schedule.mode=weekly schedule.days=mon,wed,sun schedule.time=02:30
  agree schedule.mode=monthly schedule.day=31
  agree schedule.day=30
  agree schedule.day=29
  agree schedule.day=1
}

@test "where there is no systemd, cron asks once an hour, at the minute of the run" {
  lp app set main schedule.zone=Asia/Kolkata schedule.time=03:45
  expect 0 schedule install main --cron --root "$root" --yes
  # half past five hours ahead of the machine
  grep -Eq '^15 \* \* \* \* root .* run main --scheduled >/dev/null$' "$root/etc/cron.d/lumenport-main"
  # its words are those of a shell
  local line
  line=$(grep scheduled "$root/etc/cron.d/lumenport-main" | sed 's/^.*root //')
  run sh -c "$line"
  [ "$status" -eq 0 ]
}

@test "paths with blanks and signs reach the program as they are" {
  local odd="$BATS_TEST_TMPDIR/o'dd \$HOME %h \"x\""
  mkdir "$odd"
  cp -r "$BATS_TEST_TMPDIR/etc" "$BATS_TEST_TMPDIR/state" "$odd"
  "$lumenport" --config "$odd/etc/lumenport.conf" --state "$odd/state" schedule install main \
    --cron --root "$root" --yes </dev/null
  local line
  line=$(grep scheduled "$root/etc/cron.d/lumenport-main" | sed 's/^.*root //; s/\\%/%/g; s, >/dev/null$,,')
  run sh -c "$line"
  [ "$status" -eq 0 ]
  [[ $output == *'Nothing is due'* ]]
}

@test "an app whose schedule is off has nothing to install" {
  lp app set main schedule.mode=off
  expect 10 schedule install main --cron --root "$root" --yes
  says 'schedule.mode=daily'
  expect 2 schedule install main --cron --systemd --root "$root" --yes
  expect 2 schedule remove ../x --root "$root"
}
