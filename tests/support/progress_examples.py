"""Examples of what scores mean, which the rules in Python and in TypeScript both have to agree with.

After a change of a rule: `PYTHONPATH=tests .venv/bin/python -m support.progress_examples`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict

from tapstack.play.rules.levels import level_of, level_starts_at
from tapstack.play.rules.milestones import last_milestone

FILE = Path(__file__).parents[2] / "miniapp/tests/game/progress.json"

HIGHEST_SCORE = 2**53 - 1
"""The last whole number that a double, and so JavaScript and a sorted set, still tells from the next."""


class Example(TypedDict):
    score: int
    level: int
    next_level_at: int
    last_milestone: int


def examples() -> list[Example]:
    """Around every power of ten and around the starts of levels, up to the highest score."""
    levels = [*range(1, 12), 101, 1_001, 10_001, 1_000_001, level_of(HIGHEST_SCORE)]
    edges = [*(level_starts_at(level) for level in levels), *(10**power for power in range(16)), HIGHEST_SCORE]
    scores = {edge + step for edge in edges for step in (-1, 0, 1)}
    return [_example(score) for score in sorted(scores) if 0 <= score <= HIGHEST_SCORE]


def _example(score: int) -> Example:
    level = level_of(score)
    return Example(
        score=score, level=level, next_level_at=level_starts_at(level + 1), last_milestone=last_milestone(score)
    )


def text() -> str:
    """The file, one example a line."""
    return "[\n" + ",\n".join(f"  {json.dumps(example)}" for example in examples()) + "\n]\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
