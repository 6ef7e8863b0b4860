#!/usr/bin/env bats
# Runs by schedule under a clock of the test's own: through a school year, over both changes of
# the clocks and the leap day, missed, suspended, and with the rules of the rollover.
# shellcheck disable=SC2034,SC2154 # variables that the helpers share
bats_require_minimum_version 1.5.0

load helper
load roster
load clock

setup() {
  sim_pid=
  export TZ=UTC
}
teardown() { sim_stop; }

# begin MOMENT [KEY=VALUE...]: an accepted first import at that moment, a schedule in California
begin() {
  at "$1"
  shift
  sim_start --students 100
  app_ready
  lp app set main schedule.mode=daily schedule.zone=America/Los_Angeles "$@"
  expect 0 run main --json
}

# runs MOMENT [FILTER]: what a timer asks for is run then; nothing MOMENT REASON: it is not
runs() {
  at "$1"
  expect 0 run main --scheduled --json
  is '.sync != null'
  is "${2:-true}"
}
nothing() {
  at "$1"
  expect 0 run main --scheduled --json
  is ".not_run == \"$2\" and .sync == null"
}

# syncs: how many there are in the history
syncs() { lp history main --json --limit 10000 | wc -l; }

@test "run once a day, not before its time and not twice" {
  begin '2026-09-01 12:00 PDT'
  nothing '2026-09-02 03:29 PDT' not_due
  is '.next == "2026-09-02T10:30:00Z"'
  runs '2026-09-02 03:30 PDT' '.state == "unchanged"'
  nothing '2026-09-02 03:31 PDT' not_due
  nothing '2026-09-03 03:29 PDT' not_due
  sim_set day=1
  runs '2026-09-03 04:00 PDT' '.state == "accepted"'
  # who runs it by hand has done it
  at '2026-09-04 04:00 PDT'
  expect 0 run main --json
  nothing '2026-09-04 04:30 PDT' not_due
  [ "$(syncs)" -eq 4 ]
}

@test "a schedule asks for nothing of the time before it was set" {
  begin '2026-09-01 12:00 PDT' schedule.time=22:00
  at '2026-09-02 14:00 PDT'
  lp app set main schedule.time=06:00
  nothing '2026-09-02 14:05 PDT' not_due
  # what does not say when leaves a missed run missed
  at '2026-09-03 05:00 PDT'
  lp app set main parallel=2 schedule.until=2027-06-30
  runs '2026-09-03 06:00 PDT'
  at '2026-09-04 05:00 PDT'
  lp app set main schedule.mode=off
  nothing '2026-09-04 06:00 PDT' off
}

@test "in spring an hour is skipped, in autumn one comes twice" {
  begin '2026-10-30 12:00 PDT'
  runs '2026-10-31 03:30 PDT'
  nothing '2026-11-01 03:29 PST' not_due
  runs '2026-11-01 03:30 PST'
  runs '2027-03-13 03:30 PST'
  runs '2027-03-14 03:30 PDT'
  # 01:30 comes twice
  at '2027-10-01 12:00 PDT'
  lp app set main schedule.time=01:30
  runs '2027-11-06 01:30 PDT'
  runs '2027-11-07 01:30 PDT'
  nothing '2027-11-07 01:30 PST' not_due
  nothing '2027-11-07 23:59 PST' not_due
  runs '2027-11-08 01:30 PST'
  # 02:30 comes not at all
  at '2028-03-01 12:00 PST'
  lp app set main schedule.time=02:30
  runs '2028-03-11 02:30 PST'
  nothing '2028-03-12 01:59 PST' not_due
  nothing '2028-03-12 03:00 PDT' not_due
  nothing '2028-03-12 23:00 PDT' not_due
  runs '2028-03-13 02:30 PDT'
}

