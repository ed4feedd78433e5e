"""The short form of `make attack`: each fast attack once, with some honest players; and tests of the judgement."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from attack import table
from attack.book import Page, Sample
from attack.catalogue import ALL
from attack.run import Plan, Row, judged, run_short
from attack.target import NotOurs, named_game, own_game
from attack.worker import Outcome

PLAN = Plan(pages=8, chatters=2, settle_s=90, whole_s=120, waits=False)
GROUPS = 3


def test_innocents_play_on_whatever_one_account_page_or_socket_does(tmp_path: Path) -> None:
    """No 5xx, no lost tap, no hang; each attack is rejected as it should be. Only `make attack` judges waits."""
    fast = [attack for attack in ALL if attack.short]
    with own_game(tmp_path) as game:
        rows = asyncio.run(run_short(game, [fast[n::GROUPS] for n in range(GROUPS)], PLAN))
        tail = game.tail(10)
    print(table.heading(), *map(table.line, rows), sep="\n")
    bad = [f"{row.name}\n{table.trouble(row)}" for row in rows if not row.ok]
    assert not bad, "\n".join([*bad, tail])
    assert sum(row.outcome.requests for row in rows) > len(fast)


def page(*samples: Sample, bare_s: float = 0.001) -> Page:
    return Page(list(samples), [Sample("reference", 0.0, bare_s, "200")])


GOOD = Sample("POST /clicks", 0.0, 0.1, "200")
ROW = Row("an attack", Outcome(), page(GOOD), limit_s=1.0)
LATE = replace(GOOD, took_s=1.5)


def test_row_of_innocents_who_are_answered_in_time_is_ok() -> None:
    assert judged(ROW, Plan()).ok


@pytest.mark.parametrize(
    "bad",
    [
        replace(ROW, page=page(GOOD, LATE)),
        replace(ROW, page=page(GOOD, replace(GOOD, outcome="503"))),
        replace(ROW, page=page(GOOD, replace(GOOD, outcome="429"))),
        replace(ROW, page=page(GOOD, replace(GOOD, outcome="timeout"))),
        replace(ROW, outcome=Outcome(problems=["not refused"])),
        replace(ROW, troubles=["a tap is lost"]),
    ],
    ids=["waited", "5xx", "refused", "cut", "attack let through", "tap lost"],
)
def test_row_of_innocents_who_come_to_harm_fails(bad: Row) -> None:
    assert not judged(bad, Plan()).ok


def test_wait_that_a_bare_server_has_too_is_not_the_games() -> None:
    assert judged(replace(ROW, page=page(LATE, bare_s=1.2)), Plan()).ok
    before = Page([replace(LATE, began_s=10.0)], [Sample("reference", 0.0, 1.2, "200")])
    assert not judged(replace(ROW, page=before), Plan()).ok


@pytest.mark.parametrize(
    "url", ["http://example.com:8080", "https://127.0.0.1:8080", "http://127.0.0.1", "http://10.0.0.1:8080", "x"]
)
def test_only_a_game_of_this_machine_is_attacked(url: str, tmp_path: Path) -> None:
    with pytest.raises(NotOurs):
        named_game(url, tmp_path)


def test_a_state_folder_of_another_game_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('{"url": "http://127.0.0.1:1"}', encoding="utf-8")
    with pytest.raises(NotOurs, match="is at"):
        named_game("http://127.0.0.1:2", tmp_path)
