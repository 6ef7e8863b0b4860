#!/bin/sh
# Runs one test for prove(1), whatever it is.
case $1 in
  *.bats) exec bats --tap "$@" ;;
  */*) exec "$@" ;;
  *) exec "./$1" ;;
esac
