"""The measured cases: requests over HTTP, background work, imports, memory."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field

from support.identity import init_data
from support.recovery import recover
from support.servers import ROOT
from tapstack.leaderboards import leases as board_leases
from tapstack.leaderboards import redis_keys as leaderboards_keys
from tapstack.play import redis_keys as keys
from tapstack.play.rules.tap_button import PREFIX
from tapstack.play.saving import sync_all
from tapstack.players.rules.identity import bucket_of, session_id

from bench import load
from bench.load import Plan
from bench.world import Active, World

RUN_MS = 600_000
"""How long a flush or a rebuild may take, as a whole rather than per run of a function."""

WARM_UP_S = 3.0


@dataclass
class Result:
    """One case: the result of each run, in `unit`, and details of the median run."""

    name: str
    unit: str
    runs: list[float] = field(default_factory=list)
    details: dict[str, float] = field(default_factory=dict)

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "median": self.median}


@dataclass(frozen=True)
class Http:
    """A case over HTTP."""

    name: str
    plan: Plan
    connections: int

    @property
    def of_the_game(self) -> bool:
        """Not of the bare server beside it."""
        return not self.name.startswith("bare")


def http_cases(world: World, active: Sequence[Active], bare_port: int) -> list[Http]:
    """All HTTP cases, for players who are loaded and signed in."""
    port = int(world.game.settings["PORT"])
    tokens = [f"Authorization: Bearer {player.token}" for player in active]
    clicks = [(token, '{"taps":@N}') for token in tokens]
    bot, secret = world.game.secret("TELEGRAM_BOT_TOKEN"), world.game.secret("TELEGRAM_WEBHOOK_SECRET")
    signed = [
        (f"Authorization: tma {init_data(n + 1, token=bot)}", json.dumps({"session_id": session_id(p.session_key)}))
        for n, p in enumerate(active[:1_000])
    ]
    for proof, body in signed:
        _play(world, proof, body)
    etag = world.game.request("GET", "/leaderboard").headers["etag"]
    presses = [(f"X-Telegram-Bot-Api-Secret-Token: {secret}", _press(n + 1)) for n in range(50)]
    return [
        Http("bare server, 8 connections", Plan(bare_port, "POST", "/clicks", clicks), 8),
        Http("bare server, 64 connections", Plan(bare_port, "POST", "/clicks", clicks), 64),
        Http("click, 8 connections", Plan(port, "POST", "/clicks", clicks), 8),
        Http("click, 64 connections", Plan(port, "POST", "/clicks", clicks), 64),
        Http("heartbeat, 64 connections", Plan(port, "POST", "/heartbeat", [(token, "{}") for token in tokens]), 64),
        Http("leaderboard, 64 connections", Plan(port, "GET", "/leaderboard", [("", "")]), 64),
        Http("leaderboard 304", Plan(port, "GET", "/leaderboard", [(f"If-None-Match: {etag}", "")]), 64),
        Http("own rank", Plan(port, "GET", "/leaderboard/me", [(token, "") for token in tokens]), 8),
        Http("session opened again", Plan(port, "POST", "/sessions", signed), 8),
        Http("webhook, a tap in the chat", Plan(port, "POST", "/telegram/webhook", presses), 8),
    ]


def _play(world: World, proof: str, body: str) -> None:
    """Signs somebody in, who taps once: a session that is opened again has taps, as a rule."""
    opened = world.game.request("POST", "/sessions", body.encode(), dict([proof.split(": ", 1)]))
    token = json.loads(opened.body)["token"]
    world.game.request("POST", "/clicks", b'{"taps":1}', {"Authorization": f"Bearer {token}"})


def _press(user_id: int) -> str:
    """An update: somebody presses the tap button. The resulting edit goes to the game's local Telegram."""
    who = {"id": user_id, "first_name": "Ada"}
    message = {"message_id": 1, "date": 1, "chat": {**who, "type": "private"}, "text": "Tap"}
    query = {"id": "@U", "from": {**who, "is_bot": False}, "chat_instance": "1", "data": PREFIX, "message": message}
    return json.dumps({"update_id": "@U", "callback_query": query}).replace('"@U"', "@U", 1)


