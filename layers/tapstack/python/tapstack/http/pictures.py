"""A function whose answers may be pictures."""

from __future__ import annotations

from typing import Any

from tapstack.http.app import App


class PictureApp(App):
    """An app whose views answer pictures as base64 text, with a Content-Type of theirs.

    Chalice's own binary types refuse who does not ask for them by an Accept header: Telegram asks for anything.
    """

    def __call__(self, event: dict[str, Any], context: Any) -> Any:
        answer = super().__call__(event, context)
        if str(answer["headers"].get("Content-Type", "")).startswith("image/"):
            answer["isBase64Encoded"] = True
        return answer
