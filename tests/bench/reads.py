"""Every read of accounts, leaderboards and logs in a game with many players.

    python tests/bench/reads.py [players, 100000 by default]

Seeds a new game on real servers, as `tapstack seed` does, then prints p50 and p99 of each read, in ms, and the
calls it made to DynamoDB. It judges nothing.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections import Counter as Tally
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "layers/tapstack/python")]

from support.aws_calls import watched  # noqa: E402
from support.game import TestContainer, create_aws, make_settings  # noqa: E402
from support.recovery import recover  # noqa: E402
from support.servers import ministack, redis_server  # noqa: E402
from tapstack.admin import metrics, repair, verification  # noqa: E402
from tapstack.admin.seeding import seed  # noqa: E402
from tapstack.leaderboards import all_time, archive  # noqa: E402
from tapstack.leaderboards import periods as period_boards  # noqa: E402
from tapstack.platform.calendar import Period  # noqa: E402
from tapstack.players import referrals, search  # noqa: E402

REPEATS = 30
AWS = {"AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


def recorded() -> Tally[str]:
    """Counts all AWS calls from here on, by name."""
    made: Tally[str] = Tally()
    watched(lambda _, operation, __: made.update([operation])).__enter__()
    return made


def measure(name: str, made: Tally[str], read: Callable[[], Any]) -> None:
    read()
    made.clear()
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        read()
        times.append((time.perf_counter() - started) * 1_000)
    times.sort()
    calls = ", ".join(f"{count / REPEATS:g} {call}" for call, count in sorted(made.items())) or "none"
    print(f"{name:34} p50 {times[len(times) // 2]:8.1f}  p99 {times[-1]:8.1f} ms   calls: {calls}", flush=True)
    assert "Scan" not in made, name  # noqa: S101


def main() -> None:
    players = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    made = recorded()
    with redis_server() as redis_url, ministack() as endpoint:
        os.environ.update({**AWS, "AWS_ENDPOINT_URL": endpoint})
        stores = TestContainer(create_aws(make_settings(redis_url)))
        print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
        recover(stores, lambda: 60_000)
        started = time.perf_counter()
        seed(stores, players)
        took_s = time.perf_counter() - started
        print(f"seeded {players} players in {took_s:.0f} s ({players / took_s:.0f}/s); calls: {dict(made)}", flush=True)

        index, accounts = stores.player_index, stores.players
        some = list(index.newest(limit=100).items)
        one = next(p for p in some if p.username)
        name = one.username or ""
        day = Period.DAY

        def fresh(read: Callable[[], Any]) -> Callable[[], Any]:
            def run() -> Any:
                for key in stores.redis.keys("board:*"):
                    stores.redis.delete(key)
                return read()

            return run

        measure("player by id", made, lambda: accounts.get(one.id))
        measure("player by Telegram id", made, lambda: accounts.by_telegram_id(one.telegram_id))
        measure("player by username", made, lambda: accounts.by_username(name))
        measure("player by referral code", made, lambda: accounts.by_ref_code(one.ref_code))
        measure("100 players by id", made, lambda: accounts.get_many([p.id for p in some]))
        measure("search by display name, page of 20", made, lambda: index.search(one.display_name[:3]))
        measure("search by username, page of 20", made, lambda: index.search(name[:3], by="username"))
        measure("newest players, page of 20", made, lambda: index.newest())
        measure("referral tree, page of 50", made, lambda: referrals.tree(stores, one.id))
        measure("find, as the command line does", made, lambda: search.find(stores, name))
        measure("board of all time, cached", made, lambda: all_time.current(stores))
        measure("board of all time, computed", made, fresh(lambda: all_time.current(stores)))
        measure("board of the day, cached", made, lambda: period_boards.current(stores, day))
        measure("board of the day, computed", made, fresh(lambda: period_boards.current(stores, day)))
        measure("own rank, all time", made, lambda: all_time.own_rank(stores, one.id))
        measure("own rank, this month", made, lambda: period_boards.own_rank(stores, one.id, Period.MONTH))
        measure("closed days, page of 20", made, lambda: archive.history(stores, day))
        measure("hall of fame", made, lambda: archive.hall_of_fame(stores))
        measure("figures of the game", made, lambda: metrics.measure(stores))
        measure("messages of a chat, page of 20", made, lambda: stores.messages.page(1))
        started = time.perf_counter()
        differences = sum(1 for _ in verification.differences(stores))
        print(f"verify all: {differences} differences, {time.perf_counter() - started:.1f} s (a scan, offline)")
        started = time.perf_counter()
        print(f"repair all: {repair.repair_boards(stores)} corrected, {time.perf_counter() - started:.1f} s (a scan)")


if __name__ == "__main__":
    main()