def run_http(world: World, cases: Sequence[Http], rounds: int, seconds: float) -> Iterator[Result]:
    """Runs all cases once per round, after a warm-up round."""
    results = {case.name: Result(case.name, "requests/s") for case in cases}
    seen: dict[str, list[tuple[load.Outcome, float]]] = {case.name: [] for case in cases}
    saving = {case.name: _saving_of(case.name) for case in cases if case.plan.path == "/clicks" and case.of_the_game}
    for number in range(rounds + 1):
        for case in cases:
            before = world.cpu_s()
            outcome = load.run(case.plan, case.connections, seconds if number else WARM_UP_S)
            used_s = {name: used - before[name] for name, used in world.cpu_s().items()}
            if number:
                cpu_us = (used_s["server"] + used_s["redis"]) / max(1, outcome.requests) * 1e6
                seen[case.name].append((outcome, cpu_us))
                results[case.name].runs.append(outcome.rate)
                for process, shares in saving.get(case.name, {}).items():
                    shares.runs.append(used_s[process] / max(1, outcome.requests) * 1e6)
    for case in cases:
        outcome, cpu_us = sorted(seen[case.name], key=lambda pair: pair[0].rate)[rounds // 2]
        errors = sum(one.errors for one, _ in seen[case.name])
        details = {"p50_ms": outcome.p50_ms, "p99_ms": outcome.p99_ms, "cpu_us": cpu_us, "errors": errors}
        results[case.name].details |= details
        yield results[case.name]
        yield from saving.get(case.name, {}).values()


def _saving_of(case: str) -> dict[str, Result]:
    """What saving the clicks of a case takes, by process: the one that saves, and the emulator."""
    names = {"events": "saving process", "ministack": "DynamoDB emulator"}
    return {
        process: Result(f"{name}, {case.removeprefix('click, ')}", "us of CPU a click")
        for process, name in names.items()
    }


def _timed(name: str, rounds: int, prepare: Callable[[], object], work: Callable[[], object]) -> Result:
    result = Result(name, "ms")
    for _ in range(rounds):
        prepare()
        began_s = time.perf_counter()
        work()
        result.runs.append((time.perf_counter() - began_s) * 1e3)
    return result


def cold_leaderboard(world: World, rounds: int) -> Result:
    """A request that finds the cached leaderboard too old and computes it."""

    def age() -> None:
        world.stores.redis.delete(leaderboards_keys.BOARD, board_leases.REFRESH)

    return _timed("leaderboard, cold", rounds * 3, age, lambda: world.game.request("GET", "/leaderboard"))


def flush(world: World, active: Sequence[Active], rounds: int) -> Result:
    """Saving so many dirty players, with this process acting as the function."""
    ids: dict[int, list[str]] = {}
    for player in active:
        world.stores.play.record_taps(player.id, player.session_key, int(time.time() * 1_000) % 2**39)
        ids.setdefault(bucket_of(player.id, world.stores.settings.play.buckets), []).append(player.id)

    def make_dirty() -> None:
        _settle(world)
        for bucket, of_bucket in ids.items():
            world.stores.redis.sadd(keys.DIRTY[bucket], *of_bucket)

    def save() -> None:
        if sync_all(world.stores, lambda: RUN_MS) != len(active):
            raise RuntimeError("the game's own sync did part of the work: run this again")

    return _timed(f"flush of {len(active)} players", rounds, make_dirty, save)


def _settle(world: World) -> None:
    """Waits until the game has saved everybody and no sync is under way, so that none takes part of the work."""
    buckets = range(world.stores.settings.play.buckets)
    leases = [keys.SYNC_LEASE[bucket] for bucket in buckets]
    waiting = [key for of_all in (keys.DIRTY, keys.SYNCING) for key in of_all[: len(buckets)]]
    deadline_s = time.monotonic() + 90
    while world.stores.redis.exists(*leases, *waiting):
        if time.monotonic() > deadline_s:
            raise RuntimeError("the game does not become idle")
        time.sleep(0.1)


def rebuild(world: World, rounds: int) -> Result:
    """The leaderboards of an emptied Redis, rebuilt from DynamoDB."""

    def lose() -> None:
        for bucket in range(world.stores.settings.play.buckets):
            world.stores.redis.delete(keys.SCORES[bucket], keys.META[bucket])

    def work() -> None:
        if not recover(world.stores, lambda: RUN_MS):
            raise RuntimeError("the game's own sync was rebuilding already: run this again")

    return _timed(f"rebuild of {world.stored} players", rounds, lose, work)


def imports(rounds: int) -> Iterator[Result]:
    """The CPU in which a new interpreter imports a function and what its first request needs, less an empty one's."""
    code = "import sys, time; b = time.process_time(); sys.path.insert(0, {!r}); import app; {}; "
    code += "print(time.process_time() - b)"
    clients = "import tapstack.platform.redis_connect"
    for folder in sorted((ROOT / "functions").iterdir()):
        if not (folder / "app.py").exists():
            continue
        result = Result(f"import of {folder.name}", "ms of CPU")
        for _ in range(rounds + 1):
            command = [sys.executable, "-c", code.format(str(folder), clients)]
            done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603
            result.runs.append(float(done.stdout) * 1e3)
        del result.runs[0]
        yield result


def memory(world: World, per: int, change: Callable[[], object], name: str) -> Result:
    """Redis's memory per player that a change takes, in bytes."""
    before = world.stores.redis.info("memory")["used_memory"]
    change()
    after = world.stores.redis.info("memory")["used_memory"]
    return Result(name, "bytes", [(after - before) / per])
