"""make cost: what the game costs on AWS, computed from the template's parameters and measured counts.

List prices, without free tiers; a comment next to each number says whether it is measured or assumed.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "localstack"), str(ROOT / "layers/tapstack/python")]

from tapstack.league.rules import DIVISION  # noqa: E402
from tapstack.notifications.reminding import WALK_EVERY_MS  # noqa: E402
from tapstack.platform.sampling import LINES_A_MINUTE  # noqa: E402
from tapstack.play.rules.pacing import CLAIM_GAP_MS, flush_every_ms  # noqa: E402
from tapstack_local.template.source import load  # noqa: E402

DAY_S = 86_400
MONTH_S = 30 * DAY_S
MILLION = 1_000_000
GB = 2**30
TB_GB = 1_024
INF = float("inf")

# Prices in dollars, us-east-1, compared in November 2026 with the source given at each; AWS's own pages prevail.
REST_CALLS = ((333, 3.50), (1_000, 2.80), (20_000, 2.38), (INF, 1.51))
"""Per million calls; each tier up to so many millions.
docs.aws.amazon.com/whitepapers/latest/best-practices-api-gateway-private-apis-integration/cost-optimization.html"""
LAMBDA_CALLS = 0.20
LAMBDA_GB_S = 0.0000133334
"""arm64, the first 7.5 billion GB-s. cloudchipr.com/blog/aws-lambda-pricing"""
CACHE_GB_HOUR = 0.084
CACHE_LEAST_GB = 0.1
CACHE_ECPU = 0.0023
"""Per million. usage.ai/blogs/aws/database-savings-plans/elasticache/serverless-pricing (June 2026); the minimum size:
cur.vantage.sh/aws/amazonelasticache"""
TABLE_WRITES = 0.625
"""Per million of 1 KB, since November 2024. airbyte.com/data-engineering-resources/dynamodb-pricing (July 2025)"""
TABLE_READS = 0.125
"""Per million of 4 KB. Source as for TABLE_WRITES."""
TABLE_WCU_HOUR, TABLE_RCU_HOUR = 0.00065, 0.00013
"""Provisioned, for one a second of 1 KB and of 4 KB. costpatrol.io/blog/dynamodb-on-demand-vs-provisioned-pricing"""
TABLE_GB = 0.25 + 0.20
"""Per month, with point-in-time recovery."""
QUEUE_CALLS = 0.40
"""Per million. cloudburn.io/blog/amazon-sqs-pricing (March 2026)"""
EDGE_GB = ((10 * TB_GB, 0.085), (50 * TB_GB, 0.080), (150 * TB_GB, 0.060), (500 * TB_GB, 0.040), (INF, 0.030))
"""United States and Europe; each tier up to so many GB. aws.amazon.com/cloudfront/pricing"""
OUT_GB = ((10 * TB_GB, 0.09), (50 * TB_GB, 0.085), (150 * TB_GB, 0.07), (INF, 0.05))
"""From functions to the internet; each tier up to so many GB.
aws.amazon.com/ec2/pricing/on-demand"""
EDGE_CALLS = 1.00
EDGE_FUNCTION_CALLS = 0.10
"""Per million each. aws.amazon.com/cloudfront/pricing; cur.vantage.sh/aws/amazoncloudfront"""
LOG_GB, METRIC, ALARM_METRIC, DASHBOARD = 0.50, 0.30, 0.10, 3.00
"""signoz.io/guides/cloudwatch-pricing (February 2026), cloudburn.io/blog/amazon-cloudwatch-pricing"""
KEY, KEY_CALLS, SECRET = 1.00, 3.00, 0.40
"""KEY_CALLS per million. factualminds.com/blog/aws-kms-pricing-keys-requests-multi-region (June 2026)"""
WAF_LIST, WAF_RULE, WAF_CALLS = 5.00, 1.00, 0.60
"""c3x.dev/blog/aws-waf-cost-explained"""

# Measured: 1,000 calls of each function against a real Redis 6.2, by its INFO commandstats and stats before and after.
ECPU_PER_CLICK = 11  # the script call and the commands inside it; 398 bytes in and out
ECPU_PER_BEAT = 7
ECPU_PER_BOARD = 87  # reads 16 buckets, at most once per 5 s for all readers
ECPU_PER_BOARD_READ = 3  # a process reads the published board, 2.3 KB, at most once a second
ECPU_PER_RANK = 53
ECPU_PER_SESSION = 28
ECPU_PER_WALLET = 6  # the paid taps, and the limit of reads
ECPU_PER_SAVE = 5.5
ECPU_PER_SYNC = 165
ECPU_PER_PLAYER_AND_MINUTE = 13  # cleanup and maintenance
REDIS_BYTES_PER_PLAYER = 832
RANK_READ_UNITS = 11 * 0.5  # the names of a player and ten neighbours
WALLET_READ_UNITS = 1  # all that a player has, up to 4 KB, as it stands now
SESSION_READ_UNITS, SESSION_WRITE_UNITS = 3, 1  # account, owner and history; a row of the history when it has ended
# Bodies and headers of answers; tests/unit/docs/test_cost.py makes them.
ANSWER_BYTES = 178 + 315
URL_ANSWER_BYTES = 178 + 90
PAGE_HEADER_BYTES = 144  # left out at function URLs
BOARD_BYTES = 2_367 + 350
RANK_BYTES = 1_263 + 315
SESSION_BYTES = 750 + 315  # names made of an id differ in length
WALLET_BYTES = 1_000 + 315
PROGRESS_BYTES = 2_500 + 315  # of 27,000, compressed
BOARD_CHANGE_BYTES = 9 + 273 + 2 * 60  # what has changed of the board, in which two players have changed places
WHOLE_BOARD_BYTES = 9 + 1_503  # a client without one, or an attacker, gets all of it
ITEM_WRITE_UNITS = 1  # a counter is smaller than 1 KB: tests/unit/play/test_item_size.py
COMMAND_WRITE_UNITS = {"settle": 5, "buy": 7, "use": 9, "sell": 7, "open": 9, "check in": 7, "claim": 7}
"""Of the economy: twice for each item of a transaction, once more for the ledger's index. A purchase of a limited offer
writes one item more. Held by tests/integration/economy/test_performing.py."""
DIVISION_WRITE_UNITS = 2  # 1.4 KB: held by tests/integration/league/test_league.py
REMINDER_LOOK_UNITS = 0.5 / 4 + 4 * 0.5 + 1  # a chat of 1 KB that is scanned, its owner, account, counter, inbox, goals
REMINDER_LOOK_ECPU = 18  # a score, a rank among 16 buckets, and what was last seen
REMINDER_WRITE_UNITS = 3  # a claim and its outcome, and the notice in the inbox
BOARD_ENTRY_BYTES = 117  # measured: 20,000 players on a board of 16 buckets
METRIC_BOARDS_OF_ALL = 5  # coins and XP, of all time and of the year, and XP of the season
ECPU_PER_PROJECTION = 23  # held by tests/integration/economy/test_performing.py
WALLET_KB = 2
LOG_BYTES_PER_REFUSAL = 276  # held by tests/unit/docs/test_cost.py
# Counted in the template's format, filled in with these values of a click.
ACCESS_LOG_VALUES = {
    "requestId": "8f0f1c2e-7c1d-4e0b-9d0e-2f6c0a7b1c55",
    "httpMethod": "POST",
    "resourcePath": "/clicks",
    "status": "200",
    "responseLatency": "12",
    "error.responseType": "-",
}
# Lambda's own two records of an invocation, which SystemLogLevel WARN leaves out; as in AWS's documentation.
PLATFORM_RECORDS = (
    '{"time":"2026-11-21T12:00:00.000Z","type":"platform.start","record":'
    '{"requestId":"8f0f1c2e-7c1d-4e0b-9d0e-2f6c0a7b1c55","version":"$LATEST"}}',
    '{"time":"2026-11-21T12:00:00.012Z","type":"platform.report","record":'
    '{"requestId":"8f0f1c2e-7c1d-4e0b-9d0e-2f6c0a7b1c55","metrics":{"durationMs":11.532,"billedDurationMs":12,'
    '"memorySizeMB":512,"maxMemoryUsedMB":112},"status":"success"}}',
)
# Measured: 1,000 players sending a batch a second caused 1.15 syncs, 1.3 messages and 859 saves a second; 1,000 sending
# a batch every 5 s caused 200 saves, one per batch. The model rounds syncs to one a second.
MESSAGES_PER_SYNC = 1.15

# What a player's page sends in an hour: the page's own modules, played for an hour on a clock of their own by
# miniapp/tests/game/traffic.test.ts. The page before the board rode along loaded board and rank this often (the same
# test, with the modules of the release before).
TRAFFIC: dict[str, dict[str, int]] = json.loads((ROOT / "docs/traffic.json").read_text())
LOADS_BEFORE = {1_000: 721, 5_000: 721, 15_000: 241}

# Assumed: no AWS account was available to measure them, and no players.
SHOWN = {"the button": 0.5, "the board": 0.4, "the board of the day": 0.1}  # of the time that a player plays
VISIT_S = 1_800
WALLET_KEPT_S = 3 * 3_600  # miniapp/src/economy/kept.ts
URL_OWN_BYTES = 347 + 29  # what Lambda adds to each answer, as MiniStack does: ids, date, CORS; and a TLS record
PREFLIGHT_BYTES = 500
LAMBDA_CALLS_PER_EXECUTION = 10  # per second; docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
BILLED_MS = 12  # a click with Redis across a network; 0.25 ms here with Redis on the same machine
TAPS_PER_S = 5  # of an active player; at most 25 count
SCHEDULED_RUNS = MONTH_S / 60 * 4  # sync, cleanup, maintenance and outbox, once a minute each
SCHEDULED_MS = 500  # for a sync too
EMPTY_RECEIVES_PER_S = 2 * 5 / 20  # Lambda's five pollers of two queues, each a long poll of 20 s
REFUSAL_KINDS = 3  # that a flood of one function causes: a code of one operation is one
SCALING_ALARMS = 8  # target tracking makes four for each of two policies
METRICS = 9  # recorded by maintenance: tapstack/admin/metrics.py

REMINDED_PLAYERS = 100_000  # who have a chat with the bot and play within ten days
REMINDED_A_DAY = 0.2  # of them
LEAGUE_PLAYERS = 100_000  # who tap in a week
WALLETS = 100_000  # of players who have settled taps, each a KB with as much of goods
ECONOMY_PLAYERS_A_DAY = 20_000  # of them
WEEKS = 30 / 7
PLAYERS = (1_000, 5_000, 100_000)
BUDGETS = (50, 200, 1_000, 5_000)
SYNCS = ((5, 100), (5, 0), (15, 0), (30, 0), (60, 0))
"""SyncEveryS and SyncAtDirty."""


@dataclass(frozen=True)
class Saving:
    """What is paid for saving: how often, and how the counters' capacity is bought."""

    every_s: int
    at_dirty: int
    provisioned: bool = False

    @classmethod
    def default(cls) -> Saving:
        provisioned = source()["Parameters"]["CounterCapacity"]["Default"] == "provisioned"
        return cls(value({"Ref": "SyncEveryS"}), value({"Ref": "SyncAtDirty"}), provisioned)


