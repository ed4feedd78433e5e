"""Threads that decode into a type for the first time, at once."""

from __future__ import annotations

import os
import subprocess
import sys

SCRIPT = """
import sys, threading
from types import ModuleType
import msgspec
from tapstack_local.functions.struct_types import share_struct_types

if sys.argv[1] == "shared":
    share_struct_types()

STRUCTS = '''
import msgspec
class Prize(msgspec.Struct):
    id: "str"; amounts: "dict[str, int]" = {}; next: "Prize | None" = None
class Season(msgspec.Struct):
    first: "Prize"; prizes: "list[Prize]" = []
class Catalogue(msgspec.Struct):
    seasons: "dict[str, Season]"; best: "Season | None" = None
'''
DATA = b'{"seasons": {"a": {"first": {"id": "x", "amounts": {"coins": 1}}, "prizes": []}}}'


def meet(number):
    module = sys.modules[f"structs{number}"] = ModuleType(f"structs{number}")
    exec(STRUCTS, module.__dict__)
    barrier, found = threading.Barrier(4), []

    def decode(n):
        barrier.wait()
        if n % 2:
            found.append(msgspec.json.decode(DATA, type=module.Catalogue))
        else:
            found.append(msgspec.convert(msgspec.json.decode(DATA), module.Catalogue))

    threads = [threading.Thread(target=decode, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and all(one == found[0] for one in found)


sys.setswitchinterval(1e-6)
for number in range(100):
    meet(number)
print("all met")
"""


def run(kind: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", SCRIPT, kind]
    return subprocess.run(  # noqa: S603
        command, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_struct_types_shared_by_threads_do_not_end_the_process() -> None:
    """Without, msgspec ends it with SIGSEGV, mostly in the first round."""
    found = run("shared")
    assert (found.returncode, found.stdout.strip()) == (0, "all met"), found.stderr[-2000:]
