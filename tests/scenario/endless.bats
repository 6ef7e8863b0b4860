#!/usr/bin/env bats
# shellcheck disable=SC2154,SC2015 # helper, wire and bats set them
# Paging as sources really do it (protocol.md section 3, rows P8 to P13): sources that
# change under the pull, never end, or answer with something else than a list.
bats_require_minimum_version 1.5.0

load helper
load wire

setup_file() { wire_open; }
teardown_file() { wire_close; }

@test "P8 another snapshot under the pull: all of it again, three times at most" {
  runs_whole rev-change@5
  runs_whole rev-changex2@20
  fails 14 "changed its data under the pull" 'rev-changex*@4'
}

@test "P9 the same page for ever" {
  fails 14 "the same page of users again and again" same-page:users
  fails 14 "the same page of classes again and again" same-page:classes no-total no-link
  how="1 100" fails 14 "the same page of enrollments again and again" same-page:enrollments
  # All on one page whatever is asked for: that is all, if the total agrees.
  runs_whole huge-page
  quiet_sim same-page
  as_it_was ready 4 10000
  expect 0 run main
  hub_is "$file/want"
}

@test "P10 other envelope keys, none, more members" {
  runs_whole envelope=rows
  runs_whole envelope=bare
  runs_whole envelope=extra
  runs_whole status-info-200
}

@test "P12 no list where one belongs is an error, never zero records" {
  local where
  for where in orgs users enrollments; do
    fails 14 "is empty" "empty-200:$where"
    fails 14 "no list of $where" "no-key:$where"
    fails 14 "a web page, not data" "html:$where"
    fails 14 "a web page, not data" "sso-login:$where"
  done
  fails 10 "redirects to" sso-login=redirect:users
  fails 14 "It did not work" error-set-200:classes
}

@test "P13 a trailing slash compulsory" {
  runs_whole trailing-slash
}