@dataclass(frozen=True)
class Load:
    """A month's load: `players` is the average number of concurrent players, around the clock."""

    players: int
    budget: int
    idle_s: int
    given_saving: Saving | None = None
    urls: bool = True
    """Whether clicks and heartbeats go straight to their functions: the parameter FunctionUrls."""
    board_rides: bool = True
    """Whether the board comes with clicks and heartbeats. Otherwise pages load it whenever it has changed."""
    rank_seldom: bool = True
    """Whether the own rank is loaded at intervals of its own. Otherwise with each board."""
    page_headers: bool = False
    """Whether function URLs send the headers that protect pages."""

    @property
    def saving(self) -> Saving:
        return self.given_saving or Saving.default()

    @property
    def flush_s(self) -> float:
        return flush_every_ms(self.players, self.budget) / 1_000

    @property
    def sync_s(self) -> float:
        """A crowd of SyncAtDirty is saved as often as it sends batches, if that is sooner: see record_taps.lua."""
        crowd = 0 < self.saving.at_dirty <= self.players and self.flush_s < self.saving.every_s
        return max(CLAIM_GAP_MS / 1_000, self.flush_s) if crowd else self.saving.every_s

    @property
    def clicks(self) -> float:
        return self.players / self.flush_s * MONTH_S

    @property
    def measured_ms(self) -> int:
        """The nearest of the intervals between batches that pages were measured at."""
        return min(LOADS_BEFORE, key=lambda each: abs(each - self.flush_s * 1_000))

    def sent(self, what: str) -> float:
        """What the pages of players who tap send in a month."""
        an_hour = sum(
            share * TRAFFIC[f"taps always, shows {shows}, every {self.measured_ms} ms"][what]
            for shows, share in SHOWN.items()
        )
        return self.players * MONTH_S / 3_600 * an_hour

    @property
    def sessions(self) -> float:
        return self.players * MONTH_S / VISIT_S

    @property
    def _loads_before(self) -> float:
        return self.players * MONTH_S / 3_600 * (1 - SHOWN["the button"]) * LOADS_BEFORE[self.measured_ms]

    @property
    def beats(self) -> float:
        """Heartbeats are sent in pauses only."""
        return self.sent("heartbeats")

    @property
    def boards(self) -> float:
        """Each visit loads one, the all-time one then changes along with clicks."""
        return self.sent("boards") + self.sessions if self.board_rides else self._loads_before

    @property
    def ranks(self) -> float:
        return self.sent("ranks") + self.sessions if self.rank_seldom else self._loads_before

    @property
    def wallets(self) -> float:
        """A visit loads one, unless the device has read it not long ago; browsers keep the catalogue for good."""
        return self.asked("wallets")

    @property
    def progress(self) -> float:
        """What there is to claim, as often as a wallet, and once more a day: whether the check-in is due."""
        return self.asked("progress") + self.players * MONTH_S / DAY_S

    def asked(self, what: str) -> float:
        visits = self.players * MONTH_S / max(VISIT_S, WALLET_KEPT_S)
        return visits * TRAFFIC[f"taps always, shows the button, every {self.measured_ms} ms"][what]

    @property
    def own_reads(self) -> float:
        return self.wallets + self.progress

    @property
    def past_cache(self) -> float:
        """Requests other than clicks and heartbeats that functions answer; each board once in 5 s."""
        return self.sessions + self.ranks + self.own_reads + 4 * MONTH_S / 5 * bool(self.players)

    @property
    def api_calls(self) -> float:
        """Requests that API Gateway charges for."""
        return self.past_cache + (0 if self.urls else self.clicks + self.beats)

    @property
    def edge_calls(self) -> float:
        """Requests to CloudFront."""
        return (
            self.boards + self.ranks + self.sessions + self.own_reads + (0 if self.urls else self.clicks + self.beats)
        )

    @property
    def edge_gb(self) -> float:
        found = BOARD_BYTES * self.boards + RANK_BYTES * self.ranks
        found += SESSION_BYTES * self.sessions + WALLET_BYTES * self.wallets + PROGRESS_BYTES * self.progress
        if not self.urls:
            found += (self.clicks + self.beats) * ANSWER_BYTES + self.change_bytes
        return found / GB

    @property
    def change_bytes(self) -> float:
        return self.sent("changes") * BOARD_CHANGE_BYTES if self.board_rides else 0

    @property
    def board_reads(self) -> float:
        """Of the published board, by the functions that are busy with clicks and heartbeats."""
        busy = (self.clicks + self.beats) / MONTH_S * BILLED_MS / 1_000
        return min(self.clicks + self.beats, max(1, busy) * MONTH_S) if self.board_rides else 0

    @property
    def url_out_gb(self) -> float:
        """What function URLs send to the internet."""
        if not self.urls:
            return 0
        answer = URL_ANSWER_BYTES + URL_OWN_BYTES + (PAGE_HEADER_BYTES if self.page_headers else 0)
        answers = (self.clicks + self.beats) * answer + self.change_bytes
        return (answers + self.sent("preflights_webkit") * PREFLIGHT_BYTES) / GB

    @property
    def taps(self) -> float:
        return self.players * TAPS_PER_S * MONTH_S

    @property
    def saves(self) -> float:
        """Items written: a player becomes dirty once per flush, and is saved at most once per sync."""
        return self.players / max(self.flush_s, self.sync_s) * MONTH_S

    @property
    def syncs(self) -> float:
        return MONTH_S / self.sync_s if self.players else 0

    @property
    def board_asks(self) -> float:
        """Messages that ask for a board, as nobody may have loaded one; a sync computes it anyway."""
        return MONTH_S / 5 if self.players and self.board_rides else 0


