"""What strangers can make Telegram deliver: hostile numbers, names, callbacks and queries; and forged updates."""

from __future__ import annotations

import time
from typing import Any

from support.identity import init_data

from attack.attempt import Attempt
from attack.line import Line

NUMBERS: tuple[Any, ...] = (
    *(2**63, 2**63 - 1, 2**64, 2**53 + 1, 2**31, -1, -(2**63), 0, 10**30, 1.5, 1e308, -0.0),
    *(None, True, "1", "", [], {}, "9" * 400, "１２"),
)
NAMES = (
    "\ufdfa" * 64,
    "\u202eevoli\u202c",
    "\u200b\u200d\u2060" * 20,
    "<b>&lt;</a href='javascript:x'>",
    "FREE TON: t.me/evil_bot https://evil.example @evil_bot /start",
    "\u0e49" * 60,
    "\ud83d\ude00" * 1,
    "a\x00b",
    "{name}%s{0.__class__}",
    " ",
    "",
    "x" * 20_000,
    "\r\nX-Header: 1",
)
LINKS = ("t.me/evil", "evil.example", "://")


def hostile_updates(attempt: Attempt) -> None:
    """Callbacks and messages with huge, negative, fractional or non-numeric numbers; callbacks without a message."""
    with attempt.line() as line:
        for number in NUMBERS:
            _bring(attempt, line, f"update_id {number!r:.40}", {**_press(attempt), "update_id": number})
        updates = _broken(attempt)
        for what, update in updates[:12] if attempt.short else updates:
            _bring(attempt, line, what, update)
        for path in ("", "?period=day", "?period=week", "?period=month"):
            answer = attempt.patiently(line, "GET", f"/leaderboard{path}", None, {})
            attempt.expect(
                answer and answer.status == 200, f"/leaderboard{path} afterwards: {answer and answer.status}"
            )


def hostile_names(attempt: Attempt) -> None:
    """Newcomers with names of 64 ligatures, right-to-left, empty, with markup and with links: in chat and app."""
    with attempt.line() as line:
        for n, name in enumerate(NAMES):
            user: dict[str, Any] = {
                "id": 810_000_000_000 + attempt.number * 1_000 + n,
                "is_bot": False,
                "first_name": name,
            }
            for field in ("first_name", "last_name", "username", "language_code"):
                _bring(attempt, line, f"{field} {name!r:.30}", _message(attempt, {**user, field: name}, "/start"))
                if attempt.short:
                    break
            launch = init_data(user["id"], name, token=attempt.target.bot_token)
            body = {"session_id": "00000000-0000-4000-8000-000000000001"}
            answer = attempt.patiently(line, "POST", "/sessions", body, {"Authorization": f"tma {launch}"})
            if answer and answer.status not in (200, 201):
                attempt.refused(answer, f"signing in as {name!r:.30}", 400, 401, 403, 429, 431)
        account = attempt.account(50)
        for name in NAMES:
            answer = attempt.patiently(line, "PATCH", "/players/me", {"username": name}, account.bearer)
            attempt.refused(answer, f"the username {name!r:.30}", 400, 413, 429)
            if attempt.short:
                break


def strangers_names(attempt: Attempt) -> None:
    """A stranger whose name is an advertisement uses somebody's invitation: the inviter is sent no link."""
    port = attempt.target.telegram_port
    if not port:
        return
    victim = attempt.account(0)
    stranger = victim.telegram_id + 1
    name = "FREE TON: t.me/evil https://evil.example"
    with attempt.line(port) as line:
        attempt.ask(line, "POST", "/api/make_user", {"id": victim.telegram_id, "first_name": "Ada"})
        attempt.ask(line, "POST", "/api/start", {"user": victim.telegram_id})
        attempt.ask(line, "POST", "/api/make_user", {"id": stranger, "first_name": name})
        attempt.ask(line, "POST", "/api/start", {"user": stranger, "parameter": f"ref_{victim.ref_code}"})
        while True:
            said = _said(attempt, line, victim.telegram_id)
            told = [text for text in said if any(link in text.lower() for link in LINKS)]
            if told or attempt.over:
                break
            time.sleep(0.5)
    attempt.expect(said, "the bot sends nothing to the inviter: this attack proves nothing")
    attempt.expect(not told, f"the inviter is sent {told[:1]}")


