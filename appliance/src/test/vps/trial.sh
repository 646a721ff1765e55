#!/bin/sh
# Tries the README's "From an empty VPS to a call" on an empty machine: a minimal Debian made with debootstrap, booted
# by systemd-nspawn with a network of its own, with Pebble in the place of Let's Encrypt. As root:
#
#   sh appliance/src/test/vps/trial.sh [--keep] [JAR]
#
# Needs debootstrap, systemd-container, pebble, pebble-challtestsrv, openssl, curl; for the call, Chromium and the
# browser tests' npm packages. Leaves nothing behind but the downloaded root, with --keep.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
keep=no
[ "${1:-}" = --keep ] && keep=yes && shift
jar=$(realpath "${1:-$here/../../../target/meet.jar}")
name=meet.example.org
work=${MEETJAR_TRIAL:-/var/tmp/meetjar-trial}
root=$work/root
host=10.77.0.1
guest=10.77.0.2
pids=

say() { printf '\n=== %s\n' "$*"; }

# A command on the machine, as its root would type it.
vps() {
  printf '# %s\n' "$*"
  nsenter -t "$init" -m -u -i -n -p env -i HOME=/root \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin sh -c "cd /srv && $*"
}

await() {
  i=0
  until eval "$2" > "$work/await.log" 2>&1; do
    i=$((i + 1))
    [ "$i" -lt 90 ] || { echo "failed: $1"; cat "$work/await.log"; exit 1; }
    sleep 1
  done
  echo "seen: $1"
}

finish() {
  for pid in $pids; do kill "$pid" 2> /dev/null || true; done
  [ -z "${init:-}" ] || kill -s RTMIN+14 "$init" 2> /dev/null || true
  [ -z "${nspawn:-}" ] || wait "$nspawn" 2> /dev/null || true
  [ "$keep" = yes ] || rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

mkdir -p "$work"
if [ ! -e "$root/etc/debian_version" ]; then
  say "An empty Debian"
  debootstrap --variant=minbase --include=systemd-sysv,dbus,iproute2 bookworm "$root" ${DEBIAN_MIRROR:-} > "$work/debootstrap.log"
fi
cp "$jar" "$root/srv/meet.jar"

say "1. Java"
systemd-nspawn -q -D "$root" --register=no --keep-unit --resolv-conf=copy-host sh -c \
  'apt-get update -qq && apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless' > "$work/java.log" 2>&1

say "The machine boots, with a name in the DNS and an authority in reach"
systemd-nspawn -q -D "$root" -M meetjartrial --register=no --keep-unit --network-veth --resolv-conf=off -b \
  < /dev/null > "$work/boot.log" 2>&1 &
nspawn=$!
await "its first process" 'init=$(ps --ppid $nspawn -o pid= | head -n 1 | tr -d " ") && [ -n "$init" ]'
link=$(ip -o link | sed -n 's/^[0-9]*: \(ve-meetjar[^@:]*\).*/\1/p' | head -n 1)
ip addr add "$host/24" dev "$link"
ip link set "$link" up
await "systemd" 'vps systemctl is-system-running --wait'
vps "ip addr add $guest/24 dev host0 && ip link set host0 up && ip route add default via $host" > /dev/null
rm -f "$root/etc/resolv.conf"
echo "nameserver $host" > "$root/etc/resolv.conf"

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -addext "subjectAltName=IP:$host" \
  -keyout "$work/authority.key" -out "$work/authority.pem" 2> /dev/null
cp "$work/authority.pem" "$root/srv/authority.pem"
cat > "$work/pebble.json" << JSON
{"pebble": {"listenAddress": "$host:14000", "managementListenAddress": "$host:15000",
  "certificate": "$work/authority.pem", "privateKey": "$work/authority.key", "httpPort": 80, "tlsPort": 443}}
JSON
pebble-challtestsrv -defaultIPv4 "$guest" -defaultIPv6 "" -dns01 "$host:53" -http01 "" -https01 "" -tlsalpn01 "" \
  -management "$host:8055" > "$work/dns.log" 2>&1 &
pids="$pids $!"
PEBBLE_VA_NOSLEEP=1 pebble -config "$work/pebble.json" -dnsserver "$host:53" > "$work/pebble.log" 2>&1 &
pids="$pids $!"
await "the authority" 'curl -sfk https://$host:14000/dir'

say "2. The service"
vps "java -jar meet.jar install --domain $name \
  --set acme.directory=https://$host:14000/dir --set acme.directory-ca=/etc/meetjar/authority.pem --no-start"
vps "install -m 644 authority.pem /etc/meetjar/authority.pem && systemctl start meet"
vps systemctl is-active meet
vps systemctl is-enabled meet

say "3. A certificate that browsers believe"
curl -sfk "https://$host:15000/roots/0" > "$work/root.pem"
await "the page, with a certificate of the authority's" \
  'curl -sf --cacert $work/root.pem --resolve $name:443:$guest https://$name/ | grep -q "<script"'
vps "journalctl -u meet --no-pager -o cat"

say "4. The doctor"
vps "meet doctor" || [ $? -eq 3 ]

say "5. Accounts"
vps "printf 'a long password\na long password\n' | meet user add ada && meet user list"

say "6. A call"
if [ -d "$here/../browser/node_modules" ]; then
  printf '127.0.0.1 localhost\n%s %s\n' "$guest" "$name" > "$work/hosts"
  # the name is known to these browsers alone
  unshare -m sh -c "mount --bind '$work/hosts' /etc/hosts && cd '$here/../browser' && \
    MEET_URL=https://$name npx playwright test -c vps.config.ts call"
else
  echo "left out: the browser tests' packages are not installed"
fi

say "7. It comes back after a crash, and when it hangs"
vps 'kill -9 $(systemctl show meet -p MainPID --value)'
await "the page again" 'curl -sfk --resolve $name:443:$guest https://$name/health'
if [ "${SLOW:-yes}" = yes ]; then
  hung=$(vps 'systemctl show meet -p MainPID --value' | tail -n 1)
  vps "kill -s STOP $hung"
  await "another process, started by the watchdog" \
    'vps "systemctl show meet -p MainPID --value" | tail -n 1 | grep -v -x -e $hung -e 0'
  await "the page again" 'curl -sfk --resolve $name:443:$guest https://$name/health'
fi

say "8. And away"
vps "meet uninstall"
vps "ls -d /var/lib/meetjar /etc/meetjar"
vps "java -jar meet.jar uninstall --purge"
vps "! ls -d /var/lib/meetjar /etc/meetjar /usr/local/lib/meetjar /usr/local/bin/meet /etc/systemd/system/meet.service"
vps "! id meetjar"
say "All of it works."