@test "the leap day is a day, and the last of its month" {
  begin '2028-02-27 12:00 PST'
  runs '2028-02-28 03:30 PST'
  runs '2028-02-29 03:30 PST'
  runs '2028-03-01 03:30 PST'
  at '2028-02-27 12:00 PST'
  lp app set main schedule.mode=monthly schedule.day=31
  expect 0 schedule next main --count 3 --json
  [ "$(of .local | tr '\n' ,)" = 'Tue 2028-02-29 03:30 PST,Fri 2028-03-31 03:30 PDT,Sun 2028-04-30 03:30 PDT,' ]
  expect 0 schedule next main --from 2027-02-01 --count 1 --json
  is '.local == "Sun 2027-02-28 03:30 PST"'
}

@test "what was missed is made up once" {
  begin '2026-09-01 12:00 PDT'
  runs '2026-09-02 03:30 PDT'
  sim_set day=1
  # off for ten days, then asked every hour
  at '2026-09-12 08:15 PDT'
  expect 0 run main --scheduled
  [[ $output == *'This makes up for the run of Sat 2026-09-12 03:30 PDT, which was missed.'* ]]
  [[ $output == *'accepted'* ]]
  nothing '2026-09-12 09:15 PDT' not_due
  nothing '2026-09-13 03:29 PDT' not_due
  at '2026-09-13 03:30 PDT'
  expect 0 run main --scheduled
  [[ $output != *'makes up'* ]]
  [ "$(syncs)" -eq 4 ]
}

@test "what fails is told once, not every hour" {
  begin '2026-09-01 12:00 PDT'
  sim_stop
  at '2026-09-02 03:30 PDT'
  expect 13 run main --scheduled
  nothing '2026-09-02 04:30 PDT' not_due
  at '2026-09-02 12:00 PDT'
  lp secret clear main
  at '2026-09-03 03:30 PDT'
  expect 10 run main --scheduled
  says 'secret'
  nothing '2026-09-03 04:30 PDT' not_due
}

@test "it waits for another import, which may have been this very one" {
  begin '2026-09-01 12:00 PDT'
  at '2026-09-02 03:30 PDT'
  exec {lock}>>"$BATS_TEST_TMPDIR/state/import.lock"
  flock "$lock"
  lp run main --scheduled >"$BATS_TEST_TMPDIR/said" 2>&1 3>&- {lock}>&- &
  local waiting=$!
  until grep -q Waiting "$BATS_TEST_TMPDIR/said"; do read -rt 0.05 <> <(:) || true; done
  exec {lock}>&-
  wait "$waiting"
  grep -q 'unchanged' "$BATS_TEST_TMPDIR/said"
  [ "$(syncs)" -eq 2 ]
}

@test "after its last day there is no more run" {
  begin '2026-09-01 12:00 PDT' schedule.until=2026-09-03
  runs '2026-09-03 03:30 PDT'
  nothing '2026-09-04 03:30 PDT' ended
  is '.next == null'
  # missed on the last day
  at '2026-09-03 12:00 PDT'
  lp app set main schedule.until=2026-09-05
  runs '2026-09-06 12:00 PDT'
  nothing '2026-09-06 13:00 PDT' ended
}

@test "suspended: nothing runs by itself, by hand with a clear word, and it ends by itself" {
  begin '2027-06-18 12:00 PDT' rollover.suspend.from=2027-06-20 rollover.suspend.until=2027-08-08
  expect 0 status
  [[ $output != *suspended* ]]
  runs '2027-06-19 03:30 PDT'
  nothing '2027-06-20 03:30 PDT' suspended
  is '.message == "main: Imports are suspended until 2027-08-08. Next run: Mon 2027-08-09 03:30 PDT."'
  expect 0 status
  [[ $output == *'main (Lumen Touch): suspended'* ]]
  [[ $output == *'Imports are suspended until 2027-08-08.'* ]]
  [[ $output == *'Next run: Mon 2027-08-09 03:30 PDT'* ]]
  expect 0 status --json
  is '.apps[0] | .state == "suspended" and .rollover == ["suspend"]'
  expect 10 run main
  says 'To run one all the same: lumenport run main --anyway'
  [ "$(syncs)" -eq 2 ]
  expect 0 run main --dry-run
  expect 0 run main --anyway
  [ "$(syncs)" -eq 3 ]
  nothing '2027-08-08 23:59 PDT' suspended
  # not in the first minute
  nothing '2027-08-09 00:01 PDT' not_due
  runs '2027-08-09 03:30 PDT'
}

