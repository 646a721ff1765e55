#!/bin/sh
# Ten minutes under the load tool within the memory that the service is given: starts the packaged jar with the flags of
# systemd/meet.service and an archive of classes as "install" makes it, in a control group with the unit's MemoryMax,
# has people come and go, samples resident memory every two seconds, and fails when it was more than the memory plan
# says, when the process died, or when somebody could not join. As root:
#
#   sh appliance/src/test/memory/tenminutes.sh [JAR]
#
# SECONDS_LONG, ROOMS, PARTICIPANTS, CHURN (people replaced in a minute) change the load. Needs curl.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
jar=$(realpath "${1:-$here/../../../target/meet.jar}")
unit=$here/../../../../systemd/meet.service
seconds=${SECONDS_LONG:-600}
rooms=${ROOMS:-4}
participants=${PARTICIPANTS:-10}
churn=${CHURN:-20}
work=$(mktemp -d)
group=
server=

finish() {
  [ -z "$server" ] || kill "$server" 2> /dev/null || true
  [ -z "$server" ] || wait "$server" 2> /dev/null || true
  [ -z "$group" ] || rmdir "$group" 2> /dev/null || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

line=$(sed -n 's/^ExecStart=[^ ]*java //p' "$unit")
flags=$(printf '%s\n' "${line%% -jar *}" | sed "s|-XX:SharedArchiveFile=[^ ]*|-XX:SharedArchiveFile=$work/meet.jsa|")
bare=$(printf '%s\n' "${line%% -jar *}" | sed 's/-XX:SharedArchiveFile=[^ ]* -Xshare:[a-z]*//')
most=$(sed -n 's/^MemoryMax=\([0-9]*\)M$/\1/p' "$unit")
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
ports="--http-port 28080 --https-port 28443 --media-port 28100 --set turn.port=28478"

echo "An archive of loaded classes"
# shellcheck disable=SC2086
"$java" $bare -XX:ArchiveClassesAtExit="$work/meet.jsa" -jar "$jar" --data "$work/archive" $ports > "$work/archive.log" 2>&1 &
server=$!
i=0
until curl -sf http://localhost:28080/health > /dev/null; do
  i=$((i + 1)); [ "$i" -lt 120 ] || { cat "$work/archive.log"; exit 1; }
  sleep 0.5
done
kill "$server"; wait "$server" || true
server=
[ -e "$work/meet.jsa" ] || { cat "$work/archive.log"; exit 1; }

echo "The service, in a control group of $most MB"
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
  group=/sys/fs/cgroup/meetjar-trial-$$
  mkdir "$group"
  echo "${most}M" > "$group/memory.max"
elif [ -d /sys/fs/cgroup/memory ]; then
  group=/sys/fs/cgroup/memory/meetjar-trial-$$
  mkdir "$group"
  echo "${most}M" > "$group/memory.limit_in_bytes"
else
  echo "there are no control groups here"; exit 1
fi
# shellcheck disable=SC2086
sh -c "echo \$\$ > $group/cgroup.procs && exec \"\$@\"" sh "$java" $flags -jar "$jar" --data "$work/data" $ports > "$work/server.log" 2>&1 &
server=$!
i=0
until curl -sf http://localhost:28080/health > /dev/null; do
  i=$((i + 1)); [ "$i" -lt 120 ] || { cat "$work/server.log"; exit 1; }
  sleep 0.5
done
grep -h "memory plan" "$work/server.log" | sed 's/.*memory plan/memory plan/'
resident() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$server/status"; }
limit() { curl -sf http://localhost:28080/metrics | sed -n "s/^meetjar_limit_bytes{of=\"$1\"} \(.*\)/\1/p" | awk '{printf "%d", $1 / 1024}'; }
planned=$(limit resident)

sleep 30
echo "resident after half a minute: $(($(resident) / 1024)) MiB"
"$java" -jar "$jar" load --url http://localhost:28080 --rooms "$rooms" --participants "$participants" \
  --video 720p --seconds "$seconds" --churn "$churn" --server-pid "$server" --json "$work/load.json" > "$work/load.log" 2>&1 &
load=$!
highest=0
while kill -0 "$load" 2> /dev/null; do
  now=$(resident) || now=
  [ -n "$now" ] || { echo "the server has died"; tail -20 "$work/server.log"; kill "$load"; exit 1; }
  [ "$now" -le "$highest" ] || highest=$now
  sleep 2
done
wait "$load" || { tail -20 "$work/load.log"; exit 1; }
sed -n '/^load /,$p' "$work/load.log"
failed=$(sed -n 's/.*"failed" *: *\([0-9]*\).*/\1/p' "$work/load.json" | awk '{sum += $1} END {print sum + 0}')
echo "resident at most $((highest / 1024)) MiB; the plan is $((planned / 1024)) MiB, the unit allows $most MiB"
echo "in the control group at most $(($(cat "$group"/memory.peak "$group"/memory.max_usage_in_bytes 2> /dev/null | head -n 1) / 1048576)) MiB, with the kernel's part"
[ "$failed" -eq 0 ] || { echo "$failed could not join"; exit 1; }
[ "$highest" -le "$planned" ] || { echo "that is beyond the plan"; exit 1; }
echo "All of it within the plan."
