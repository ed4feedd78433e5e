"""GET /card.jpg: a score as a picture. The only function with Pillow, and without any store."""

import base64
from functools import lru_cache
from pathlib import Path

from tapstack.cards.addresses import card_at
from tapstack.cards.drawing import Painter
from tapstack.cards.model import Card
from tapstack.cards.operations import CARD_PICTURE, JPEG, MAX_AGE_S
from tapstack.composition import container
from tapstack.http.app import serves
from tapstack.http.call import Call, Reply
from tapstack.http.pictures import PictureApp

app = PictureApp("cards", container)
painter = Painter(Path(__file__).parent / "fonts" / "Rubik-Bold.ttf")

HEADERS = {"Content-Type": JPEG, "Cache-Control": f"public, max-age={MAX_AGE_S}, immutable"}


@serves(app, CARD_PICTURE)
def get_card_picture(call: Call[None]) -> Reply:
    return Reply(_drawn(card_at(container(), call.query["card"])), headers=HEADERS)


@lru_cache(maxsize=64)
def _drawn(card: Card) -> str:
    """A picture as a function hands it to the gateway; some 60 KB."""
    return base64.b64encode(painter.draw(card)).decode()
