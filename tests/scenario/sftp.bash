# A real OpenSSH server on a free port of this machine, for deliveries. It runs without any right
# of its own and knows one user, whom only it knows; it ends by itself should a test forget it.
# shellcheck shell=bash

sftp_user=district
sftp_password=CANARY-5ftp-7d1e-password

# sftp_make: the server's folder, $sftp, with keys and accounts; $sftp/home is where files arrive
sftp_make() {
  sftp=$(mktemp -d)
  local uid gid
  uid=$(id -u)
  gid=$(id -g)
  sftp_as=()
  if [ "$uid" = 0 ]; then
    uid=$(id -u nobody)
    gid=$(id -g nobody)
    sftp_as=(setpriv "--reuid=$uid" "--regid=$gid" --clear-groups)
  fi
  mkdir "$sftp/home" "$sftp/home/in"
  ssh-keygen -q -t ed25519 -N '' -f "$sftp/host"
  ssh-keygen -q -t ed25519 -N '' -f "$sftp/other"
  echo "$sftp_user:x:$uid:$gid:District:$sftp/home:/bin/sh" >"$sftp/passwd"
  echo "$sftp_user:$(openssl passwd -6 "$sftp_password"):19000:0:99999:7:::" >"$sftp/shadow"
  echo "nogroup:x:$gid:" >"$sftp/group"
  : >"$sftp/authorized"
  sftp_port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  if [ "$(id -u)" = 0 ]; then
    chmod 755 "$sftp"
    chown -R "$uid:$gid" "$sftp"
  fi
}

# sftp_start [KEY [SUBSYSTEM]]: (again) with the host key $sftp/KEY; SUBSYSTEM in place of OpenSSH's
# own. Sets $host_key, its fingerprint.
sftp_start() {
  local key=${1:-host} i
  cat >"$sftp/config" <<EOF
Port $sftp_port
ListenAddress 127.0.0.1
HostKey $sftp/$key
PidFile $sftp/pid
UsePAM no
StrictModes no
PasswordAuthentication yes
KbdInteractiveAuthentication no
AuthorizedKeysFile $sftp/authorized
Subsystem sftp ${2:-/usr/lib/openssh/sftp-server}
EOF
  env LD_PRELOAD=libnss_wrapper.so NSS_WRAPPER_PASSWD="$sftp/passwd" \
    NSS_WRAPPER_GROUP="$sftp/group" NSS_WRAPPER_SHADOW="$sftp/shadow" \
    timeout -k 5 120 "${sftp_as[@]}" /usr/sbin/sshd -D -e -f "$sftp/config" \
    2>>"$sftp/log" 3>&- </dev/null &
  sftp_pid=$!
  host_key=$(ssh-keygen -lf "$sftp/$key.pub" | cut -d' ' -f2)
  for i in $(seq 200); do
    grep -q 'Server listening' "$sftp/log" && return
    sleep 0.02
  done
  cat "$sftp/log"
  return 1
}

# sftp_through SCRIPT: (again) with a shell script in place of OpenSSH's sftp-server, $server in it.
# some BLOCKS: of what is sent, then no more; cut: the connection is gone
sftp_through() {
  cat >"$sftp/through" <<EOF
#!/bin/sh
server=/usr/lib/openssh/sftp-server
some() { dd bs=65536 count="\$1" 2>/dev/null; }
cut() {
  all= p=\$PPID
  while [ "\$p" -gt 1 ] && [ "\$p" != "\$(cat "$sftp/pid")" ]; do
    all="\$all \$p"
    p=\$(ps -o ppid= -p "\$p" | tr -d ' ')
  done
  kill -9 \$all
}
$1
EOF
  chmod 755 "$sftp/through"
  sftp_start host "$sftp/through"
}

# sftp_stop: the server, and who is connected
sftp_stop() {
  [ -n "${sftp_pid:-}" ] || return 0
  kill "$sftp_pid" 2>/dev/null || true
  wait "$sftp_pid" 2>/dev/null || true
  sftp_pid=
  : >"$sftp/log"
}

sftp_clear() {
  sftp_stop
  [ -z "${sftp:-}" ] || rm -rf "$sftp"
}

# deliver_to [KEY=VALUE...]: the app's settings for this server, its host key accepted
deliver_to() {
  lp app set main deliver.host=127.0.0.1 deliver.port="$sftp_port" deliver.user="$sftp_user" \
    deliver.path=in/roster.zip deliver.host_key="$host_key" "$@"
}

# lp_password [PASSWORD]
# shellcheck disable=SC2120 # the tests pass it
lp_password() {
  printf '%s\n' "${1-$sftp_password}" | timeout -k 5 60 "$lumenport" \
    --config "$BATS_TEST_TMPDIR/etc/lumenport.conf" --state "$BATS_TEST_TMPDIR/state" \
    secret set main delivery
}
