#!/usr/bin/python3
"""Sets the dispatches in in/ by shards on the workers of a Dask scheduler: shards.py ADDRESS SHARDS.

A worker that goes takes its shard with it; the scheduler gives that to another, which keeps what is made already."""
import subprocess
import sys

from distributed import Client


def run(shard, shards):
    command = ["diglot", "in/", "-q", "-u", "-j1", "-o", "out/", "--shard", f"{shard}/{shards}", "--report", f"report-{shard}.jsonl"]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    shards = int(sys.argv[2])
    with Client(sys.argv[1]) as client:
        futures = [client.submit(run, shard, shards, pure=False, retries=3) for shard in range(1, shards + 1)]
        sys.exit(max(client.gather(futures)))
