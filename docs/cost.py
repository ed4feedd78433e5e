"""make cost: what the game costs on AWS, from the template's parameters and what was measured.

List prices of us-east-1 in dollars, without free tiers; what is assumed and what is measured stands beside each number.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "localstack"), str(ROOT / "layers/tapstack/python")]

from cloud.template import load  # noqa: E402
from tapstack.domain.pacing import flush_every_ms, heartbeat_every_ms  # noqa: E402

MONTH_S = 30 * 86_400
MILLION = 1_000_000
GB = 2**30

# Measured: 1,000 calls of each function over a real Redis 6.2, its INFO commandstats and stats before and after.
ECPU_PER_CLICK = 9  # commands inside and including the one script call; 363 bytes in and out
ECPU_PER_BEAT = 7
ECPU_PER_BOARD = 65  # 4 reads of each of 16 buckets, at most once per 5 s for everybody
REDIS_BYTES_PER_PLAYER = 543
ANSWER_BYTES = 111 + 283  # body and headers of a click's answer
BOARD_BYTES = 1_585 + 318
ITEM_WRITE_UNITS = 1  # a counter is below 1 KB
LOG_BYTES_PER_CALL = 330  # an access log line; functions log refusals only

# Assumed: there is no AWS here to measure them on.
BILLED_MS = 12  # a click's duration with Redis a network away: 0.25 ms here with Redis on the same machine
TAPS_PER_S = 5  # of somebody who is playing; 25 is the most that counts
BOARD_EVERY_S = 10  # how often a client reads the board
SCHEDULED_RUNS = MONTH_S / 60 * 2  # sync and cleanup, every minute each
SCHEDULED_MS = 500
SYNC_EVERY_S = 1.0  # with a hundred dirty players in a second; never slower than 5 s while anybody taps
EMPTY_RECEIVES_PER_S = 5 / 20  # Lambda's pollers, each a long poll of 20 s

PLAYERS = (1_000, 5_000, 100_000)
BUDGETS = (50, 200, 1_000, 5_000)


@dataclass(frozen=True)
class Load:
    """What players make in a month: `players` are playing at the same moment, on average, round the clock."""

    players: int
    budget: int
    idle_s: int

    @property
    def flush_s(self) -> float:
        return flush_every_ms(self.players, self.budget) / 1_000

    @property
    def clicks(self) -> float:
        return self.players / self.flush_s * MONTH_S

    @property
    def beats(self) -> float:
        return self.players / (heartbeat_every_ms(self.idle_s) / 1_000) * MONTH_S

    @property
    def boards(self) -> float:
        return self.players / BOARD_EVERY_S * MONTH_S

    @property
    def taps(self) -> float:
        return self.players * TAPS_PER_S * MONTH_S

    @property
    def saves(self) -> float:
        """Items written: a player is dirty once a flush, and saved at most once a sync."""
        return self.players / max(self.flush_s, SYNC_EVERY_S) * MONTH_S


def tiered(amount: float, *tiers: tuple[float, float]) -> float:
    """The price of an amount in millions: each tier is (up to how many millions, dollars a million)."""
    price = below = 0.0
    for upto, each in tiers:
        price += max(0.0, min(amount, upto) - below) * each
        below = upto
    return price


def costs(load_: Load, memory_mb: int, *, waf: bool = False) -> dict[str, float]:
    """Dollars a month by service."""
    calls = load_.clicks + load_.beats
    gb_s = (calls * BILLED_MS + SCHEDULED_RUNS * SCHEDULED_MS) / 1_000 * memory_mb / 1_024
    ecpu = load_.clicks * ECPU_PER_CLICK + load_.beats * ECPU_PER_BEAT + MONTH_S / 5 * ECPU_PER_BOARD
    stored_gb = max(0.1, load_.players * REDIS_BYTES_PER_PLAYER / GB)
    sync_messages = MONTH_S / SYNC_EVERY_S
    inf = float("inf")
    out_gb = (load_.boards * BOARD_BYTES + calls * ANSWER_BYTES) / GB
    found = {
        "API Gateway": tiered(calls / MILLION, (333, 3.50), (1_000, 2.80), (20_000, 2.38), (inf, 1.51)),
        "Lambda": (calls + SCHEDULED_RUNS) / MILLION * 0.20 + gb_s * 0.0000133334,
        "ElastiCache": stored_gb * 0.084 * 730 + ecpu / MILLION * 0.0023,
        "DynamoDB": load_.saves * ITEM_WRITE_UNITS / MILLION * 0.625 + load_.players * 10 * 1_000 / GB * 0.45,
        "SQS": (sync_messages * 3 + EMPTY_RECEIVES_PER_S * MONTH_S) / MILLION * 0.40,
        "CloudFront": tiered(out_gb / 1_000, (10, 85), (50, 80), (inf, 60)) + (calls + load_.boards) / MILLION * 1.00,
        "CloudWatch": calls * LOG_BYTES_PER_CALL / GB * 0.50 + 6 * 0.10 + 3,
        "KMS and secrets": 1 + 2 * 0.40 + sync_messages / 300 / 10_000 * 0.03,
    }
    if waf:
        found["WAF"] = 5 + 2 + calls / MILLION * 0.60
    return found


def parameters() -> tuple[int, int, int]:
    """REQUESTS_PER_S_BUDGET, SESSION_IDLE_S and the functions' memory, as the template has them."""
    template = load(ROOT / "template.yaml")
    default = {name: found["Default"] for name, found in template["Parameters"].items()}
    memory = int(template["Globals"]["Function"]["MemorySize"])
    return int(default["RequestsPerSBudget"]), int(default["SessionIdleS"]), memory


