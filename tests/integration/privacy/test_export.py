"""What a player has tapped in groups is theirs to have."""

from __future__ import annotations

from support.game import Game
from support.permissions import running
from tapstack.groups import tapping
from tapstack.groups.model import Panel
from tapstack.privacy.export import export


def test_export_holds_the_taps_of_each_group(game: Game) -> None:
    ada, bob = game.sign_in(5), game.sign_in(6)
    for player, group in ((ada, -5), (ada, -5), (ada, -6), (bob, -5)):
        tapping.count(game.stores, group, player.id, Panel(1, "en"))
    game.run("sync")
    with running("players"):
        found = export(game.stores, ada.id)["groups"]
    assert sorted(found, key=lambda row: -row["taps"]) == [
        {"telegram_id": -5, "taps": 2},
        {"telegram_id": -6, "taps": 1},
    ]
