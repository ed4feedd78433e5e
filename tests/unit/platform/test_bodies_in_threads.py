"""Stored values that several threads read for the first time, at once: in a process that has read nothing yet."""

from __future__ import annotations

import os
import subprocess
import sys

SCRIPT = """
import sys, threading
from types import ModuleType
from tapstack.platform.bodies import decode_body

STRUCTS = '''
import msgspec
from tapstack.platform.bodies import Body
class Button(msgspec.Struct):
    text: "str"; counts: "dict[str, int]" = {}; below: "Button | None" = None
class Rows(msgspec.Struct):
    first: "Button"; others: "list[Button]" = []
class Message(Body):
    rows: "dict[str, Rows]"; best: "Rows | None" = None
'''
TEXT = '{"rows": {"a": {"first": {"text": "x", "counts": {"en": 1}}, "others": []}}, "later": 7}'


def meet(number):
    module = sys.modules[f"structs{number}"] = ModuleType(f"structs{number}")
    exec(STRUCTS, module.__dict__)
    barrier, found = threading.Barrier(4), []

    def read():
        barrier.wait()
        found.append(decode_body(TEXT, module.Message))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and all(one == found[0] and one.newer == {"later": 7} for one in found)


sys.setswitchinterval(1e-6)
for number in range(100):
    meet(number)
print("all met")
"""


def test_threads_may_read_a_kind_of_value_that_none_has_read() -> None:
    """Else msgspec ends the process with SIGSEGV: a sender's threads all read one broadcast first."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    found = subprocess.run(  # noqa: S603
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert (found.returncode, found.stdout.strip()) == (0, "all met"), found.stderr[-2000:]
