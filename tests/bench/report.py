"""Results as a table and as JSON, and comparisons of two runs."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from support.servers import ROOT

from bench import load
from bench.cases import Result

FOLDER = ROOT / ".local/bench"


def machine() -> dict[str, Any]:
    """The machine and the versions that were measured."""
    info = Path("/proc/cpuinfo")
    models = [line for line in info.read_text().splitlines() if "model name" in line] if info.exists() else []
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)  # noqa: S603, S607
    return {
        "cpu": models[0].split(":")[1].strip() if models else platform.processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "commit": commit.stdout.strip(),
        "generator": load.name(),
        "load_average": round(os.getloadavg()[0], 1),
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }


def heading() -> str:
    return f"{'':<34}{'median':>10}{'lowest':>10}{'highest':>10}{'p50 ms':>9}{'p99 ms':>9}{'CPU us':>8}{'errors':>8}"


def line(result: Result) -> str:
    """One case; CPU is that of the game's web servers and Redis, per request."""
    cells = [f"{value:>10,.0f}" for value in (result.median, min(result.runs), max(result.runs))]
    details = result.details
    if details:
        cells += [f"{details['p50_ms']:>9.1f}", f"{details['p99_ms']:>9.1f}"]
        cells += [f"{details['cpu_us']:>8.0f}", f"{details['errors']:>8.0f}"]
    return f"{result.name:<34}{''.join(cells)}  {result.unit}"


def save(results: Iterable[Result], facts: dict[str, Any]) -> Path:
    """Writes a run to .local/bench; returns the file."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{time.strftime('%Y%m%d-%H%M%S')}.json"
    content = {"machine": facts, "cases": {result.name: result.as_json() for result in results}}
    path.write_text(json.dumps(content, indent=1))
    return path


def compare(before: Path, after: Path) -> str:
    """Both runs' medians, and the change if it exceeds the spread of either."""
    old, new = (json.loads(path.read_text()) for path in (before, after))
    lines = [f"{path.name}: {run['machine']}" for path, run in ((before, old), (after, new))]
    for name, case in new["cases"].items():
        earlier = old["cases"].get(name)
        if earlier is None:
            continue
        apart = min(case["runs"]) > max(earlier["runs"]) or max(case["runs"]) < min(earlier["runs"])
        change = f"{case['median'] / earlier['median'] - 1:+.0%}" if apart else "within the spread"
        lines.append(f"{name:<34}{earlier['median']:>12,.0f}{case['median']:>12,.0f} {case['unit']:<11} {change}")
    return "\n".join(lines)


def latest(count: int) -> list[Path]:
    """The last runs, oldest first; raises SystemExit if there are too few."""
    found = sorted(FOLDER.glob("*.json"))[-count:]
    if len(found) < count:
        raise SystemExit(f"{FOLDER} has {len(found)} runs, {count} are needed: run `make bench`")
    return found
