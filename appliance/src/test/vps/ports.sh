#!/bin/sh
# Tries the README's table of ports row by row, and its snippets for nginx and Caddy: the packaged jar in a network
# namespace of its own whose firewall (nftables) lets all in but what the row names, and people at real browsers in
# another one. As root:
#
#   sh appliance/src/test/vps/ports.sh [JAR]
#
# Needs iproute2, nftables, openssl, curl, Chromium, the browser tests' npm packages, and apt-get for Debian's packages of
# nginx and Caddy, which are unpacked and not installed. Leaves nothing behind.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
jar=$(realpath "${1:-$here/../../../target/meet.jar}")
readme=$here/../../../../README.md
name=meet.example.org
server=10.78.0.2
work=$(mktemp -d)
chmod 755 "$work"
pids=

say() { printf '\n=== %s\n' "$*"; }

finish() {
  for pid in $pids; do kill "$pid" 2> /dev/null || true; wait "$pid" 2> /dev/null || true; done
  ip netns del meetserver 2> /dev/null || true
  ip netns del meetpeople 2> /dev/null || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

await() {
  i=0
  until eval "$2" > "$work/await.log" 2>&1; do
    i=$((i + 1))
    [ "$i" -lt 120 ] || { echo "failed: $1"; cat "$work/await.log" "$work"/*.log; exit 1; }
    sleep 0.5
  done
  echo "seen: $1"
}

at_server() { ip netns exec meetserver "$@"; }
people() { ip netns exec meetpeople "$@"; }
page() { people curl -sk --max-time 5 --resolve "$name:443:$server" --resolve "$name:80:$server" "$@"; }

# Closes ports as a firewall does that answers nothing, such as "udp dport 10000".
closed() {
  at_server nft flush ruleset
  [ $# -gt 0 ] || return 0
  {
    echo 'table inet firewall {'
    echo '  chain input {'
    echo '    type filter hook input priority 0; policy accept;'
    for rule in "$@"; do echo "    iifname \"server0\" $rule drop"; done
    echo '  }'
    echo '}'
  } | at_server nft -f -
}

# People talk, by the way named: direct, relay (any), or relay inside TLS alone.
call() {
  # the name is known to these browsers alone
  people unshare -m sh -c "mount --bind '$work/hosts' /etc/hosts && cd '$here/../browser' && \
    MEET_URL=https://$name MEET_WAY='$1' MEET_ROOM='$2' npx playwright test -c vps.config.ts ports" 2> /dev/null
}

# What runs on has no function around it, whose shell would be what is stopped.
serve() {
  ip netns exec meetserver "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx192m -jar "$jar" --domain "$name" --data "$work/data" "$@" \
    > "$work/server.log" 2>&1 &
  running=$!
  pids="$pids $running"
}

stop() {
  kill "$1"
  wait "$1" || true
}

ip netns add meetserver
ip netns add meetpeople
ip link add server0 netns meetserver type veth peer name people0 netns meetpeople
at_server ip addr add "$server/24" dev server0
people ip addr add 10.78.0.1/24 dev people0
for space in meetserver meetpeople; do
  ip -n "$space" link set lo up
done
ip -n meetserver link set server0 up
ip -n meetpeople link set people0 up
printf '127.0.0.1 localhost\n%s %s\n' "$server" "$name" > "$work/hosts"

serve --tls self-signed
await "the page" 'page -f https://$name/health'

say "All open"
call direct all-open
say "10000/udp closed: by the relay"
closed 'udp dport 10000'
call relay media-closed
say "10000/udp and 3478 closed: by the relay inside TLS"
closed 'udp dport 10000' 'udp dport 3478' 'tcp dport 3478'
call tls media-and-relay-closed
say "3478 closed: directly, and by the relay inside TLS for those who reach nobody directly"
closed 'udp dport 3478' 'tcp dport 3478'
call direct relay-closed
call only-tls relay-closed-and-strict
say "80 closed: the encrypted page is there, the plain one leads to it no more"
closed
[ "$(page -o /dev/null -w '%{redirect_url}' "http://$name/")" = "https://$name/" ]
closed 'tcp dport 80'
! page -f "http://$name/" || exit 1
call direct plain-closed
say "443 closed: nothing works"
closed 'tcp dport 443'
! page -f "https://$name/" || exit 1
closed
stop "$running"

say "Behind nginx and Caddy, Debian's packages, with the README's snippets"
(cd "$work" && apt-get download nginx caddy > apt.log 2>&1 && for deb in ./*.deb; do dpkg -x "$deb" debian; done)
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$name" -addext "subjectAltName=DNS:$name" \
  -keyout "$work/key.pem" -out "$work/cert.pem" 2> /dev/null
serve --tls off
await "the plain page behind" 'at_server curl -sf http://127.0.0.1:8080/health'

{
  echo "daemon off; pid $work/nginx.pid; error_log $work/nginx.log; user root;"
  echo 'events {}'
  echo "http { access_log off;"
  for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $work/nginx-$kind;"; done
  echo "server { listen 443 ssl; ssl_certificate $work/cert.pem; ssl_certificate_key $work/key.pem;"
  sed -n '/^With nginx:/,/^    }/p' "$readme" | sed 1d
  echo '} }'
} > "$work/nginx.conf"
ip netns exec meetserver "$work/debian/usr/sbin/nginx" -c "$work/nginx.conf" > "$work/nginx.out.log" 2>&1 &
proxy=$!
pids="$pids $proxy"
await "the page by nginx" 'page -f https://$name/health'
call direct nginx
stop "$proxy"

sed -n '/^    meet.example.org {/,/^    }/p' "$readme" | sed "s|^\( *\)reverse_proxy|\1tls $work/cert.pem $work/key.pem\n&|" > "$work/Caddyfile"
grep -q reverse_proxy "$work/Caddyfile"
ip netns exec meetserver env HOME="$work" "$work/debian/usr/bin/caddy" run --adapter caddyfile --config "$work/Caddyfile" > "$work/caddy.log" 2>&1 &
proxy=$!
pids="$pids $proxy"
await "the page by Caddy" 'page -f https://$name/health'
call direct caddy
stop "$proxy"
say "All of it works."
