"""Choosing a username: written, taken over from Telegram by one tap, or left for later."""

import re

from tapstack.domain.identity import USERNAME
from tapstack.errors import BadRequest, Conflict
from tapstack.services import players
from tapstack.telegram.scene import Scene, scenes
from tapstack.telegram.turn import Rows, Turn
from tapstack.telegram.views import name_of

scene = Scene("naming")


@scene.on("welcome")
def welcome(turn: Turn) -> None:
    """A new player's first question."""
    turn.send(turn.say("name.welcome", name=name_of(turn.player)), _choices(turn, "b.skip"))
    _ask(turn, "welcoming")


@scene.opens
def rename(turn: Turn) -> None:
    own = turn.player.username
    turn.show(turn.say("name.change", name=own) if own else turn.say("name.none"), _choices(turn, "b.cancel"))
    _ask(turn, "renaming")


@scene.hears("welcoming")
@scene.hears("renaming")
def heard(turn: Turn) -> None:
    """Tries a name; a refused one is explained, and asked for again."""
    _try(turn, turn.incoming.text.strip().removeprefix("@"))


@scene.on("take")
def take(turn: Turn) -> None:
    """Takes the Telegram name."""
    name = suggestion(turn)
    if name:
        _try(turn, name)
    else:
        rename(turn)


@scene.on("skip")
def skip(turn: Turn) -> None:
    turn.toast("name.skipped")
    scenes()["home"].actions["open"](turn)


def suggestion(turn: Turn) -> str:
    """The Telegram name as a username, "" where it makes none."""
    user = turn.incoming.user
    for given in (user.username, f"{user.first_name}_{user.last_name}".strip("_"), user.first_name):
        name = re.sub(r"[^A-Za-z0-9_]", "", given.replace(" ", "_"))[:20]
        if USERNAME.fullmatch(name):
            return name
    return ""


def _choices(turn: Turn, way_out: str) -> Rows:
    name = suggestion(turn)
    taken = name == turn.player.username
    rows = [[turn.button("b.take", "naming:take", name=name)]] if name and not taken else []
    return [*rows, [turn.button(way_out, "naming:skip" if way_out == "b.skip" else "home:open")]]


def _ask(turn: Turn, state: str) -> None:
    turn.wait_for("naming", state)
    turn.ask(turn.say("name.prompt"), turn.plain("name.placeholder"))


def _try(turn: Turn, name: str) -> None:
    try:
        turn.player, _ = players.rename(turn.stores, turn.player.id, name)
    except Conflict:
        turn.send(turn.say("name.taken", name=name))
    except BadRequest as error:
        turn.send(turn.say(f"name.{error.data.get('reason', 'bad_characters')}", length=len(name)))
    else:
        turn.at_ease()
        turn.send(turn.say("name.done", name=name))
        return scenes()["home"].actions["below"](turn)
    return _ask(turn, turn.chat.state or "renaming")
