"""Calling any operation of the API, well or badly."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from tapstack.api import OPERATIONS
from tapstack.cards import addresses
from tapstack.cards.model import Card, Shape
from tapstack.duels.operations import OPERATIONS as DUELS
from tapstack.economy.operations import OPERATIONS as ECONOMY
from tapstack.factions.operations import OPERATIONS as FACTIONS
from tapstack.goals.operations import OPERATIONS as GOALS
from tapstack.heists.operations import OPERATIONS as HEISTS
from tapstack.http.errors import STATUS
from tapstack.http.operation import AnyOperation as Operation
from tapstack.http.operation import Auth
from tapstack.live.operations import OPERATIONS as LIVE
from tapstack.notifications.operations import OPERATIONS as NOTIFICATIONS
from tapstack.platform.clock import system_clock
from tapstack.raids.operations import OPERATIONS as RAIDS
from tapstack.rallies.operations import OPERATIONS as RALLIES

from support.economy import op_at
from support.fakes.live import EPOCH
from support.game import (
    CHECKED_IN,
    FOUNDED,
    FRIEND_ID,
    RAIDED,
    RAIDED_TARGET,
    REROLLED,
    REROLLED_CAUSE,
    Answer,
    AnyGame,
    Player,
    api_event,
)
from support.identity import init_data

OPERATION = {operation.id: operation for operation in OPERATIONS}
FUNCTION_OF = {
    "openSession": "sessions",
    "endSession": "sessions",
    "recordTaps": "click",
    "heartbeat": "heartbeat",
    "getLeaderboard": "leaderboard",
    "getClosedLeaderboards": "leaderboard",
    "getHallOfFame": "leaderboard",
    "getMyStanding": "leaderboard",
    "getLeague": "leaderboard",
    "getHealth": "leaderboard",
    "getOpenapi": "leaderboard",
    **{operation.id: "economy" for operation in (*ECONOMY, *GOALS)},
    **{operation.id: "crews" for operation in (*FACTIONS, *HEISTS, *RAIDS, *RALLIES, *DUELS)},
    "getMyAccount": "players",
    "rename": "players",
    "getMyReferrals": "players",
    "getFriendsBoard": "players",
    **{operation.id: "players" for operation in NOTIFICATIONS},
    **{operation.id: "live" for operation in LIVE},
    "exportMe": "players",
    "eraseMe": "sessions",
    "prepareShare": "webhook",
    "getMyCards": "players",
    "getCardPicture": "cards",
    "telegramUpdate": "webhook",
}
_GOOD: dict[str, dict[str, Any]] = {
    "recordTaps": {"taps": 1},
    "heartbeat": {},
    "rename": {"username": "Ada_1815"},
    "telegramUpdate": {"update_id": 1},
    "useItem": {"item": "espresso"},
    "equip": {"item": "title_fox"},
    "repair": {"instance": "spoon"},
    "sell": {"item": "espresso"},
    "buy": {"offer": "always.espresso", "price": 175},
    "openCrates": {"crate": "paper_bag"},
    "joinFaction": {},
    "donateToFaction": {"amount": 5},
    "changeFactionMember": {"player": FRIEND_ID, "act": "promote"},
    "changeFaction": {"entrance": "open"},
    "buyFactionPerk": {"perk": "colour_moss", "price": 2_000},
    "assignTerritory": {},
    "foundFaction": {"name": "Red Foxes", "price": 1_000},
    "answerHeist": {"answer": "echo"},
    "setZone": {"zone": "Europe/Lisbon"},
    "readNotifications": {"up_to": 1},
    "changeNotificationSettings": {"daily": False},
    "reportMessage": {"epoch": EPOCH, "seq": 1},
}


def good_body(operation: Operation) -> dict[str, Any]:
    """A body that the operation takes, where it is of the player of Telegram's user 1.

    In a game in memory everybody has what it takes (fakes/economy.py).
    """
    if operation.id == "eraseMe":
        return {"init_data": init_data(1)}
    if operation.id == "claim":
        return {"cause": "c#ach#taps#1"}
    if operation.id == "rerollMission":
        return {"op": op_at(system_clock())[:18] + REROLLED, "cause": REROLLED_CAUSE}
    if operation.id == "checkIn":
        return {"op": op_at(system_clock())[:18] + CHECKED_IN}
    if operation.id == "sayInRoom":
        return {"op": op_at(system_clock()), "text": "Hello"}
    if operation.id == "foundFaction":
        return {"op": op_at(system_clock())[:18] + FOUNDED, **_GOOD[operation.id]}
    if operation.id in ("beginRally", "offerDuel"):
        return {"op": op_at(system_clock())}
    if operation.id == "raid":
        return {"op": op_at(system_clock())[:18] + RAIDED, "target": RAIDED_TARGET}
    if operation.id in ("donateToFaction", "answerHeist") or FUNCTION_OF[operation.id] == "economy":
        return {"op": op_at(system_clock()), **_GOOD.get(operation.id, {})}
    return _GOOD.get(operation.id) or ({"session_id": str(uuid.uuid4())} if operation.id == "openSession" else {})


def good_query(game: AnyGame, operation: Operation) -> dict[str, str] | None:
    """A query that the operation takes, None where it needs none."""
    if operation.id == "getCardPicture":
        card = Card(Shape.MESSAGE, "en", "Ada", 1_815, 1)
        return {"card": addresses.signed(game.stores, card)}
    return None


def identity_for(operation: Operation, player: Player) -> dict[str, str]:
    """The headers that prove a player, or Telegram, to an operation."""
    if operation.auth is Auth.SESSION_TOKEN:
        return player.headers
    if operation.auth is Auth.INIT_DATA:
        return {"Authorization": f"tma {init_data(player.user_id)}"}
    if operation.auth is Auth.WEBHOOK_SECRET:
        return {"X-Telegram-Bot-Api-Secret-Token": player.game.stores.settings.telegram.webhook_secret}
    return {}


def send(
    game: AnyGame,
    operation: Operation,
    body: Any,
    identity: Mapping[str, str],
    *,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    base64: bool = False,
) -> Answer:
    """One request; a body that is text is sent as it stands."""
    query = query or good_query(game, operation)
    event = api_event(operation.method, operation.path, body, {**identity, **(headers or {})}, query)
    return game.send(FUNCTION_OF[operation.id], {**event, "isBase64Encoded": base64})


def assert_refused(answer: Answer, status: int | None = None, code: str | None = None) -> None:
    """The answer is a refusal in the one form, with a code for programs and a message for people."""
    assert answer.status in STATUS.values(), answer
    if status is not None:
        assert answer.status == status, answer
    assert set(answer.body) == {"error"}
    error = answer.body["error"]
    assert set(error) == {"code", "message", "data"}
    assert re.fullmatch(r"[a-z][a-z0-9_]*", error["code"])
    assert code in (None, error["code"]), error
    assert isinstance(error["message"], str)
    assert error["message"]
    assert isinstance(error["data"], dict)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