@test "missed before a suspension is not made up in it, nor in the first minute after" {
  begin '2027-06-18 02:00 PDT' rollover.suspend.from=2027-06-20 rollover.suspend.until=2027-08-08
  nothing '2027-06-25 09:00 PDT' suspended
  nothing '2027-08-09 00:30 PDT' not_due
  runs '2027-08-09 03:30 PDT'
}

@test "deletions disabled: who leaves stays, is listed, and leaves afterwards" {
  begin '2027-06-18 12:00 PDT' rollover.keep.from=2027-06-20 rollover.keep.until=2027-08-08
  lp data student --json | jq -r .sisId | sort >"$BATS_TEST_TMPDIR/before"
  local gone
  mapfile -t gone < <(ids users 5 '.role == "student"')
  vanish users "${gone[@]}"
  runs '2027-06-20 03:30 PDT' '.state == "unchanged" and .counts.student.deleted == 0 and
    .counts.student.total == 100 and .problems.kept_record == 5'
  lp data student --json | jq -r .sisId | sort | cmp - "$BATS_TEST_TMPDIR/before"
  expect 0 show "$(of .sync)" --problems --json
  [ "$(of 'select(.class == "kept_record" and .entity == "student") | .sisId' | sort | tr '\n' ,)" = \
    "$(printf '%s\n' "${gone[@]}" | sort | tr '\n' ,)" ]
  [ "$(of 'select(.class == "kept_record") | .detail' | sort -u)" = 'it stays until 2027-08-08' ]
  expect 0 status
  [[ $output == *'Deletions are disabled until 2027-08-08.'* ]]
  expect 0 audit show --json
  no_limits
  runs '2027-08-09 03:30 PDT' '.state == "accepted" and .counts.student.deleted == 5 and
    .problems.kept_record == null and .counts.enrollment.deleted > 0'
  expect 0 export --to "$BATS_TEST_TMPDIR/csv"
}

@test "deletions disabled: a held sync is approved as it was shown, whatever the date is then" {
  begin '2027-06-18 12:00 PDT' rollover.keep.from=2027-06-20 rollover.keep.until=2027-06-20
  lp app set main preview=on
  local id
  vanish users "$(ids users 1 '.role == "student"')"
  id=$(ids users 1 '.role == "teacher"')
  patch users "$id" '.email = "new@example.org"'
  at '2027-06-20 03:30 PDT'
  expect 20 run main --scheduled --json
  is '.counts.student.deleted == 0 and .counts.teacher.updated == 1'
  local sync fingerprint
  sync=$(of .sync) fingerprint=$(of .fingerprint)
  # the next day deletions are no longer disabled
  at '2027-06-21 09:00 PDT'
  expect 0 approve "$sync" --fingerprint "$fingerprint" --json
  is '.state == "accepted"'
  [ "$(lp data student --json | wc -l)" -eq 100 ]
  # and the other way round: what was shown is deleted, though they are disabled by then
  lp app set main rollover.keep.from=2027-06-23 rollover.keep.until=2027-07-23
  at '2027-06-22 03:30 PDT'
  expect 20 run main --scheduled --json
  is '.counts.student.deleted == 1'
  sync=$(of .sync) fingerprint=$(of .fingerprint)
  at '2027-06-24 09:00 PDT'
  expect 0 approve "$sync" --fingerprint "$fingerprint" --json
  [ "$(lp data student --json | wc -l)" -eq 99 ]
}

