"""People who talk to the bot over stores in memory, in private or in a group."""

from __future__ import annotations

import itertools
from typing import Any

from support.calls import OPERATION, send
from support.fakes.ports import MemoryGame

_ids = itertools.count(1)

MARKUP = "reply_markup"


class Talker:
    """Somebody of Telegram's; `shown` is what their private chat shows, `calls` all that the bot has answered."""

    def __init__(self, game: MemoryGame, user_id: int, language: str = "en") -> None:
        self.game, self.user_id = game, user_id
        self.sender = {"id": user_id, "is_bot": False, "first_name": f"P{user_id}", "language_code": language}
        self.shown: dict[str, Any] = {}
        self.toast = ""

    def say(self, text: str, group: int = 0) -> dict[str, Any]:
        """Writes; what the bot answers, or shows in the private chat."""
        answer = self._update({"message": {**self._message(group), "text": text}})
        return answer if group else self._see(answer)

    def press(self, label: str, message: dict[str, Any] | None = None) -> dict[str, Any]:
        """Presses a button of the screen, or of a group's message, by a part of what is on it."""
        where = message or self.shown
        found = [one for row in where[MARKUP]["inline_keyboard"] for one in row if label in one["text"]]
        assert found, f"no button {label!r}: {buttons(where)}"
        return self.send(found[0]["callback_data"], where.get("chat_id", 0) if message else 0, where[MARKUP])

    def send(self, data: str, group: int = 0, markup: dict[str, Any] | None = None) -> dict[str, Any]:
        """Sends a button's data, whether it is there or not; what the bot answers, or shows in the private chat."""
        shown = self._message(group) | ({MARKUP: markup} if markup else {})
        query = {"id": "1", "from": self.sender, "chat_instance": "1", "data": data, "message": shown}
        answer = self._update({"callback_query": query})
        self.toast = answer.get("text", "") if answer.get("method") == "answerCallbackQuery" else ""
        return answer if group else self._see(answer)

    def _message(self, group: int) -> dict[str, Any]:
        chat = {"id": group, "type": "supergroup", "title": "g"} if group else {"id": self.user_id, "type": "private"}
        return {"message_id": 7, "date": 1_800_000_000, "chat": chat, "from": self.sender}

    def _update(self, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.game.stores.settings.telegram.webhook_secret}
        answer = send(self.game, OPERATION["telegramUpdate"], {"update_id": next(_ids), **body}, headers)
        assert answer.status == 200, answer
        return dict(answer.body)

    def _see(self, answer: dict[str, Any]) -> dict[str, Any]:
        is_edit = answer.get("method") == "editMessageText"
        self.shown = answer if is_edit else self.game.stores.outbox.calls.get(f"s:{self.user_id}", answer)
        check(self.shown)
        return self.shown


def buttons(call: dict[str, Any]) -> list[str]:
    """What is on the buttons of a message."""
    return [one["text"] for row in call.get(MARKUP, {}).get("inline_keyboard", []) for one in row]


def check(call: dict[str, Any]) -> None:
    """Telegram's limits: https://core.telegram.org/bots/api#inlinekeyboardbutton."""
    rows = call.get(MARKUP, {}).get("inline_keyboard", [])
    assert len(call.get("text", "")) <= 4_096
    assert all(len(row) <= 8 for row in rows)
    assert sum(map(len, rows)) <= 100
    assert all(1 <= len(one.get("callback_data", "x").encode()) <= 64 for row in rows for one in row)