def tiered(amount: float, *tiers: tuple[float, float]) -> float:
    """The price of an amount; each tier is (its upper limit, dollars per unit)."""
    price = below = 0.0
    for upto, each in tiers:
        price += max(0.0, min(amount, upto) - below) * each
        below = upto
    return price


def costs(load_: Load, memory_mb: int, *, waf: bool = False) -> dict[str, float]:
    """Dollars a month by service."""
    hot = load_.clicks + load_.beats
    calls = hot + load_.past_cache
    background = SCHEDULED_RUNS + load_.syncs + load_.board_asks
    gb_s = (calls * BILLED_MS + background * SCHEDULED_MS) / 1_000 * memory_mb / 1_024
    ecpu = load_.clicks * ECPU_PER_CLICK + load_.beats * ECPU_PER_BEAT + MONTH_S / 5 * ECPU_PER_BOARD
    ecpu += load_.board_reads * ECPU_PER_BOARD_READ + load_.ranks * ECPU_PER_RANK + load_.sessions * ECPU_PER_SESSION
    ecpu += load_.own_reads * ECPU_PER_WALLET
    ecpu += load_.saves * ECPU_PER_SAVE + load_.syncs * ECPU_PER_SYNC
    ecpu += load_.players * MONTH_S / 60 * ECPU_PER_PLAYER_AND_MINUTE
    stored_gb = max(CACHE_LEAST_GB, load_.players * REDIS_BYTES_PER_PLAYER / GB)
    messages = load_.syncs * MESSAGES_PER_SYNC + load_.board_asks
    items_gb = load_.players * 10 * 1_000 / GB
    found = {
        "API Gateway": tiered(load_.api_calls / MILLION, *REST_CALLS),
        "Lambda": (calls + background) / MILLION * LAMBDA_CALLS + gb_s * LAMBDA_GB_S,
        "ElastiCache": stored_gb * CACHE_GB_HOUR * 730 + ecpu / MILLION * CACHE_ECPU,
        "DynamoDB": saving_dollars(load_) + other_items_dollars(load_) + items_gb * TABLE_GB,
        "SQS": (messages * 3 + EMPTY_RECEIVES_PER_S * MONTH_S) / MILLION * QUEUE_CALLS,
        "CloudFront": tiered(load_.edge_gb, *EDGE_GB) + load_.edge_calls / MILLION * EDGE_CALLS,
        "Data transfer of function URLs": tiered(load_.url_out_gb, *OUT_GB),
        "CloudWatch": load_.api_calls * access_log_bytes() / GB * LOG_GB
        + alarms() * ALARM_METRIC
        + METRICS * METRIC
        + DASHBOARD,
        "KMS and secrets": KEY + 2 * SECRET + messages / 300 / MILLION * KEY_CALLS,
    }
    if waf:
        found["WAF"] = WAF_LIST + 3 * WAF_RULE + load_.api_calls / MILLION * (WAF_CALLS + EDGE_FUNCTION_CALLS)
    return found


def saving_dollars(load_: Load) -> float:
    """A month's writes of the counters; provisioned, the capacity that auto scaling keeps for them, day and night."""
    units = load_.saves * ITEM_WRITE_UNITS
    if not load_.saving.provisioned:
        return units / MILLION * TABLE_WRITES
    least_writes, least_reads, percent = (
        value({"Ref": name}) for name in ("CounterMinWrites", "CounterMinReads", "CounterTargetPercent")
    )
    per_s = max(least_writes, units / MONTH_S * 100 / percent)
    hours = MONTH_S / 3_600
    return (per_s * TABLE_WCU_HOUR + least_reads * TABLE_RCU_HOUR) * hours + SCALING_ALARMS * ALARM_METRIC


def other_items_dollars(load_: Load) -> float:
    """A month's reads and writes for sessions and ranks."""
    reads = load_.sessions * SESSION_READ_UNITS + load_.ranks * RANK_READ_UNITS + load_.own_reads * WALLET_READ_UNITS
    return reads / MILLION * TABLE_READS + load_.sessions * SESSION_WRITE_UNITS / MILLION * TABLE_WRITES


def sampled_gb_a_day(at_once: int) -> float:
    """The most that so many processes log of rejected calls."""
    return at_once * REFUSAL_KINDS * (LINES_A_MINUTE + 1) * DAY_S / 60 * LOG_BYTES_PER_REFUSAL / GB


@cache
def access_log_bytes() -> int:
    """An access log line of the API, by the template's format."""
    line: str = resources("AWS::Serverless::Api")["Api"]["AccessLogSetting"]["Fn::If"][1]["Format"]
    return len(re.sub(r"\$context\.([a-zA-Z.]*[a-zA-Z])", lambda found: ACCESS_LOG_VALUES[found[1]], line))


