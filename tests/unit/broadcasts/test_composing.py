"""What an operator writes is refused before anybody gets it, and what passes is what Telegram takes."""

from __future__ import annotations

from typing import Any

import pytest
from tapstack.broadcasts.composing import compose
from tapstack.broadcasts.model import Button
from tapstack.broadcasts.rules import message
from tapstack.platform.errors import BadRequest
from telegram_local.markup import check_inline_markup

EN = {"en": "hello"}
BOT = "tap_bot"


@pytest.mark.parametrize(
    ("given", "button"),
    [
        ("News -> https://a.example/?a=1|b", Button("News", url="https://a.example/?a=1|b")),
        ("Rules -> tg://resolve?domain=telegram", Button("Rules", url="tg://resolve?domain=telegram")),
        (" Play  -> web_app:https://a.example/app/ ", Button("Play", web_app="https://a.example/app/")),
        ("Play -> startapp:", Button("Play", url="https://t.me/tap_bot?startapp=")),
        ("Play -> startapp:week_7", Button("Play", url="https://t.me/tap_bot?startapp=week_7")),
        ("Write -> start:news", Button("Write", url="https://t.me/tap_bot?start=news")),
        ("1 > 0 -> https://пример.рф/путь", Button("1 > 0", url="https://пример.рф/путь")),
    ],
)
def test_button_leads_where_it_says_and_telegram_takes_it(given: str, button: Button) -> None:
    content = compose(EN, {"en": [given]}, "", BOT)
    assert content.buttons == {"en": ((button,),)}
    check_inline_markup(message(content, "en", 1)["reply_markup"], private=True)


def test_rows_stand_as_they_were_given() -> None:
    content = compose(
        EN, {"en": ["A -> https://a.example | B -> https://b.example", "C -> https://c.example"]}, "", None
    )
    assert [[button.text for button in row] for row in content.buttons["en"]] == [["A", "B"], ["C"]]


@pytest.mark.parametrize("photo", ["https://a.example/p.png", "AgACAgIAAxkBAAIBQ2Y" + "x" * 40])
def test_picture_is_an_address_or_a_file_of_telegrams(photo: str) -> None:
    assert compose({"en": "x" * 1_024}, {}, photo, None).photo == photo


ROW = "A -> https://a.example"


@pytest.mark.parametrize(
    ("texts", "rows", "photo", "said"),
    [
        ({"ru": "привет"}, {}, "", "the en text is missing"),
        ({"en": "hello", "xx": "?"}, {}, "", "not xx"),
        ({"en": "<b>hello"}, {}, "", "the en text: broken text: <b> is never closed"),
        ({"en": "hello", "ru": "x" * 4_097}, {}, "", "the ru text: a message has 1 to 4096 characters, this has 4097"),
        ({"en": "x" * 1_025}, {}, "https://a.example/p.png", "under a picture: a message has 1 to 1024 characters"),
        ({"en": "  "}, {}, "", "1 to 4096 characters, this has 0"),
        ({"en": "hello", "ru": "привет"}, {"en": [ROW]}, "", "none for ru"),
        (EN, {"en": [ROW], "ru": [ROW]}, "", "buttons for ru, but no text"),
        (EN, {"en": ["A"]}, "", "a button is `Text -> target`, not 'A'"),
        (EN, {"en": ["A -> "]}, "", "a button is"),
        (EN, {"en": [" -> https://a.example"]}, "", "1 to 64 characters, not 0"),
        (EN, {"en": ["x" * 65 + " -> https://a.example"]}, "", "1 to 64 characters, not 65"),
        (EN, {"en": [" | ".join([ROW] * 9)]}, "", "at most 8 in a row"),
        (EN, {"en": [ROW] * 101}, "", "100 in all"),
        (EN, {"en": ["A -> javascript:alert(1)"]}, "", "https:// or http:// or tg://"),
        (EN, {"en": ["A -> a.example"]}, "", "is no address"),
        (EN, {"en": ["A -> https://"]}, "", "is no address"),
        (EN, {"en": ["A -> https://[::1"]}, "", "is no address"),
        (EN, {"en": ["A -> https://a.example/a b"]}, "", "is no address"),
        (EN, {"en": ["A -> https://a.example/" + "x" * 2_048]}, "", "is no address"),
        (EN, {"en": ["A -> web_app:http://a.example"]}, "", "begins with https://"),
        (EN, {"en": ["A -> start:"]}, "", "no parameter of a link"),
        (EN, {"en": ["A -> start:" + "x" * 65]}, "", "no parameter of a link"),
        (EN, {"en": ["A -> startapp:a b"]}, "", "no parameter of a link"),
        (EN, {}, "p.png", "the picture: 'p.png' is no address"),
        (EN, {}, "/etc/passwd/" + "x" * 20, "the picture"),
        (EN, {}, "ftp://a.example/p.png", "the picture"),
    ],
)
def test_what_telegram_would_refuse_is_refused(texts: Any, rows: Any, photo: str, said: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        compose(texts, rows, photo, BOT)
    assert said in refusal.value.message


def test_link_to_a_bot_without_a_known_name_is_refused() -> None:
    with pytest.raises(BadRequest, match="TELEGRAM_BOT_USERNAME"):
        compose(EN, {"en": ["A -> startapp:x"]}, "", None)
