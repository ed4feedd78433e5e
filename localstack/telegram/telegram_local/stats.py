"""Statistics: what was served and refused, and how fast."""

from collections import Counter, deque
from typing import Any


class Latencies:
    """The last 5,000 durations, in milliseconds."""

    def __init__(self) -> None:
        self._recent: deque[float] = deque(maxlen=5000)

    def add(self, seconds: float) -> None:
        """Record one duration."""
        self._recent.append(seconds * 1000)

    def as_json(self) -> dict[str, float]:
        """Median, 99th percentile and maximum."""
        ordered = sorted(self._recent)
        if not ordered:
            return {"count": 0}
        return {
            "count": len(ordered),
            "p50_ms": round(ordered[len(ordered) // 2], 3),
            "p99_ms": round(ordered[len(ordered) * 99 // 100], 3),
            "max_ms": round(ordered[-1], 3),
        }


class Stats:
    """Counters since the start or the last reset."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Set everything to zero."""
        self._served: Counter[str] = Counter()
        self._refused: dict[str, Counter[str]] = {}
        self._webhook_served: Counter[str] = Counter()
        self._webhook_refused: dict[str, Counter[str]] = {}
        self._errors: Counter[str] = Counter()
        self.too_many = 0
        self.updates: Counter[str] = Counter()
        self.webhook: Counter[str] = Counter()
        self.call_latency = Latencies()
        self.webhook_latency = Latencies()
        self._second = 0
        self._in_second = 0
        self.peak_messages_per_s = 0

    def served(self, method: str, *, from_webhook: bool) -> None:
        """Count an executed call; `from_webhook` if a webhook returned it."""
        (self._webhook_served if from_webhook else self._served)[method] += 1

    def refused(self, method: str, code: int, description: str, *, from_webhook: bool) -> None:
        """Count a refused call."""
        counters = self._webhook_refused if from_webhook else self._refused
        counters.setdefault(method, Counter())[str(code)] += 1
        self._errors[description.partition("retry after")[0] or description] += 1
        self.too_many += code == 429

    def message(self, now: float) -> None:
        """Count a message or an edit."""
        if int(now) != self._second:
            self._second, self._in_second = int(now), 0
        self._in_second += 1
        self.peak_messages_per_s = max(self.peak_messages_per_s, self._in_second)

    def as_json(self) -> dict[str, Any]:
        """Everything as JSON."""
        return {
            "served": dict(self._served),
            "refused": {method: dict(codes) for method, codes in self._refused.items()},
            "webhook_answers": {
                "served": dict(self._webhook_served),
                "refused": {method: dict(codes) for method, codes in self._webhook_refused.items()},
            },
            "errors": dict(self._errors),
            "too_many_requests": self.too_many,
            "peak_messages_per_s": self.peak_messages_per_s,
            "updates": dict(self.updates),
            "webhook": dict(self.webhook) | {"latency": self.webhook_latency.as_json()},
            "latency": self.call_latency.as_json(),
        }