@test "other limits hold between their dates, and a held sync may be approved after them" {
  begin '2027-08-01 12:00 PDT' rollover.limits.from=2027-08-09 rollover.limits.until=2027-08-31 \
    rollover.limits.deleted=60%
  # shellcheck disable=SC2046
  vanish users $(ids users 30 '.role == "student"')
  at '2027-08-08 03:30 PDT'
  expect 20 run main --scheduled --json
  is '.hold | any(.entity == "student" and .kind == "deleted" and .limit == "10%")'
  runs '2027-08-09 03:30 PDT' '.state == "accepted" and .counts.student.deleted == 30'
  expect 0 status --json
  is '.apps[0].rollover == ["limits"]'
  expect 0 audit show
  [[ $output == *'limits of the rollover'* ]]
  # stricter ones
  lp app set main rollover.limits.deleted=0
  # shellcheck disable=SC2046
  vanish users $(ids users 1 '.role == "student"')
  at '2027-08-31 03:30 PDT'
  expect 20 run main --scheduled --json
  is '.hold[0].limit == "0"'
  local sync fingerprint
  sync=$(of .sync) fingerprint=$(of .fingerprint)
  at '2027-09-01 00:30 PDT'
  expect 0 approve "$sync" --fingerprint "$fingerprint"
  # ended by themselves
  # shellcheck disable=SC2046
  vanish users $(ids users 2 '.role == "student"')
  runs '2027-09-01 03:30 PDT' '.state == "accepted" and .counts.student.deleted == 2'
}

@test "a school year, asked every day: every Monday and Thursday has its run, and nothing else" {
  begin '2027-08-08 12:00 PDT' schedule.mode=weekly schedule.days=mon,thu schedule.time=01:30 \
    rollover.suspend.from=2027-12-20 rollover.suspend.until=2028-01-02
  no_limits
  local day date weekday want=0
  for day in $(seq 1 366); do
    printf -v date '%(%F)T' $((1817726400 + day * 86400)) # 2027-08-08 12:00 UTC
    printf -v weekday '%(%u)T' $((1817726400 + day * 86400))
    [ $((day % 30)) -ne 0 ] || sim_set day=$((day / 30))
    now="$date 13:00:00"
    expect 0 run main --scheduled --json
    if [[ $weekday == [14] ]] && ! [[ $date > 2027-12-19 && $date < 2028-01-03 ]]; then
      want=$((want + 1))
      [[ $output == *'"sync":'* ]] || { echo "none on $date" && false; }
    else
      [[ $output == *'"not_run":'* ]] || { echo "one on $date" && false; }
    fi
  done
  [ "$want" -gt 95 ]
  [ "$(syncs)" -eq $((want + 1)) ]
  hub "$BATS_TEST_TMPDIR/have"
  expected "$BATS_TEST_TMPDIR/want"
  diff "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/have"
}

@test "words that do not go together, and what is not there" {
  begin '2026-09-01 12:00 PDT'
  expect 2 run main --scheduled --dry-run
  expect 2 run main --scheduled --anyway
  expect 10 run other --scheduled
  expect 10 schedule show other
  expect 2 schedule next main --from soon
  expect 2 schedule next main --count 0
  expect 10 app set main rollover.suspend.from=2027-06-20
  says 'rollover.suspend.until is not'
  expect 10 app set main schedule.zone=America/Los_Angles
  says 'Did you mean America/Los_Angeles?'
  # set by hand: nothing is run under a zone or dates that mean nothing
  sed -i 's,America/Los_Angeles,Mars/Olympus,' "$BATS_TEST_TMPDIR/etc/lumenport.conf"
  expect 10 run main --scheduled
  says 'no time zone of this machine'
  expect 10 run main
  expect 0 status
  [[ $output == *'Next run: not known'* ]]
}