@cache
def source() -> dict[str, Any]:
    """The template, including the resources of its nested templates, whose parameters have the same names."""
    template = load(ROOT / "template.yaml")
    nested = [load(path)["Resources"] for path in sorted(ROOT.glob("infra/*.yaml"))]
    return template | {
        "Resources": {k: v for resources in (template["Resources"], *nested) for k, v in resources.items()}
    }


@cache
def alarms() -> int:
    """How many metrics the template's alarms watch; each one is charged."""
    found = [r["Properties"] for r in source()["Resources"].values() if r["Type"] == "AWS::CloudWatch::Alarm"]
    return sum(sum("MetricStat" in m for m in alarm.get("Metrics", ())) or 1 for alarm in found)


def parameters() -> tuple[int, int, int]:
    """REQUESTS_PER_S_BUDGET, SESSION_IDLE_S and the functions' memory, from the template."""
    memory = int(source()["Globals"]["Function"]["MemorySize"])
    return value({"Ref": "RequestsPerSBudget"}), value({"Ref": "SessionIdleS"}), memory


def value(given: Any) -> int:
    """A number from the template as deployed on AWS with default parameters."""
    if isinstance(given, dict):
        if "Ref" in given:
            return value(source()["Parameters"][given["Ref"]]["Default"])
        condition, true, false = given["Fn::If"]
        return value(false if condition == "IsPaused" else true)
    return int(given)


def resources(kind: str) -> dict[str, dict[str, Any]]:
    """Properties of all resources of a type, by logical id."""
    return {name: r["Properties"] for name, r in source()["Resources"].items() if r["Type"] == kind}


@dataclass(frozen=True)
class Route:
    """A path of the API, and the most requests that it admits."""

    name: str
    per_s: int

    @property
    def dollars_a_day(self) -> float:
        """For the API, CloudFront, logs and function calls; another limit bounds the functions' duration."""
        millions = self.per_s * DAY_S / MILLION
        logged_gb = self.per_s * DAY_S * access_log_bytes() / GB
        return millions * (REST_CALLS[0][1] + EDGE_CALLS + LAMBDA_CALLS) + logged_gb * LOG_GB


@cache
def routes() -> tuple[Route, ...]:
    """Each path with its limit; preflights, one more operation on each path, come last."""
    found = []
    for each in resources("AWS::Serverless::Api")["Api"]["MethodSettings"]["Fn::If"][1]:
        path = each["ResourcePath"].removeprefix("/").replace("~1", "/")
        found.append((each["HttpMethod"], path, value(each["ThrottlingRateLimit"])))
    named = [Route(f"{method} {path}", per_s) for method, path, per_s in found if method != "*"]
    [others] = [per_s for method, _, per_s in found if method == "*"]
    return (*named, Route("OPTIONS, all paths", others * len({path for method, path, _ in found if method != "*"})))


@dataclass(frozen=True)
class Url:
    """A function URL, and the concurrency that bounds it."""

    function: str
    at_once: int

    @property
    def per_s(self) -> int:
        return self.at_once * LAMBDA_CALLS_PER_EXECUTION

    @property
    def out_gb_a_day(self) -> float:
        return self.per_s * DAY_S * (URL_ANSWER_BYTES + WHOLE_BOARD_BYTES + URL_OWN_BYTES) / GB

    @property
    def logged_gb_a_day(self) -> float:
        return sampled_gb_a_day(self.at_once)

    def dollars_a_day(self, memory_mb: int) -> float:
        """Everything: requests, every execution busy all day, data, and the sampled log lines."""
        gb_s = self.at_once * DAY_S * memory_mb / 1_024
        requests = self.per_s * DAY_S / MILLION * LAMBDA_CALLS
        data = self.out_gb_a_day * OUT_GB[0][1] + self.logged_gb_a_day * LOG_GB
        return requests + gb_s * LAMBDA_GB_S + data


@cache
def urls() -> tuple[Url, ...]:
    """Each function URL with the reserved concurrency of its function."""
    functions = resources("AWS::Serverless::Function")
    named = [each["TargetFunctionArn"]["Fn::GetAtt"][0] for each in resources("AWS::Lambda::Url").values()]
    return tuple(Url(name, value(functions[name]["ReservedConcurrentExecutions"])) for name in named)


def ceiling(memory_mb: int) -> dict[str, tuple[str, float]]:
    """What bounds each service, and the dollars it costs per day when it runs at that bound all day."""
    per_s = sum(route.per_s for route in routes())
    millions = per_s * DAY_S / MILLION
    functions = resources("AWS::Serverless::Function").values()
    at_once = sum(value(properties["ReservedConcurrentExecutions"]) for properties in functions)
    gb_s = at_once * DAY_S * memory_mb / 1_024
    logged_gb = per_s * DAY_S * access_log_bytes() / GB + sampled_gb_a_day(at_once)
    by_url = sum(url.per_s for url in urls())
    limits = resources("AWS::ElastiCache::ServerlessCache")["Cache"]["CacheUsageLimits"]
    ecpu, stored_gb = value(limits["ECPUPerSecond"]["Maximum"]), value(limits["DataStorage"]["Maximum"])
    tables = resources("AWS::DynamoDB::Table").values()
    caps = [
        each["OnDemandThroughput"]["Fn::If"][1]
        for table in tables
        for each in (table, *table.get("GlobalSecondaryIndexes", ()))
    ]
    reads, writes = (sum(value(cap[f"Max{kind}RequestUnits"]) for cap in caps) for kind in ("Read", "Write"))
    return {
        "API Gateway": (f"the paths' limits: {per_s:,} requests a second", millions * REST_CALLS[0][1]),
        "Lambda": (
            f"HotConcurrency and the other functions' limits: {at_once} concurrent executions",
            (millions + by_url * DAY_S / MILLION) * LAMBDA_CALLS + gb_s * LAMBDA_GB_S,
        ),
        "ElastiCache": (
            f"CacheMaxEcpuPerS, {ecpu:,}, and CacheMaxGb, {stored_gb}",
            ecpu * DAY_S / MILLION * CACHE_ECPU + stored_gb * CACHE_GB_HOUR * 24,
        ),
        "DynamoDB": (
            f"the caps of tables and indexes: {writes:,} writes and {reads:,} reads a second",
            (writes * TABLE_WRITES + reads * TABLE_READS) * DAY_S / MILLION,
        ),
        "CloudWatch": ("a line for each request; samples of the rejected ones", logged_gb * LOG_GB),
        "CloudFront": ("requests that the API admits", millions * EDGE_CALLS),
        "Data transfer": (
            f"ten requests a second for each execution of a function with a URL: {by_url:,}",
            sum(url.out_gb_a_day for url in urls()) * OUT_GB[0][1],
        ),
    }


def waf_limit() -> int:
    """Requests of one address in five minutes."""
    rules = resources("AWS::WAFv2::WebACL")["Waf"]["Rules"]
    return int(rules[0]["Statement"]["RateBasedStatement"]["Limit"])


