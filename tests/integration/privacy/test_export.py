"""What a player has tapped in groups and said in rooms is theirs to have."""

from __future__ import annotations

from support.economy import op_at
from support.game import Game
from support.permissions import running
from tapstack.groups import tapping
from tapstack.groups.model import Panel
from tapstack.live import chatting
from tapstack.live.model import Mute
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


def test_export_holds_what_a_player_has_said_in_rooms_and_where_they_are_muted(game: Game) -> None:
    ada, bob = game.sign_in(5), game.sign_in(6)
    now_ms = game.stores.clock()
    for player, text in ((ada, "Hello"), (bob, "Hi, Ada")):
        chatting.say(game.stores, player.id, "lobby:main", op_at(now_ms), text)
    game.stores.chat_moderation.mute(Mute(ada.id, "", now_ms + 60_000, "spam"))
    with running("players"):
        found = export(game.stores, ada.id)["rooms"]
    assert [(row["room"], row["text"]) for row in found["messages"]] == [("lobby:main", "Hello")]
    assert found["mutes"] == [{"room": None, "until_s": (now_ms + 60_000) // 1_000, "reason": "spam"}]
