"""The API of score cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tapstack.cards.addresses import address
from tapstack.cards.making import card_of
from tapstack.cards.model import Shape
from tapstack.http.operation import CURSOR, READS, Auth, Operation
from tapstack.players.accounts import refuse_banned
from tapstack.players.links import app_invite_link
from tapstack.telegram.texts import language_of

if TYPE_CHECKING:
    from tapstack.cards.ports import MyCardsPorts
    from tapstack.players.model import Player

JPEG = "image/jpeg"
MAX_AGE_S = 7 * 86_400
"""A picture never changes, but its player may be erased: caches forget it after a week."""


class MyCards(msgspec.Struct, frozen=True):
    """The caller's score as pictures: addresses below the API's own, for a message (wide) and for a story (tall).

    `link` opens the game as the caller's friend, null as long as the game does not know its bot's name.
    """

    message: str
    story: str
    link: str | None


MY_CARDS: Operation[None, MyCards] = Operation(
    "getMyCards",
    "GET",
    "/players/me/cards",
    "The caller's score as pictures to share",
    Auth.SESSION_TOKEN,
    answer=MyCards,
    errors=(401, 403, 404, 429, 503),
    limit=READS,
)
CARD_PICTURE: Operation[None, bytes] = Operation(
    "getCardPicture",
    "GET",
    "/card.jpg",
    "A score as a picture, at an address that getMyCards gives",
    answer=bytes,
    media_type=JPEG,
    errors=(400, 404, 429, 503),
    by_address=True,
    texts={"card": CURSOR},
)


def my_cards(ports: MyCardsPorts, player: Player) -> MyCards:
    """The addresses of a player's pictures. Raises Forbidden (`banned`)."""
    refuse_banned(player)
    card = card_of(ports, player, language_of(*player.wished_languages("")), Shape.MESSAGE)
    story = msgspec.structs.replace(card, shape=Shape.STORY)
    return MyCards(address(ports, card), address(ports, story), app_invite_link(ports, player))
