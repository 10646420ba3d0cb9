#!/bin/bash
# boot-systemd.sh ROOT NAME [nspawn option...]: boots a throw-away copy of ROOT under systemd, prints its first process as seen here, and
# lives until its stdin closes. Meant to run under `unshare -m --propagation private`.
set -eu
root=$1 name=$2; shift 2
work=$(mktemp -d)
mount -t tmpfs -o size=512m,mode=755 tmpfs "$work"
mkdir "$work/u" "$work/w" "$work/m"
mount -t overlay overlay -o "lowerdir=$root,upperdir=$work/u,workdir=$work/w" "$work/m"
groups=()
for h in /sys/fs/cgroup/systemd /sys/fs/cgroup/unified /sys/fs/cgroup; do
  if [ -e "$h/cgroup.procs" ]; then mkdir -p "$h/$name"; groups+=("$h/$name"); fi
done
(
  for g in "${groups[@]}"; do echo $BASHPID > "$g/cgroup.procs"; done
  exec setsid systemd-nspawn -q -b -D "$work/m" --machine="$name" --private-network --register=no --keep-unit --console=pipe \
    --link-journal=no --resolv-conf=off --timezone=off "$@" </dev/null >"$work/console" 2>&1
) &
nspawn=$! first='' state=''
for _ in $(seq 600); do
  first=$(awk '{print $1}' "/proc/$nspawn/task/$nspawn/children" 2>/dev/null || true)
  if [ -n "$first" ]; then state=$(nsenter -t "$first" -a -r -w systemctl is-system-running 2>/dev/null || true); fi
  case $state in running|degraded) break ;; esac
  sleep 0.05
done
case $state in running|degraded) echo "$first" ;; *) echo "not booted: $state"; tail -5 "$work/console" ;; esac
cat >/dev/null
kill -KILL "$first" 2>/dev/null || true
wait "$nspawn" 2>/dev/null || true
for g in "${groups[@]}"; do find "$g" -depth -type d -exec rmdir {} \; 2>/dev/null || true; done
umount "$work/m" "$work"; rmdir "$work"