def money(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 10 else f"{amount:,.2f}"


def row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def per_service(budget: int, idle_s: int, memory_mb: int) -> Iterator[str]:
    loads = [Load(players, budget, idle_s) for players in PLAYERS]
    tables = [costs(one, memory_mb) for one in loads]
    yield row("", *(f"{one.players:,} players" for one in loads))
    yield row("---", *("---:" for _ in loads))
    yield row("taps per month, millions", *(f"{one.taps / MILLION:,.0f}" for one in loads))
    yield row("a batch every", *(f"{one.flush_s:g} s" for one in loads))
    yield row("clicks and heartbeats per second", *(f"{(one.clicks + one.beats) / MONTH_S:,.0f}" for one in loads))
    for service in tables[0]:
        yield row(service, *(money(table[service]) for table in tables))
    yield row("**dollars per month**", *(f"**{money(sum(table.values()))}**" for table in tables))
    per_million = [sum(t.values()) / (one.taps / MILLION) for one, t in zip(loads, tables, strict=True)]
    yield row("**dollars per million taps**", *(f"**{value:.3f}**" for value in per_million))
    yield row("with EnableWaf, per month", *(money(sum(costs(one, memory_mb, waf=True).values())) for one in loads))


def per_budget(idle_s: int, memory_mb: int) -> Iterator[str]:
    yield row("RequestsPerSBudget", *(f"{players:,} players" for players in PLAYERS))
    yield row("---:", *("---:" for _ in PLAYERS))
    for budget in BUDGETS:
        cells = []
        for players in PLAYERS:
            one = Load(players, budget, idle_s)
            cells.append(f"{money(sum(costs(one, memory_mb).values()))} (every {one.flush_s:g} s)")
        yield row(f"{budget:,}", *cells)


def per_sync(budget: int, idle_s: int, memory_mb: int) -> Iterator[str]:
    yield row("SyncEveryS", "SyncAtDirty", *(f"{players:,} players" for players in PLAYERS))
    yield row("---:", "---:", *("---:" for _ in PLAYERS))
    for every_s, at_dirty in SYNCS:
        cells = []
        for players in PLAYERS:
            loads = [Load(players, budget, idle_s, Saving(every_s, at_dirty, how)) for how in (False, True)]
            either = " or ".join(money(costs(one, memory_mb)["DynamoDB"]) for one in loads)
            cells.append(f"{loads[0].saves / MONTH_S:,.0f} per second: {either}")
        yield row(every_s, at_dirty, *cells)


LIVE_MESSAGES, LIVE_MINUTES = 1.00, 0.25
"""Per million frames up to 32 KB, in and out, and minutes of connections. aws.amazon.com/api-gateway/pricing"""
LIVE_SHARE = 0.1  # assumed: one player in ten has a room on the screen
LIVE_PINGS_S = 60  # miniapp/src/live/live.ts
LIVE_SAYS_S = 300  # assumed: each of them says something once in five minutes
LIVE_OTHERS = 20  # assumed: in each room
LIVE_PING_READS, LIVE_SAY_READS = 1, 3  # units: a faction's door; that, the account and its mutes


def per_live(memory_mb: int) -> Iterator[str]:
    """What live events cost, by part, with LiveSockets."""
    yield row("", *(f"{players:,} players" for players in PLAYERS))
    yield row("---", *("---:" for _ in PLAYERS))
    there = [players * LIVE_SHARE for players in PLAYERS]
    sent = [each * (MONTH_S / LIVE_PINGS_S + MONTH_S / LIVE_SAYS_S) for each in there]
    pushed = [each * (MONTH_S / LIVE_PINGS_S + MONTH_S / LIVE_SAYS_S * (LIVE_OTHERS + 1)) for each in there]
    parts = {
        "minutes of connections": [each * MONTH_S / 60 / MILLION * LIVE_MINUTES for each in there],
        "frames from clients": [each / MILLION * LIVE_MESSAGES for each in sent],
        "frames to clients": [each / MILLION * LIVE_MESSAGES for each in pushed],
        "Lambda": [
            each / MILLION * LAMBDA_CALLS + each * BILLED_MS / 1_000 * memory_mb / 1_024 * LAMBDA_GB_S for each in sent
        ],
        "DynamoDB": [
            each * MONTH_S * (LIVE_PING_READS / LIVE_PINGS_S + LIVE_SAY_READS / LIVE_SAYS_S) / MILLION * TABLE_READS
            for each in there
        ],
    }
    for name, bills in parts.items():
        yield row(name, *map(money, bills))
    yield row("**dollars per month**", *(f"**{money(sum(each))}**" for each in zip(*parts.values(), strict=True)))


LIVE_FRAMES_PER_MESSAGE = 4  # paid for the largest message, 128 KB, at 32 KB each
LIVE_CONNECTION_S = 7_200  # API Gateway cuts each after two hours
LIVE_FRAME_BYTES = 2_048  # assumed: to a client, with one message
ACCOUNT_CALLS_PER_S = 10_000
"""That API Gateway takes of a new account, in most regions, for all of its APIs; `@connections` is among them.
docs.aws.amazon.com/apigateway/latest/developerguide/limits.html"""


def live_ceiling() -> dict[str, tuple[str, float]]:
    """What LiveSockets adds to the ceiling of an attack: bounds and dollars a day; `ceiling` has the duration."""
    stage = resources("AWS::ApiGatewayV2::Stage")["LiveStage"]
    rate = value(stage["DefaultRouteSettings"]["ThrottlingRateLimit"])
    calls = rate * len(resources("AWS::ApiGatewayV2::Route"))
    at_once = rate * LIVE_CONNECTION_S
    out_gb = ACCOUNT_CALLS_PER_S * DAY_S * LIVE_FRAME_BYTES / GB
    return {
        "Frames from clients": (
            f"LiveRateLimit: {rate:,} a second, of 128 KB each",
            rate * DAY_S / MILLION * LIVE_FRAMES_PER_MESSAGE * LIVE_MESSAGES,
        ),
        "Minutes of connections": (
            f"LiveRateLimit, and the two hours of a connection: {at_once:,} at once",
            at_once * DAY_S / 60 / MILLION * LIVE_MINUTES,
        ),
        "Lambda": (
            f"LiveRateLimit for each route: {calls:,} calls a second; their duration is in the table above",
            calls * DAY_S / MILLION * LAMBDA_CALLS,
        ),
        "Frames to clients": (
            f"AWS's own limit for an account: {ACCOUNT_CALLS_PER_S:,} calls of its APIs a second",
            ACCOUNT_CALLS_PER_S * DAY_S / MILLION * LIVE_MESSAGES,
        ),
        "Data transfer": (f"these frames, of {LIVE_FRAME_BYTES // 1_024} KB each", out_gb * OUT_GB[0][1]),
    }


def per_live_bound() -> Iterator[str]:
    yield row("all limits of live events at once", "bounded by", "dollars per day at most")
    yield row("---", "---", "---:")
    bounds = live_ceiling()
    for part, (bound, dollars) in bounds.items():
        yield row(part, bound, money(dollars))
    yield row("**what live events add**", "", f"**{money(sum(dollars for _, dollars in bounds.values()))}**")


def per_log(budget: int, idle_s: int) -> Iterator[str]:
    yield row("a line of", "bytes", *(f"{players:,} players" for players in PLAYERS))
    yield row("---", "---:", *("---:" for _ in PLAYERS))
    loads = [Load(players, budget, idle_s) for players in PLAYERS]
    lines = {
        "the API's access log, with `FunctionUrls=false`": access_log_bytes(),
        "Lambda's own records, if they were on": sum(map(len, PLATFORM_RECORDS)),
    }
    for name, size in lines.items():
        yield row(name, size, *(money((one.clicks + one.beats) * size / GB * LOG_GB) for one in loads))


def per_route() -> Iterator[str]:
    yield row("flooded path", "admitted per second", "dollars per day")
    yield row("---", "---:", "---:")
    for route in routes():
        yield row(route.name, f"{route.per_s:,}", money(route.dollars_a_day))


def per_url(memory_mb: int) -> Iterator[str]:
    yield row("flooded function URL", "concurrent executions", "accepted per second", "dollars per day")
    yield row("---", "---:", "---:", "---:")
    for url in urls():
        yield row(url.function, url.at_once, f"{url.per_s:,}", money(url.dollars_a_day(memory_mb)))


def per_lever(budget: int, idle_s: int, memory_mb: int) -> Iterator[str]:
    loads = [Load(players, budget, idle_s) for players in PLAYERS]

    def bills(**changes: Any) -> list[float]:
        return [sum(costs(replace(one, **changes), memory_mb).values()) for one in loads]

    def less(bills: Iterable[float]) -> list[str]:
        return [money(was - now) for was, now in zip(normal, bills, strict=True)]

    yield row("lever", "", *(f"{players:,} players" for players in PLAYERS))
    yield row("---", "---", *("---:" for _ in PLAYERS))
    normal = bills()
    direct = [money(was - now) for was, now in zip(bills(urls=False), normal, strict=True)]
    yield row("clicks and heartbeats straight to their functions (`FunctionUrls`)", "on", *direct)
    records = [money((one.clicks + one.beats) * sum(map(len, PLATFORM_RECORDS)) / GB * LOG_GB) for one in loads]
    yield row("Lambda's own log records left out (`SystemLogLevel`)", "on", *records)
    for name, before in PAGE_LEVERS.items():
        yield row(name, "on", *(money(was - now) for was, now in zip(bills(**before), normal, strict=True)))
    every_s = Saving.default().every_s
    yield row("`SyncAtDirty=0`", "off", *less(bills(given_saving=Saving(every_s, 0))))
    yield row("`SyncEveryS=15 SyncAtDirty=0`", "off", *less(bills(given_saving=Saving(15, 0))))
    provisioned = replace(Saving.default(), provisioned=True)
    yield row("`CounterCapacity=provisioned`", "off", *less(bills(given_saving=provisioned)))
    cheapest = bills(given_saving=CHEAPEST)
    yield row("the last two together", "off", *less(cheapest))
    yield row("**the bill with all of them**", "", *(f"**{money(bill)}**" for bill in cheapest))
    per_million = [bill / (one.taps / MILLION) for one, bill in zip(loads, cheapest, strict=True)]
    yield row("**dollars per million taps**", "", *(f"**{each:.3f}**" for each in per_million))


CHEAPEST = Saving(15, 0, provisioned=True)
PAGE_LEVERS: dict[str, dict[str, bool]] = {
    "the leaderboard rides along with clicks": {"board_rides": False},
    "the own rank is loaded once in 24 intervals, not with each board": {"rank_seldom": False},
    "function URLs send no headers of pages": {"page_headers": True},
}


def per_behaviour() -> Iterator[str]:
    columns = ("sessions", "clicks", "heartbeats", "changes", "boards", "ranks", "wallets", "progress")
    columns = (*columns, "preflights_webkit")
    yield row("taps", "shows", "a batch every", *(name.replace("_", " in ") for name in columns))
    yield row("---", "---", *("---:" for _ in range(1 + len(columns))))
    for player, counts in TRAFFIC.items():
        taps, shows, every_ms = re.split("taps |, shows |, every | ms", player)[1:4]
        yield row(taps, shows, f"{int(every_ms) / 1_000:g} s", *(counts[name] for name in columns))


# One server. Assumed: the price of a shared 2-core server with 4 GB at several European hosts, and the traffic in it.
SERVER = 5.00
SERVER_TRAFFIC_GB = 20 * TB_GB
TLS_RECORD_BYTES = 29
SERVER_POLLS_PER_S = 2  # the runtime's two pollers, each a long poll of 1 s: localstack/tapstack_local/events/queues.py
SERVER_SAVINGS = (Saving(5, 100), Saving(60, 0), Saving(60, 0, provisioned=True))


def per_server(budget: int, idle_s: int, memory_mb: int) -> Iterator[str]:
    """One server next to AWS, in dollars a month."""
    loads = [Load(players, budget, idle_s) for players in PLAYERS[:2]]
    yield row("", *(f"{one.players:,} players" for one in loads))
    yield row("---", *("---:" for _ in loads))
    yield row("**the server alone, with the emulator's tables**", *(f"**{money(SERVER)}**" for _ in loads))
    for saving in SERVER_SAVINGS:
        name = f"`SYNC_EVERY_S={saving.every_s} SYNC_AT_DIRTY={saving.at_dirty}`"
        bills = [server_with_aws(replace(one, given_saving=saving)) for one in loads]
        yield row(f"with `STORES=aws`, {name}{', provisioned' * saving.provisioned}", *map(money, bills))
    yield row("everything on AWS, as above", *(money(sum(costs(one, memory_mb).values())) for one in loads))
    yield row("traffic out, GB", *(f"{server_out_gb(one):,.0f}" for one in loads))


def server_with_aws(load_: Load) -> float:
    """The server, and DynamoDB and SQS: the game polls its queues itself. Ranks read less where Redis keeps names."""
    calls = load_.syncs * MESSAGES_PER_SYNC * 3 + SERVER_POLLS_PER_S * MONTH_S
    items_gb = load_.players * 10 * 1_000 / GB
    requests = saving_dollars(load_) + other_items_dollars(load_)
    return SERVER + requests + items_gb * TABLE_GB + calls / MILLION * QUEUE_CALLS


def server_out_gb(load_: Load) -> float:
    answers = (load_.clicks + load_.beats) * (ANSWER_BYTES + TLS_RECORD_BYTES) + load_.change_bytes
    return (answers + load_.boards * (BOARD_BYTES + TLS_RECORD_BYTES)) / GB


def per_bound(memory_mb: int) -> Iterator[str]:
    yield row("all limits at once", "bounded by", "dollars per day at most")
    yield row("---", "---", "---:")
    bounds = ceiling(memory_mb)
    for service, (bound, dollars) in bounds.items():
        yield row(service, bound, money(dollars))
    yield row("**the ceiling of an attack**", "", f"**{money(sum(dollars for _, dollars in bounds.values()))}**")


PAGE = """\
# Costs on AWS

Generated by `make cost` (docs/cost.py) from the defaults in `template.yaml`, measured counts, and list prices in
us-east-1 without free tiers. The script says which numbers are measured and which assumed. "Players" means
**concurrent players, around the clock**, each making {taps} taps a second: a game whose players play half an hour a
day has 48 times as many of them.

An idle game costs about ${quiet} a month: the cache at its minimum size, schedules and polling, a key, two secrets,
metrics, alarms and the dashboard. There is no NAT gateway and no public IPv4 address.

## By service, in dollars per month (RequestsPerSBudget {budget:,})

{services}

Clicks and heartbeats go straight to their functions, by Lambda function URLs, which cost the invocation and the data
sent. The changes of the leaderboard ride along in their answers. Everything else goes through CloudFront, so the
browser sends no preflights there, and the leaderboard is served from its cache to pages that send nothing else.
Preflights of function URLs invoke nothing, and browsers keep their answers. Apart from the fixed part, the cost follows
the number of requests, not of taps, because clients send taps in batches.

The bill counts a session for each visit of {visit} minutes. For {shown} % of the time a page shows the leaderboard, for
{period} % that of a period.

## Levers

What each one saves, alone, and whether it is on by default, in dollars per month (RequestsPerSBudget {budget:,}):

{levers}

The defaults save sooner and cost what the first table says. With all of them, by
`make deploy PARAMETERS="SyncEveryS=15 SyncAtDirty=0 CounterCapacity=provisioned"`, {few:,} players cost at most
${ceiling:,.0f} a month (${least:g} per million taps) and {many:,} at most ${most:g} per million
taps; `tests/unit/docs/test_cost.py` holds this.

## What a page sends

In an hour, counted by playing the Mini App's own modules on a clock of their own (`miniapp/tests/game/traffic.test.ts`,
`docs/traffic.json`). `changes` are those of the leaderboard in answers to clicks and heartbeats, about {change} bytes
each. Preflights are those of Safari, which keeps their answers for ten minutes; Chromium keeps them for two hours.

{behaviours}

Heartbeats are sent only where no click has been for 20 s. The own rank asks every bucket and so rides along with
nothing: a page that shows it loads it once in 24 intervals, and at once where the player opens the leaderboard. Boards
of a day, week or month are loaded once in six intervals, from CloudFront's cache. Whoever merely watches sends no
clicks: the page loads the leaderboard from the cache, every 5 s or at the interval between batches. The wallet in the
header is loaded once, and by a page that starts again only where the device has not read it for three hours.

## The request budget

Clients send their taps in batches; `RequestsPerSBudget` is the number of batches per second that the whole game may
send. More players mean larger batches, sent every 1 s up to every 15 s, so the bill has a ceiling until all batches
are 15 s apart. This loses or rejects no tap: a client shows its own taps at once, and only others see them later.
Dollars per month:

{budgets}

## Syncs

DynamoDB's bill consists of the saves: one item for each player who has tapped since the last sync. Every player is
saved at the end of a window of `SyncEveryS` ({window} s). In a crowd, `SyncAtDirty` ({dirty}) players become dirty
almost at once and trigger a sync sooner, so syncs run as often as players send, from every second up to once a window:
1,000 players sending a batch a second caused 1.15 syncs and 859 saves a second, measured. Rarer saves make a smaller
bill; frequent ones leave clients less to send again after a loss of Redis.

`CounterCapacity=provisioned` buys the counters' capacity by the hour instead of by the request. Auto scaling keeps
{percent} % of it used (`CounterTargetPercent`), between `CounterMinWrites` and `CounterMaxWrites`. At a steady load
that costs {share} % of on-demand, and {least_share} % with 90 % used. A load that changes faster than auto scaling
follows (minutes up, longer down) makes it dearer, and throttled saves wait in Redis for the next sync. Saves, and
DynamoDB's dollars per month on demand or provisioned (RequestsPerSBudget {budget:,}):

{syncs}

A save is paid by the started KB. A player's item has about 350 bytes, and 50 more for each further session until
cleanup moves it to the history: fifteen sessions at once make it two units. Shorter attribute names would save 49
bytes and nothing on the bill.

Batches that are 15 s apart are saved one by one at any sync interval up to 15 s. Taps that no sync has seen are not
lost with Redis, because clients send their whole count. Only players who close the game and never return lose their
taps since the last sync.

## The league

A tap pays nothing for the league. Once a week maintenance writes an item of {division_units} units for each division
of {division} players: 100,000 players a week are {league_items:,} items and {league_units:,} units, ${league} a month.
A minute with newcomers writes one more, ${newcomers} a month if every minute has some. A player who opens the league
reads {league_reads} units, unless somebody has looked at the same division within a minute.

## Boards by metric

A tap pays nothing for the year either, nor for boards by coins, XP and the like. A command that has raised two of their
numbers is one more script call, of {projection_ecpu} commands. An entry of a board has {entry_bytes} bytes in Redis:
{wallets:,} players, all of whom have coins and XP, take {metric_mb} MB on the boards of all time, of the year and of
the season, and {day_mb} MB for each other board that has {daily:,} of them. Once a day, and after a lost Redis,
maintenance reads all wallets: {scan_units:,} units, ${scan} a month.

## Reminders

A tap pays nothing for reminders either. Maintenance walks through all chats every {walk_hours} hours, {looks} units
and {look_ecpu} commands each, and a reminder that is sent writes {reminder_writes} units: for {reminded:,} players of
whom one in {one_in} is reminded a day, ${reminder_looks} and ${reminders_sent} a month. `Reminders=0` costs nothing.

A notice in an inbox is one write unit, and goes after 30 days. To sign in, or to look into the inbox, reads half a
unit for each 4 KB of it; most hold less, so that is $0.06 per million. The inbox is in the table of messages: among
the holdings every command would read it. A cheer writes what a command does, and a notice.

## Live events

Off by default (`LiveSockets=false`), and then they cost nothing: pages that show a room read it every 5 s. With
`LiveSockets=true`, if {live_percent} % of the players have a room on the screen, in each of which {live_others} others
listen, and say something every {live_says_min} minutes, in dollars per month:

{live}

## The economy

A tap pays nothing for the economy. A command reads all that a player has in one query and writes one transaction;
one that would change nothing is not written. Counted, with the index of the ledger:

{commands}

## Logs

Each request to the API is a line of its access log; calls of function URLs have none. Functions write a line only for
a rejected request: at most {lines} a minute in a process for each reason, and one more that counts the others. Lambda's
own records of an invocation (`platform.start` and `platform.report`) are below `SystemLogLevel` WARN and not written;
the metrics have their numbers. Dollars per month for clicks and heartbeats (RequestsPerSBudget {budget:,}):

{logs}

## One server

The embedded runtime on one rented server ([one-server.md](one-server.md)), assumed at ${server} a month with
{server_traffic:,} GB of traffic, next to the same load on AWS. With `STORES=aws` the tables survive the server, and
their saves are paid; so save seldom. Provisioned capacity is set by hand there. Dollars per month:

{one_server}

What it carries is measured in [performance.md](performance.md): two cores served 5,000 players who send as paced, with
the emulator, Redis and the load generator on the same two cores. The price does not grow with an attack, as AWS's does;
the server is unavailable instead.

## The ceiling of an attack

A flood is charged like play, up to the limits in `template.yaml` and no further. Each path has its own limit, so a
flood of one path leaves the others unaffected. Requests rejected at a limit cost nothing at the API, and neither do
those that bypass CloudFront: the API's policy rejects everybody but CloudFront and Telegram's addresses (a log line
remains, ${line} per million). Dollars per day for the API, CloudFront, logs and function calls, when one path is
flooded all day:

{routes}

A function URL has no throttle of its own, but Lambda accepts only ten requests a second for each execution that the
function may have at once, and rejects the rest with 429, free of charge. So the reserved concurrency bounds what a
flood of a URL costs, even if it keeps every execution busy all day. Dollars per day for requests, duration, data and
logs:

{urls}

`FloodAlarm` fires within five minutes, `Budget` within hours ([what to do](runbook.md#a-flood)). When every limit is
reached at once, all day long:

{bounds}

DynamoDB's row is what the caps allow, which is more than these requests can cause. CloudFront itself has no bound:
each 1,000 requests a second cost ${edge} a day there, whether served from its cache, admitted or rejected.
CloudFront's flat-rate plans have no price per request; they are chosen in its console. With `EnableWaf` the API gets
at most {waf:,.0f} requests a second from one address.

With `LiveSockets=true` the WebSocket API comes on top. Each of its three routes (connect, disconnect, frames) admits
`LiveRateLimit` calls a second from all clients together, and a connection needs the ticket of a player. No limit of the
game's own bounds what is pushed to clients altogether: a room pushes at most `LIVE_PUSHES_PER_S` frames a second, and
every function that pushes has its concurrency. AWS's limit for the account does:

{live_bounds}

## Scaling further

Once all batches are 15 s apart, the rate grows again, slowly: 100,000 players send at least 6,667 batches a second.
Set HotConcurrency and the paths' limits to match the budget: a batch takes about {billed} ms of a function, so 1,000
a second keep 12 executions busy, but Lambda accepts only ten requests a second for each: HotConcurrency must exceed a
tenth of the budget. ClickRateLimit must exceed the budget, HeartbeatRateLimit players / 20 s, for clients whose way to
the URLs is blocked, and CounterMaxWrites the saves per second.
"""


CEILINGS = {5_000: 0.02623, 100_000: 0.015}
"""The most dollars per million taps, by players, with all levers; that is about $1,700 a month for 5,000 players."""


def reminder_looks() -> float:
    """Dollars a month for looking at everybody who could be reminded."""
    looks = REMINDED_PLAYERS * MONTH_S * 1_000 / WALK_EVERY_MS
    return looks * (REMINDER_LOOK_UNITS * TABLE_READS + REMINDER_LOOK_ECPU * CACHE_ECPU) / MILLION


def per_command() -> Iterator[str]:
    yield "| command | write units | dollars per million |"
    yield "|---|---|---|"
    for name, units in COMMAND_WRITE_UNITS.items():
        yield f"| {name} | {units} | {units * TABLE_WRITES:.2f} |"
    limited = COMMAND_WRITE_UNITS["buy"] + 2
    yield f"| buy, of a limited offer | {limited} | {limited * TABLE_WRITES:.2f} |"


def page() -> str:
    budget, idle_s, memory_mb = parameters()
    percent = value({"Ref": "CounterTargetPercent"})
    share = 100 * TABLE_WCU_HOUR / (3_600 / MILLION * TABLE_WRITES)
    return PAGE.format(
        taps=TAPS_PER_S,
        budget=budget,
        billed=BILLED_MS,
        quiet=money(sum(costs(Load(0, budget, idle_s), memory_mb).values())),
        services="\n".join(per_service(budget, idle_s, memory_mb)),
        division=DIVISION,
        division_units=DIVISION_WRITE_UNITS,
        league_items=LEAGUE_PLAYERS // DIVISION,
        league_units=LEAGUE_PLAYERS // DIVISION * DIVISION_WRITE_UNITS,
        league=f"{LEAGUE_PLAYERS / DIVISION * DIVISION_WRITE_UNITS * WEEKS * TABLE_WRITES / MILLION:.3f}",
        newcomers=f"{MONTH_S / 60 * DIVISION_WRITE_UNITS * TABLE_WRITES / MILLION:.2f}",
        league_reads=1 + DIVISION // 2,
        projection_ecpu=ECPU_PER_PROJECTION,
        entry_bytes=BOARD_ENTRY_BYTES,
        wallets=WALLETS,
        metric_mb=round(WALLETS * METRIC_BOARDS_OF_ALL * BOARD_ENTRY_BYTES / 2**20),
        day_mb=round(ECONOMY_PLAYERS_A_DAY * BOARD_ENTRY_BYTES / 2**20, 1),
        daily=ECONOMY_PLAYERS_A_DAY,
        scan_units=round(WALLETS * WALLET_KB / 4 / 2),
        scan=f"{WALLETS * WALLET_KB / 4 / 2 * 30 * TABLE_READS / MILLION:.2f}",
        walk_hours=WALK_EVERY_MS // 3_600_000,
        looks=f"{REMINDER_LOOK_UNITS:g}",
        look_ecpu=REMINDER_LOOK_ECPU,
        reminder_writes=REMINDER_WRITE_UNITS,
        reminded=REMINDED_PLAYERS,
        one_in=round(1 / REMINDED_A_DAY),
        reminder_looks=f"{reminder_looks():.2f}",
        reminders_sent=f"{REMINDED_PLAYERS * REMINDED_A_DAY * 30 * REMINDER_WRITE_UNITS * TABLE_WRITES / MILLION:.2f}",
        commands="\n".join(per_command()),
        budgets="\n".join(per_budget(idle_s, memory_mb)),
        syncs="\n".join(per_sync(budget, idle_s, memory_mb)),
        dirty=value({"Ref": "SyncAtDirty"}),
        window=value({"Ref": "SyncEveryS"}),
        percent=percent,
        share=round(share * 100 / percent),
        least_share=round(share * 100 / 90),
        lines=LINES_A_MINUTE,
        line=money(access_log_bytes() * MILLION / GB * LOG_GB),
        logs="\n".join(per_log(budget, idle_s)),
        live="\n".join(per_live(memory_mb)),
        live_percent=round(LIVE_SHARE * 100),
        live_others=LIVE_OTHERS,
        live_says_min=LIVE_SAYS_S // 60,
        one_server="\n".join(per_server(budget, idle_s, memory_mb)),
        server=money(SERVER),
        server_traffic=SERVER_TRAFFIC_GB,
        levers="\n".join(per_lever(budget, idle_s, memory_mb)),
        visit=VISIT_S // 60,
        shown=round(100 * (1 - SHOWN["the button"])),
        period=round(100 * SHOWN["the board of the day"]),
        few=(few := min(CEILINGS)),
        ceiling=CEILINGS[few] * Load(few, budget, idle_s).taps / MILLION,
        least=CEILINGS[few],
        many=(many := max(CEILINGS)),
        most=CEILINGS[many],
        change=round(BOARD_CHANGE_BYTES, -2),
        behaviours="\n".join(per_behaviour()),
        routes="\n".join(per_route()),
        urls="\n".join(per_url(memory_mb)),
        bounds="\n".join(per_bound(memory_mb)),
        live_bounds="\n".join(per_live_bound()),
        edge=money(1_000 * DAY_S / MILLION * EDGE_CALLS),
        waf=waf_limit() / 300,
    )


if __name__ == "__main__":
    print(page(), end="")
