"""A task for a queue (Celery, Airflow, RQ): each process of the queue has one worker, which stays warm.  usage: task.py DISPATCH PDF"""
import base64
import json
import subprocess
import sys

_worker = None


def typeset(dispatch: bytes, **job) -> bytes:
    """With Celery this is an @app.task.  What fails raises, so that the queue tries again or tells."""
    global _worker
    if _worker is None or _worker.poll() is not None:
        _worker = subprocess.Popen(["diglot", "--worker", "-j", "1", "--timeout", "30"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    print(json.dumps({"base64": base64.b64encode(dispatch).decode(), **job}), file=_worker.stdin, flush=True)
    answer = json.loads(_worker.stdout.readline())
    if answer["status"] != "set":
        raise ValueError(answer["dispatches"][0]["messages"][-1]["message"])
    return base64.b64decode(answer["dispatches"][0]["files"][0]["base64"])


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as source:
        made = typeset(source.read(), name=sys.argv[1].rsplit("/", 1)[-1])
    with open(sys.argv[2], "wb") as out:
        out.write(made)