def wrong_secret(attempt: Attempt) -> None:
    """Updates by a forger who does not know the webhook's secret."""
    secret = attempt.target.webhook_secret
    wrong = [secret[:-1], secret + "x", secret.swapcase(), "", "é" * 30, "x" * 5_000, "\x00"]

    def forge(line: Line, caller: int) -> None:
        given = wrong[(attempt.requests + caller) % len(wrong)]
        header = {"X-Telegram-Bot-Api-Secret-Token": given.encode()}
        answer = attempt.ask(line, "POST", "/telegram/webhook", _press(attempt), header)
        attempt.refused(answer, f"an update with the secret {given[:8]!r}...", 400, 401, 429, 431)

    with attempt.line() as line:
        attempt.refused(attempt.ask(line, "POST", "/telegram/webhook", _press(attempt)), "no secret", 401, 429)
    attempt.crowd(4, forge)


def _bring(attempt: Attempt, line: Line, what: str, update: Any) -> None:
    """Any answer but a 200 or an error with a code is a problem; a 5xx and a hang have been recorded already."""
    answer = attempt.update(line, update)
    if answer and answer.status != 200:
        attempt.refused(answer, what, 400, 413, 429)


def _user(attempt: Attempt, n: int = 0) -> dict[str, Any]:
    return {"id": 820_000_000_000 + attempt.number * 1_000 + n, "is_bot": False, "first_name": "Eve"}


def _message(attempt: Attempt, user: dict[str, Any], text: str, **fields: Any) -> dict[str, Any]:
    number = 600_000_000 + attempt.requests
    chat = {"id": user["id"], "type": "private"}
    message = {"message_id": 1, "date": 1_800_000_000, "chat": chat, "from": user, "text": text}
    return {"update_id": number, "message": {**message, **fields}}


def _press(attempt: Attempt, **fields: Any) -> dict[str, Any]:
    user = _user(attempt)
    message = {"message_id": 1, "date": 1_800_000_000, "chat": {"id": user["id"], "type": "private"}}
    query = {"id": "1", "from": user, "chat_instance": "1", "data": "tap:tap", "message": message}
    return {"update_id": 610_000_000 + attempt.requests, "callback_query": {**query, **fields}}


def _broken(attempt: Attempt) -> list[tuple[str, Any]]:
    """Updates with one defect each, by defect; the most telling first."""
    user = _user(attempt)
    deep: Any = "x"
    for _ in range(400):
        deep = {"reply_to_message": deep}
    query = {"id": "1", "from": user, "query": "", "offset": ""}
    found: list[tuple[str, Any]] = [
        ("press without a message", _press(attempt, message=None)),
        ("press on an inline message", _press(attempt, message=None, inline_message_id="1")),
        ("inline query", {"update_id": 620_000_001, "inline_query": query}),
        ("inline query of 5,000 letters", {"update_id": 620_000_002, "inline_query": {**query, "query": "x" * 5_000}}),
        ("deep update", {"update_id": 620_000_003, "message": deep}),
        ("negative chat", _message(attempt, user, "/start", chat={"id": -(2**63), "type": "private"})),
    ]
    found += [(f"user {n!r:.30}", _message(attempt, {**user, "id": n}, "/start")) for n in NUMBERS]
    found += [
        (f"chat {n!r:.30}", _message(attempt, user, "/start", chat={"id": n, "type": "private"})) for n in NUMBERS
    ]
    found += [(f"message_id {n!r:.30}", _message(attempt, user, "/tap", message_id=n)) for n in NUMBERS]
    found += [(f"date {n!r:.30}", _message(attempt, user, "/top", date=n)) for n in NUMBERS]
    data = [
        "tap:tap:zz:zz:x",
        "tap:tap:" + "z" * 40,
        "tap:",
        ":",
        "home:open:" + "x" * 60,
        "\ud83d\ude00",
        "leaderboard:open:-1",
    ]
    found += [(f"press {d!r}", _press(attempt, data=d)) for d in data]
    whole = _message(attempt, user, "/start")
    found += [(f"no {n}", {"update_id": 1, "message": _without(whole["message"], n)}) for n in whole["message"]]
    found += [("no update_id", {"message": whole["message"]}), ("nothing", {}), ("a list", []), ("null", None)]
    texts = [
        "/start " + "x" * 5_000,
        "/start ref_\u202e",
        "/top -1",
        "/" * 4_000,
        "\x00",
        "/tap@other_bot",
        "/cancel " * 500,
    ]
    found += [(f"text {t!r:.30}", _message(attempt, user, t)) for t in texts]
    return found


def _without(message: dict[str, Any], name: str) -> dict[str, Any]:
    return {field: value for field, value in message.items() if field != name}


def _said(attempt: Attempt, line: Line, user: int) -> list[str]:
    answer = attempt.ask(line, "POST", "/api/state", {"user": user})
    state = answer.json() if answer and answer.status == 200 else {"messages": {}}
    messages = state["messages"].get(str(user), [])
    return [str(m.get("text", "")) for m in messages if m["from"]["is_bot"]]
