from __future__ import annotations

import pytest
from support.accounts import account
from tapstack.broadcasts.model import (
    KEPT_S,
    RESUMABLE_S,
    Audience,
    Broadcast,
    Button,
    Buttons,
    Content,
    Person,
    State,
    Verdict,
)
from tapstack.broadcasts.rules import judge, message
from tapstack.players.model import ModerationStatus
from tapstack.telegram.model import Chat

EVERYBODY = Audience()
ADA = Person(Chat(1), account(1))


@pytest.mark.parametrize(
    ("person", "verdict"),
    [
        (ADA, Verdict.SEND),
        (Person(Chat(1), account(1, status=ModerationStatus.SHADOW)), Verdict.SEND),
        (Person(Chat(1), account(1, status=ModerationStatus.SUSPECT)), Verdict.SEND),
        (Person(Chat(1), account(1, status=ModerationStatus.BANNED)), Verdict.BANNED),
        (Person(Chat(1, blocked=True), account(1)), Verdict.BLOCKED),
        (Person(Chat(1, notify=False), account(1)), Verdict.MUTED),
        (Person(Chat(1), None), Verdict.GONE),
        (Person(None, account(1)), Verdict.NO_CHAT),
    ],
)
def test_who_may_not_be_written_to_is_left_out_and_why(person: Person, verdict: Verdict) -> None:
    assert judge(EVERYBODY, person) is verdict


@pytest.mark.parametrize(
    ("audience", "person", "inside"),
    [
        (Audience("active", since_ms=100), ADA._replace(last_tap_at_ms=100), True),
        (Audience("active", since_ms=100), ADA._replace(last_tap_at_ms=99), False),
        (Audience("active", since_ms=100), ADA, False),
        (Audience("language", language="en"), ADA, True),
        (Audience("language", language="ru"), ADA, False),
        (Audience("language", language="ru"), Person(Chat(1, language="ru"), account(1)), True),
        (Audience("language", language="pt"), Person(Chat(1), account(1, language="pt-BR")), True),
    ],
)
def test_audience_holds_whom_it_says(audience: Audience, person: Person, inside: bool) -> None:
    assert judge(audience, person) is (Verdict.SEND if inside else Verdict.OUTSIDE)


def test_text_falls_back_to_english() -> None:
    content = Content({"en": "hello", "ru": "привет"}, {})
    shown = [message(content, language, 1)["text"] for language in ("ru", "en", "es", "")]
    assert shown == ["привет", "hello", "hello", "hello"]


def test_message_is_a_text_or_a_picture_with_the_buttons_of_its_language() -> None:
    play, news = Button("Играть", web_app="https://a.example/app/"), Button("News", url="https://a.example/")
    buttons: dict[str, Buttons] = {"ru": ((play,),), "en": ((news, news),)}
    content = Content({"en": "<b>hello</b>", "ru": "привет"}, buttons)
    assert message(content, "ru", 7) == {
        "method": "sendMessage",
        "chat_id": 7,
        "text": "привет",
        "parse_mode": "HTML",
        "reply_markup": {"inline_keyboard": [[{"text": "Играть", "web_app": {"url": "https://a.example/app/"}}]]},
    }
    link = {"text": "News", "url": "https://a.example/"}
    assert message(content._replace(photo="https://a.example/p.png"), "de", 7) == {
        "method": "sendPhoto",
        "chat_id": 7,
        "photo": "https://a.example/p.png",
        "caption": "<b>hello</b>",
        "parse_mode": "HTML",
        "reply_markup": {"inline_keyboard": [[link, link]]},
    }


@pytest.mark.parametrize(
    ("state", "silent_ms", "age_s", "resumable"),
    [
        (State.RUNNING, -1, 0, False),
        (State.RUNNING, 1, 0, True),
        (State.STOPPED, -1, 0, True),
        (State.FINISHED, 1, 0, False),
        (State.STOPPED, 1, RESUMABLE_S, False),
    ],
)
def test_resumable_is_what_nobody_drives_and_whose_deliveries_are_kept(
    state: State, silent_ms: int, age_s: int, resumable: bool
) -> None:
    now_ms = 1_800_000_000_000
    broadcast = Broadcast("x", {"en": "x"}, EVERYBODY, 1, "grace", now_ms - age_s * 1_000, state=state)
    broadcast.alive_until_ms = now_ms - silent_ms
    assert broadcast.resumable(now_ms) is resumable
    assert broadcast.expires_at_s - now_ms // 1_000 > (KEPT_S - RESUMABLE_S) // 2
