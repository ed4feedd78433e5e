"""The addresses of cards: each says what its picture shows, signed by the game.

So a picture needs no store, nobody can have the game draw a text of their own, and the same score always has the same
address: caches keep what was drawn once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tapstack.cards.model import Card
from tapstack.platform.errors import BadRequest, NotFound

if TYPE_CHECKING:
    from tapstack.cards.ports import PicturePorts

SCOPE = "card"
PATH = "card.jpg"
"""Below the API's own address. It ends like a picture's: some of Telegram's clients go by that."""


def address(ports: PicturePorts, card: Card) -> str:
    """Where the picture of a card is, from the API's own address."""
    return f"{PATH}?{urlencode({'card': signed(ports, card)})}"


def signed(ports: PicturePorts, card: Card) -> str:
    """A card as the text of its address."""
    return ports.cursors.sign(card, SCOPE)


def card_at(ports: PicturePorts, text: str) -> Card:
    """The card of an address; raises NotFound for one that the game has not given out, or no longer knows."""
    try:
        return ports.cursors.read(text, Card, SCOPE)
    except BadRequest as error:
        raise NotFound("there is no such card") from error
