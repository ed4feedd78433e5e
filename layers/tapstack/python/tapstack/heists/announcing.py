"""What those who watch a heist are told as it happens. The game works without it: everything is in GET /heists too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.heists.answers import question_of
from tapstack.live.events import HeistClosed, HeistQuestion, HeistStarted, HeistWinner, HeistWon, Person, PlayerRef
from tapstack.players.rules.public_names import public_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tapstack.heists.model import Heist, Result
    from tapstack.live.ports import LivePorts
    from tapstack.players.model import Player


def room_of(heist_id: str) -> str:
    return f"heist:{heist_id}"


def tell_begun(ports: LivePorts, heist: Heist) -> None:
    room = room_of(heist.id)
    ports.live.to_room(room, HeistStarted(heist=heist.id, kind=str(heist.kind), ends_at_ms=heist.ends_ms))
    asked = question_of(heist)
    options = {option.id: option.text for option in asked.options}
    ports.live.to_room(room, HeistQuestion(heist=heist.id, text=asked.text, options=options))


def tell_won(ports: LivePorts, heist_id: str, player: Player, rank: int) -> None:
    ports.live.to_room(room_of(heist_id), HeistWon(heist=heist_id, by=_person(player), rank=rank), player.id)


def tell_closed(ports: LivePorts, heist: Heist, result: Result, faces: Mapping[str, Player]) -> None:
    winners = [
        HeistWinner(by=PlayerRef(id=one.player), rank=one.rank, coins=one.coins)
        for one in result.winners
        if one.player in faces and not faces[one.player].hidden
    ]
    answer = {"en": heist.asked.answer.en, "ru": heist.asked.answer.ru}
    ports.live.to_room(
        room_of(heist.id),
        HeistClosed(heist=heist.id, answer=answer, pool=result.pool, players=result.players, winners=winners),
    )


def _person(player: Player) -> Person:
    return Person(id=player.id, name=public_name(player.id, player.username), title=player.title or "")
