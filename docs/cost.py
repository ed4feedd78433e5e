"""make cost: what the game costs on AWS, computed from the template's parameters and measured counts.

List prices, without free tiers; a comment next to each number says whether it is measured or assumed.
"""

from __future__ import annotations

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
from tapstack.platform.sampling import LINES_A_MINUTE  # noqa: E402
from tapstack.play.rules.pacing import CLAIM_GAP_MS, flush_every_ms, heartbeat_every_ms  # noqa: E402
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
ECPU_PER_SAVE = 5.5
ECPU_PER_SYNC = 165
ECPU_PER_PLAYER_AND_MINUTE = 13  # cleanup and maintenance
REDIS_BYTES_PER_PLAYER = 832
ANSWER_BYTES = 111 + 283  # body and headers of a click's response
BOARD_BYTES = 1_585 + 318
URL_ANSWER_BYTES = 111 + 234  # body and the function's headers of an answer at a function URL
ITEM_WRITE_UNITS = 1  # a counter is smaller than 1 KB: tests/unit/play/test_item_size.py
DIVISION_WRITE_UNITS = 2  # 1.4 KB: held by tests/integration/league/test_league.py
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

# Assumed: no AWS account was available to measure them.
URL_OWN_BYTES = 347 + 29  # what Lambda adds to each answer, as MiniStack does: ids, date, CORS; and a TLS record
PREFLIGHT_BYTES = 500
PREFLIGHTS_EVERY_S = 600  # of each player and URL: WebKit keeps an answer so long, Chromium two hours
LAMBDA_CALLS_PER_EXECUTION = 10  # per second; docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
BILLED_MS = 12  # a click with Redis across a network; 0.25 ms here with Redis on the same machine
TAPS_PER_S = 5  # of an active player; at most 25 count
BOARD_EVERY_S = 10  # how often a client reads the board
SCHEDULED_RUNS = MONTH_S / 60 * 4  # sync, cleanup, maintenance and outbox, once a minute each
SCHEDULED_MS = 500  # for a sync too
EMPTY_RECEIVES_PER_S = 2 * 5 / 20  # Lambda's five pollers of two queues, each a long poll of 20 s
REFUSAL_KINDS = 3  # that a flood of one function causes: a code of one operation is one
SCALING_ALARMS = 8  # target tracking makes four for each of two policies
METRICS = 9  # recorded by maintenance: tapstack/admin/metrics.py

LEAGUE_PLAYERS = 100_000  # who tap in a week
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
    def beats(self) -> float:
        return self.players / (heartbeat_every_ms(self.idle_s) / 1_000) * MONTH_S

    @property
    def api_calls(self) -> float:
        """Requests that API Gateway charges for; boards reach it once in 5 s, past CloudFront's cache."""
        return MONTH_S / 5 * bool(self.players) + (0 if self.urls else self.clicks + self.beats)

    @property
    def url_out_gb(self) -> float:
        """What function URLs send to the internet."""
        if not self.urls:
            return 0
        preflights = 2 * self.players * MONTH_S / PREFLIGHTS_EVERY_S
        answers = (self.clicks + self.beats) * (URL_ANSWER_BYTES + URL_OWN_BYTES)
        return (answers + preflights * PREFLIGHT_BYTES) / GB

    @property
    def boards(self) -> float:
        return self.players / BOARD_EVERY_S * MONTH_S

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


def tiered(amount: float, *tiers: tuple[float, float]) -> float:
    """The price of an amount; each tier is (its upper limit, dollars per unit)."""
    price = below = 0.0
    for upto, each in tiers:
        price += max(0.0, min(amount, upto) - below) * each
        below = upto
    return price


