"""Score cards: their addresses, and the pictures behind them."""

from __future__ import annotations

import dataclasses
import io

import pytest
from msgspec.structs import replace
from PIL import Image, ImageFont
from support.calls import OPERATION, assert_refused, identity_for, send
from support.fakes.ports import MemoryGame
from support.servers import ROOT
from tapstack.cards import addresses
from tapstack.cards.drawing import GLYPHS, LAYOUTS, Painter, drawable
from tapstack.cards.model import Card, Shape
from tapstack.players.model import ModerationStatus

FONT = ROOT / "functions/cards/fonts/Rubik-Bold.ttf"
ADA = Card(Shape.MESSAGE, "en", "Ada", 1_815, 3)
PICTURE = OPERATION["getCardPicture"]


@pytest.fixture(scope="module")
def painter() -> Painter:
    return Painter(FONT)


def picture(made: bytes) -> Image.Image:
    return Image.open(io.BytesIO(made))


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("clicks", [0, 1, 9, 10, 1_000_000_000_000])
def test_every_card_can_be_drawn(painter: Painter, shape: Shape, language: str, clicks: int) -> None:
    made = painter.draw(Card(shape, language, "Зинаида Прокофьевна " * 4, clicks, min(clicks, 12_345_678)))
    assert picture(made).format == "JPEG"
    assert picture(made).size == LAYOUTS[shape].size
    assert len(made) < 200_000


def test_whatever_a_card_shows_changes_its_picture_and_nothing_else_does(painter: Painter) -> None:
    others = [replace(ADA, name="Боб"), replace(ADA, clicks=1_816), replace(ADA, rank=4), replace(ADA, language="ru")]
    assert len({painter.draw(card) for card in (ADA, *others)}) == 5
    assert painter.draw(ADA) == Painter(FONT).draw(ADA)


def test_font_has_every_character_that_is_drawn() -> None:
    font = ImageFont.truetype(FONT, 24)
    missing = bytes(font.getmask("\uffff"))
    codes = [code for first, last in GLYPHS for code in range(first, last + 1) if chr(code).isprintable()]
    assert [chr(code) for code in codes if chr(code).strip() and bytes(font.getmask(chr(code))) == missing] == []


@pytest.mark.parametrize(
    ("name", "shown"), [("Боб 🚀", "Боб"), ("1\u202f234", "1\u00a0234"), ("\u202eevil", "evil"), ("太郎", "")]
)
def test_characters_without_a_glyph_are_left_out(name: str, shown: str) -> None:
    assert drawable(name) == shown


def test_player_gets_the_addresses_of_two_pictures_and_a_link(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    ada.tap(3)
    mine = OPERATION["getMyCards"]
    cards = send(game, mine, None, identity_for(mine, ada)).body
    for address, shape in ((cards["message"], Shape.MESSAGE), (cards["story"], Shape.STORY)):
        path, _, signed = address.partition("?card=")
        assert f"/{path}" == PICTURE.path
        answer = send(game, PICTURE, None, {}, query={"card": signed})
        assert (answer.status, answer.headers["Content-Type"]) == (200, "image/jpeg")
        assert picture(answer.body).size == LAYOUTS[shape].size
    assert send(game, mine, None, identity_for(mine, ada)).body == cards
    ada.tap(4)
    assert send(game, mine, None, identity_for(mine, ada)).body["message"] != cards["message"]


def test_banned_player_gets_no_pictures(game: MemoryGame) -> None:
    ada = game.sign_in(1)
    accounts = game.stores.players.accounts
    accounts[ada.id] = dataclasses.replace(accounts[ada.id], status=ModerationStatus.BANNED)
    mine = OPERATION["getMyCards"]
    assert_refused(send(game, mine, None, identity_for(mine, ada)), 403, "banned")


def test_nobody_has_the_game_draw_a_text_of_their_own(game: MemoryGame) -> None:
    signed = addresses.signed(game.stores, ADA)
    other = game.stores.cursors.sign(ADA, "history")
    for text in (other, signed[:-2] + "AA", "A" * 40, signed + "A", "A"):
        assert_refused(send(game, PICTURE, None, {}, query={"card": text}), 404, "not_found")
    for bad in ("", "a b", "A" * 2_001):
        assert send(game, PICTURE, None, {}, query={"card": bad, "x": "y"}).status in (400, 404)
