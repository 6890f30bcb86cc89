"""A process beside the server, with its settings and its database, that calls functions of the tests and commands
of manage.py as it is told: to start Django for each of them takes longer than most of what they do."""

import importlib
import json
import os
import subprocess
import sys
import traceback
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent.parent


class Resident:
    """Start it over the environment of a server; `end` ends it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def call(self, module: str, name: str, *arguments: object) -> Any:
        """Return what a function returns; both go through JSON. Raise RuntimeError with the traceback where it
        raises."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([module, name, arguments]) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "raised" in answer:
            raise RuntimeError(answer["raised"])
        return answer["returned"]

    def end(self) -> None:
        self._process.kill()
        self._process.wait()


def answer(line: str) -> dict[str, Any]:
    from django.db import connections

    module, name, arguments = json.loads(line)
    try:
        return {"returned": getattr(importlib.import_module(module), name)(*arguments)}
    except Exception:
        return {"raised": traceback.format_exc()}
    finally:
        # As a process that has ended leaves none behind.
        connections.close_all()


def serve(told: IO[str], answers: IO[str]) -> None:
    for line in told:
        answers.write(json.dumps(answer(line), default=str) + "\n")
        answers.flush()


if __name__ == "__main__":
    import django

    django.setup()
    # What is printed meanwhile must not stand between the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    serve(sys.stdin, answers)