def costs(load_: Load, memory_mb: int, *, waf: bool = False) -> dict[str, float]:
    """Dollars a month by service."""
    calls = load_.clicks + load_.beats
    background = SCHEDULED_RUNS + load_.syncs
    gb_s = (calls * BILLED_MS + background * SCHEDULED_MS) / 1_000 * memory_mb / 1_024
    ecpu = load_.clicks * ECPU_PER_CLICK + load_.beats * ECPU_PER_BEAT + MONTH_S / 5 * ECPU_PER_BOARD
    ecpu += load_.saves * ECPU_PER_SAVE + load_.syncs * ECPU_PER_SYNC
    ecpu += load_.players * MONTH_S / 60 * ECPU_PER_PLAYER_AND_MINUTE
    stored_gb = max(CACHE_LEAST_GB, load_.players * REDIS_BYTES_PER_PLAYER / GB)
    messages = load_.syncs * MESSAGES_PER_SYNC
    by_edge = 0 if load_.urls else calls
    out_gb = (load_.boards * BOARD_BYTES + by_edge * ANSWER_BYTES) / GB
    items_gb = load_.players * 10 * 1_000 / GB
    found = {
        "API Gateway": tiered(load_.api_calls / MILLION, *REST_CALLS),
        "Lambda": (calls + background) / MILLION * LAMBDA_CALLS + gb_s * LAMBDA_GB_S,
        "ElastiCache": stored_gb * CACHE_GB_HOUR * 730 + ecpu / MILLION * CACHE_ECPU,
        "DynamoDB": saving_dollars(load_) + items_gb * TABLE_GB,
        "SQS": (messages * 3 + EMPTY_RECEIVES_PER_S * MONTH_S) / MILLION * QUEUE_CALLS,
        "CloudFront": tiered(out_gb, *EDGE_GB) + (by_edge + load_.boards) / MILLION * EDGE_CALLS,
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
        return self.per_s * DAY_S * (URL_ANSWER_BYTES + URL_OWN_BYTES) / GB

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
    every_s = Saving.default().every_s
    yield row("`SyncAtDirty=0`", "off", *less(bills(given_saving=Saving(every_s, 0))))
    yield row("`SyncEveryS=15 SyncAtDirty=0`", "off", *less(bills(given_saving=Saving(15, 0))))
    provisioned = replace(Saving.default(), provisioned=True)
    yield row("`CounterCapacity=provisioned`", "off", *less(bills(given_saving=provisioned)))
    cheapest = bills(given_saving=Saving(15, 0, provisioned=True))
    yield row("the last two together", "off", *less(cheapest))
    yield row("**the bill with all of them**", "", *(f"**{money(bill)}**" for bill in cheapest))
    per_million = [bill / (one.taps / MILLION) for one, bill in zip(loads, cheapest, strict=True)]
    yield row("**dollars per million taps**", "", *(f"**{each:.3f}**" for each in per_million))


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
sent. Everything else goes through CloudFront, so the browser sends no preflights there, and the leaderboard is served
from its cache. Preflights of function URLs invoke nothing, and browsers keep their answers. Apart from the fixed part,
the cost follows the number of requests, not of taps, because clients send taps in batches.

## Levers

What each one saves, alone, and whether it is on by default, in dollars per month (RequestsPerSBudget {budget:,}):

{levers}

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

A save is paid by the started KB. A player's item has about 280 bytes, and 50 more for each further session until
cleanup moves it to the history: sixteen sessions at once make it two units. Shorter attribute names would save 44
bytes and nothing on the bill.

Batches that are 15 s apart are saved one by one at any sync interval up to 15 s. Taps that no sync has seen are not
lost with Redis, because clients send their whole count. Only players who close the game and never return lose their
taps since the last sync.

## The league

A tap pays nothing for the league. Once a week maintenance writes an item of {division_units} units for each division
of {division} players: 100,000 players a week are {league_items:,} items and {league_units:,} units, ${league} a month.
A minute with newcomers writes one more, ${newcomers} a month if every minute has some. A player who opens the league
reads {league_reads} units, unless somebody has looked at the same division within a minute.

## Logs

Each request to the API is a line of its access log; calls of function URLs have none. Functions write a line only for
a rejected request: at most {lines} a minute in a process for each reason, and one more that counts the others. Lambda's
own records of an invocation (`platform.start` and `platform.report`) are below `SystemLogLevel` WARN and not written;
the metrics have their numbers. Dollars per month for clicks and heartbeats (RequestsPerSBudget {budget:,}):

{logs}

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

## Scaling further

Once all batches are 15 s apart, the rate grows again, slowly: 100,000 players send at least 6,667 batches a second.
Set HotConcurrency and the paths' limits to match the budget: a batch takes about {billed} ms of a function, so 1,000
a second keep 12 executions busy, but Lambda accepts only ten requests a second for each: HotConcurrency must exceed a
tenth of the budget. ClickRateLimit must exceed the budget, HeartbeatRateLimit players / 20 s, for clients whose way to
the URLs is blocked, and CounterMaxWrites the saves per second.
"""


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
        levers="\n".join(per_lever(budget, idle_s, memory_mb)),
        routes="\n".join(per_route()),
        urls="\n".join(per_url(memory_mb)),
        bounds="\n".join(per_bound(memory_mb)),
        edge=money(1_000 * DAY_S / MILLION * EDGE_CALLS),
        waf=waf_limit() / 300,
    )


if __name__ == "__main__":
    print(page(), end="")
