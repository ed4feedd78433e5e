"""What the game does every minute."""

from __future__ import annotations

import json

import pytest
from support.game import Game


def test_minute_measures_the_game_and_prints_it_for_cloudwatch(game: Game, capsys: pytest.CaptureFixture[str]) -> None:
    ada = game.sign_in(1)
    game.run("sync")
    game.run("maintenance")
    ada.tap(30)
    capsys.readouterr()
    done = game.run("maintenance")
    measured = done["measured"]
    assert (measured["players"], measured["active_players"], measured["clicks"]) == (1, 1, 30)
    assert measured["unsaved_players"] == 1
    assert measured["redis_memory_bytes"] > 0
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    (emf,) = [line for line in printed if "_aws" in line]
    assert emf["clicks"] == 30
    assert emf["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Tapstack"
    assert game.stores.metrics.latest(game.stores.clock() // 1_000)[0][1]["clicks"] == 30
    assert {name: done[name] for name in ("archived", "credited", "flagged")} == {
        "archived": [],
        "credited": 0,
        "flagged": [],
    }


def test_job_that_is_put_off_holds_up_no_other(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    from tapstack.platform.errors import StoreUnavailable

    game.run("sync")

    def unavailable(*_: object, **__: object) -> None:
        raise StoreUnavailable("unavailable", retry_after_s=1)

    monkeypatch.setattr(type(game.stores.archive), "get", unavailable)
    done = game.run("maintenance")
    assert done["archived"] is None
    assert done["measured"]["players"] == 0


def test_nothing_holds_up_erasures_and_factions_hold_up_nothing(game: Game) -> None:
    """A run ends after a minute, wherever it is then."""
    done = list(game.run("maintenance"))
    assert (done[0], done[-1]) == ("erased", "factions")
