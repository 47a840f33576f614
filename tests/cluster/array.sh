#!/bin/sh
#SBATCH --array=1-8 --cpus-per-task=1 --requeue --open-mode=append
# One shard of the dispatches in in/; what an earlier try of it has made is kept.
exec diglot in/ -q -u -o out/ -j "$SLURM_CPUS_PER_TASK" --shard "$SLURM_ARRAY_TASK_ID/8" --report "report-$SLURM_ARRAY_TASK_ID.jsonl"