def money(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 10 else f"{amount:,.2f}"


def row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def per_service(budget: int, idle_s: int, memory_mb: int) -> Iterator[str]:
    loads = [Load(players, budget, idle_s) for players in PLAYERS]
    tables = [costs(one, memory_mb) for one in loads]
    yield row("", *(f"{one.players:,} players" for one in loads))
    yield row("---", *("---:" for _ in loads))
    yield row("taps a month, millions", *(f"{one.taps / MILLION:,.0f}" for one in loads))
    yield row("a batch every", *(f"{one.flush_s:g} s" for one in loads))
    yield row("clicks and heartbeats a second", *(f"{(one.clicks + one.beats) / MONTH_S:,.0f}" for one in loads))
    for service in tables[0]:
        yield row(service, *(money(table[service]) for table in tables))
    yield row("**dollars a month**", *(f"**{money(sum(table.values()))}**" for table in tables))
    per_million = [sum(t.values()) / (one.taps / MILLION) for one, t in zip(loads, tables, strict=True)]
    yield row("**dollars per million taps**", *(f"**{value:.3f}**" for value in per_million))
    yield row("with EnableWaf, a month", *(money(sum(costs(one, memory_mb, waf=True).values())) for one in loads))


def per_budget(idle_s: int, memory_mb: int) -> Iterator[str]:
    yield row("RequestsPerSBudget", *(f"{players:,} players" for players in PLAYERS))
    yield row("---:", *("---:" for _ in PLAYERS))
    for budget in BUDGETS:
        cells = []
        for players in PLAYERS:
            one = Load(players, budget, idle_s)
            cells.append(f"{money(sum(costs(one, memory_mb).values()))} (every {one.flush_s:g} s)")
        yield row(f"{budget:,}", *cells)


PAGE = """\
# What it costs on AWS

Made by `make cost` (docs/cost.py) from the defaults in `template.yaml`, measured counts and list prices of
us-east-1, without free tiers. What is measured and what is assumed stands in the script. The players are those
playing **at the same moment, round the clock**, each with {taps} taps a second: a game whose players play half an
hour a day has 48 times as many of them.

With nobody playing it costs about ${quiet} a month: the cache's smallest size, the sync's schedule and messages, a
key, two secrets, alarms and the dashboard. No NAT gateway, no public IPv4 address.

## By service, in dollars a month (RequestsPerSBudget {budget:,})

{services}

All calls come through CloudFront, so that the browser sees one origin and sends no preflights; the board is served
from its cache. Everything but the fixed part follows the number of requests, not of taps: that is what batches do.

## What the request budget does

Clients send their taps in batches; `RequestsPerSBudget` is how many batches a second the whole game may send. More
players mean larger batches, from 1 s up to 15 s, so the bill has a ceiling until every batch is 15 s. No tap is
lost or refused for it: a client shows its own taps at once, only others see them later. Dollars a month:

{budgets}

Beyond 15 s worth of budget the rate grows again, slowly: 100,000 players make 6,667 batches a second at least.
HotConcurrency and ApiRateLimit go with the budget: a batch is about {billed} ms of a function, so 1,000 a second
keep 12 of them busy, and ApiRateLimit must lie above batches, heartbeats and boards together.
"""


def page() -> str:
    budget, idle_s, memory_mb = parameters()
    return PAGE.format(
        taps=TAPS_PER_S,
        budget=budget,
        billed=BILLED_MS,
        quiet=money(sum(costs(Load(0, budget, idle_s), memory_mb).values())),
        services="\n".join(per_service(budget, idle_s, memory_mb)),
        budgets="\n".join(per_budget(idle_s, memory_mb)),
    )


if __name__ == "__main__":
    print(page(), end="")
