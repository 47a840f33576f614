#!/bin/bash
# Shards on real engines, on this machine alone: Slurm (an array job; one task requeued, one killed), GNU parallel, Dask (four workers, one killed).
# Each comes to the files of one clean run, and the merged report to its report.  Needs root for Slurm's daemons, and the packages of
# CLUSTER_PACKAGES; what is not there is passed over and told.
set -eu
program=$1 cluster=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) daemons=()
finish () {
  for pid in "${daemons[@]}"; do kill "$pid" 2>/dev/null || true; done
  for file in "$work"/slurm/*.pid; do [ -s "$file" ] && kill "$(cat "$file")" 2>/dev/null || true; done
  wait || true
  rm -rf "$work"
}
trap finish EXIT
mkdir "$work/bin"
ln -s "$(realpath "$program")" "$work/bin/diglot"
export PATH=$work/bin:$PATH
cd "$work"

mkdir in
for i in $(seq 240); do
  printf 'Ferry number %d is running again\nThe ferry has been running again since Sunday, after %d days in the dock.\n\nعودة العبّارة رقم %d\nعادت العبّارة إلى العمل منذ يوم الأحد بعد %d يوماً في الحوض.\n' \
    "$i" "$i" "$i" "$i" > "in/$i.txt"
done
diglot in/ -q -o clean/ --report clean.jsonl

# What shards have kept is told as kept, and their folder has another name.
same () {
  diff -r -x '.diglot-*' clean out
  diglot --merge-reports -o merged.jsonl report-*.jsonl
  cmp <(grep '"n"' clean.jsonl | sed 's/"clean/"out/') <(grep '"n"' merged.jsonl | sed 's/"kept"/"set"/')
  tail -n 1 merged.jsonl | grep -q '"found":240,.*"failed":0'
  rm -rf out merged.jsonl report-*.jsonl
  echo "cluster: $1: 240 dispatches, as in one run"
}
until_made () { for _ in $(seq 600); do ls out/*.pdf > /dev/null 2>&1 && return; sleep .1; done; return 1; }

slurm () {
  local host; host=$(hostname -s)
  mkdir -m 755 slurm slurm/state slurm/spool slurm/munge
  dd if=/dev/urandom of=slurm/munge/key bs=64 count=1 status=none
  chmod 400 slurm/munge/key
  cat > slurm/slurm.conf <<C
ClusterName=press
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$work/slurm/munge/socket
SlurmctldPort=16817
SlurmdPort=16818
StateSaveLocation=$work/slurm/state
SlurmdSpoolDir=$work/slurm/spool
SlurmctldPidFile=$work/slurm/slurmctld.pid
SlurmdPidFile=$work/slurm/slurmd.pid
SlurmctldLogFile=$work/slurm/slurmctld.log
SlurmdLogFile=$work/slurm/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MpiDefault=none
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$host Default=YES State=UP
C
  export SLURM_CONF=$work/slurm/slurm.conf
  chmod 711 "$work"
  munged --force --key-file="$PWD/slurm/munge/key" --socket="$PWD/slurm/munge/socket" --pid-file="$PWD/slurm/munged.pid" --log-file="$PWD/slurm/munged.log" \
    --seed-file="$PWD/slurm/munge/seed"
  slurmctld -f "$SLURM_CONF"
  slurmd -f "$SLURM_CONF"
  for _ in $(seq 60); do sinfo -h 2>/dev/null | grep -q idle && break; sleep .5; done

  job=$(sbatch --parsable "$cluster/array.sh")
  until_made
  scontrol requeue "${job}_1"
  scontrol suspend "${job}_2" 2>/dev/null && scontrol resume "${job}_2" || true
  # One is killed where it stands, by no means of Slurm's: its shard has no report then, or not all of it.
  for _ in $(seq 600); do pkill -9 -f -- '--shard [345]/8' && break; sleep .02; done
  until [ -z "$(squeue -h -j "$job")" ]; do sleep .2; done
  for shard in $(seq 8); do
    tail -n 1 "report-$shard.jsonl" 2>/dev/null | grep -q '"total"' || missing=${missing:+$missing,}$shard
  done
  if [ -n "${missing:-}" ]; then
    ! diglot --merge-reports report-*.jsonl > merged.jsonl 2> messages && grep -q 'report.missing' messages
    job=$(sbatch --parsable --array="$missing" "$cluster/array.sh")
    until [ -z "$(squeue -h -j "$job")" ]; do sleep .2; done
  fi
  same "Slurm, 8 tasks, 1 requeued, shard ${missing:-none} killed and sent again"
}

dask () {
  /usr/bin/python3 -c 'from distributed.cli.dask_scheduler import main; main()' --port 16819 --no-dashboard > scheduler.log 2>&1 &
  daemons+=($!)
  for i in 1 2 3 4; do
    /usr/bin/python3 -c 'from distributed.cli.dask_worker import main; main()' tcp://127.0.0.1:16819 --nthreads 1 --no-dashboard --no-nanny --local-directory "$PWD/dask-$i" > "worker-$i.log" 2>&1 &
    daemons+=($!)
  done
  PYTHONPATH=$cluster /usr/bin/python3 "$cluster/shards.py" tcp://127.0.0.1:16819 8 &
  client=$!
  until_made
  kill -9 "${daemons[2]}"
  wait "$client"
  same 'Dask, 4 workers, 1 killed'
}

if command -v slurmctld > /dev/null && command -v munged > /dev/null && [ "$(id -u)" = 0 ]; then slurm; else echo 'cluster: no Slurm here'; fi
if command -v parallel > /dev/null; then
  parallel --will-cite -j2 diglot in/ -q -u -j1 -o out/ --shard {}/8 --report report-{}.jsonl ::: $(seq 8)
  same 'GNU parallel, 8 jobs'
else
  echo 'cluster: no GNU parallel here'
fi
if /usr/bin/python3 -c 'import distributed' 2>/dev/null; then dask; else echo 'cluster: no Dask here'; fi
