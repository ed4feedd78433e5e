"""What threads use for the first time, at once: each in a process of its own, which has used nothing yet."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

DECODE = """
import sys, threading
from types import ModuleType, SimpleNamespace
import msgspec
from tapstack_local.functions.pool import load_pools

load_pools(SimpleNamespace(functions={}), set(), None)

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


IMPORT = """
import sys, threading
from types import SimpleNamespace
from tapstack_local.functions.pool import load_pools

load_pools(SimpleNamespace(functions={}), set(), None)
sys.setswitchinterval(1e-6)
barrier, found = threading.Barrier(4), []

def meet(line):
    barrier.wait()
    exec(line)
    found.append(line)

lines = ("from redis import exceptions", "from redis.connection import parse_url")
threads = [threading.Thread(target=meet, args=(lines[n % 2],)) for n in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert len(found) == 4
print("all met")
"""


@pytest.mark.parametrize("script", [DECODE, IMPORT], ids=["decode", "import"])
def test_threads_may_use_what_no_thread_has_used(script: str) -> None:
    """Without what load_pools does first, msgspec ends the process with SIGSEGV, and an import fails."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    found = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert (found.returncode, found.stdout.strip()) == (0, "all met"), found.stderr[-2000:]
