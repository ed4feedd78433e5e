"""What a notice says in the chat, in somebody's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from tapstack.inbox.model import Kind, Notice
from tapstack.notifications.kinds import ABOUT_PEOPLE, KINDS
from tapstack.notifications.texts import TEXTS
from tapstack.players.rules.public_names import public_name

if TYPE_CHECKING:
    from tapstack.notifications.ports import NamePorts
    from tapstack.telegram.texts import Html

NAMES_SHOWN = 3


def names_of(ports: NamePorts, notices: Iterable[Notice]) -> dict[str, str]:
    """What everybody whom notices are about is called now; who is hidden, banned or gone is left out."""
    ids = sorted(set().union(*(notice.people for notice in notices)))
    found = ports.players.get_many(ids) if ids else {}
    return {i: public_name(i, player.username) for i, player in found.items() if not player.hidden}


def line(notice: Notice, names: Mapping[str, str], language: str) -> Html | None:
    """A notice's text; None where nothing is left to say of it, or a newer release has written it."""
    kind = KINDS.get(cast("Kind", notice.kind))
    shown = [names[i] for i in sorted(notice.people) if i in names]
    if kind is None or (notice.kind in ABOUT_PEOPLE and not shown):
        return None
    key, values = kind.text, dict(notice.facts)
    if shown:
        values = {"count": len(shown), **values, "name": _listed(shown)}
    if notice.kind == Kind.LEAGUE:
        key = key if values["moved"] == "up" else "notice.league_down"
        values["tier"] = TEXTS.plain(f"league.{values['tier']}", language)
    if notice.kind == Kind.SEASON and values["what"] == "ends":
        key = "notice.season_ends"
    return TEXTS.say(key, language, **values)


def digest(lines: Sequence[str], language: str) -> str:
    """Several texts as one message; a single one stands for itself."""
    if len(lines) < 2:
        return "".join(lines)
    return "\n\n".join([TEXTS.say("notice.digest", language, count=len(lines)), *lines])


def _listed(names: Sequence[str]) -> str:
    more = ["…"] if len(names) > NAMES_SHOWN else []
    return ", ".join([*names[:NAMES_SHOWN], *more])
