"""What honest players experience: each request with its outcome and duration, next to a bare server's."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

GOOD = ("200", "201", "204", "304")
WAIT_S = 1.0
"""A player who waits longer than this is harmed."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One request: what it was, when it began (monotonic), its duration, and its status or the class of its failure."""

    what: str
    began_s: float
    took_s: float
    outcome: str

    @property
    def good(self) -> bool:
        return self.outcome in GOOD


@dataclass
class Book:
    """All samples since the book was last emptied; `reference` has those of the bare server."""

    samples: list[Sample] = field(default_factory=list)
    reference: list[Sample] = field(default_factory=list)

    def add(self, what: str, began_s: float, outcome: str) -> None:
        """Records a request that has just ended."""
        self.samples.append(Sample(what, began_s, time.monotonic() - began_s, outcome))

    def take(self) -> Page:
        """Returns the samples and starts over."""
        seen = Page(self.samples, self.reference)
        self.samples, self.reference = [], []
        return seen


@dataclass(frozen=True)
class Page:
    """The samples of one attack."""

    samples: list[Sample]
    reference: list[Sample]

    @property
    def requests(self) -> int:
        return len(self.samples)

    @property
    def worst(self) -> tuple[float, Sample | None]:
        """The longest wait caused by the game: less what a bare server took at the same time."""
        waits = [(sample.took_s - self._overhead_s(sample), sample) for sample in self._slow()]
        return max(waits, key=lambda wait: wait[0], default=(0.0, None))

    @property
    def overhead_s(self) -> float:
        """The longest wait at the bare server: the share of the machine and of this harness."""
        return max((sample.took_s for sample in self.reference), default=0.0)

    @property
    def late_s(self) -> float:
        """The 99th percentile of all answered requests."""
        ordered = sorted(sample.took_s for sample in self.samples)
        return ordered[len(ordered) * 99 // 100] if ordered else 0.0

    @property
    def harm(self) -> list[str]:
        """Outcomes that no honest player may see, with their counts."""
        seen = Counter(f"{sample.what}: {sample.outcome}" for sample in self.samples if not sample.good)
        return [f"an honest player's {what} x{count}" for what, count in seen.most_common(6)]

    def _slow(self) -> Iterable[Sample]:
        """The slowest hundred: nobody else can be the worst but by the bare server's share, which is small."""
        return sorted(self.samples, key=lambda sample: sample.took_s)[-100:]

    def _overhead_s(self, sample: Sample) -> float:
        ended_s = sample.began_s + sample.took_s
        beside = (r.took_s for r in self.reference if r.began_s < ended_s and r.began_s + r.took_s > sample.began_s)
        return max(beside, default=0.0)
