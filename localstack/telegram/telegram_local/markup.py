"""Keyboards: what a bot may attach to a message, checked as Telegram checks it."""

from typing import Any
from urllib.parse import urlsplit

from .errors import BadRequest
from .state import Json

BUTTONS_MAX = 100
ROW_MAX = 8
CALLBACK_DATA_BYTES = 64
PLACEHOLDER_MAX = 64
COPY_TEXT_MAX = 256
_KINDS = (
    "url login_url callback_data web_app switch_inline_query switch_inline_query_current_chat "
    "switch_inline_query_chosen_chat copy_text pay callback_game"
).split()


def check_markup(value: Any, *, private: bool, inline_only: bool = False) -> Json | None:
    """The markup to store, or None. Raises BadRequest in Telegram's words."""
    if value is None:
        return None
    if not isinstance(value, dict):
        raise BadRequest("object expected as reply markup")
    if "inline_keyboard" in value:
        return _inline(value["inline_keyboard"], private=private)
    if inline_only:
        if value:
            raise BadRequest("inline keyboard expected")
        return None
    if "keyboard" in value:
        return _reply(value, private=private)
    if value.get("remove_keyboard"):
        return {"remove_keyboard": True, "selective": bool(value.get("selective"))}
    if value.get("force_reply"):
        kept = {"force_reply": True, "selective": bool(value.get("selective"))}
        return kept | _placeholder(value)
    return None


def check_inline_markup(value: Any, *, private: bool) -> Json | None:
    """The markup of an edited message or an inline result: only an inline keyboard will do."""
    return check_markup(value, private=private, inline_only=True)


def _inline(rows: Any, *, private: bool) -> Json | None:
    if not isinstance(rows, list) or any(not isinstance(row, list) for row in rows):
        raise BadRequest('field "inline_keyboard" must be of type Array of Arrays')
    kept = [[_inline_button(button, private=private) for button in row] for row in rows]
    # Telegram moves what does not fit into a row to the next one.
    split = [row[start : start + ROW_MAX] for row in kept for start in range(0, len(row), ROW_MAX)]
    if sum(map(len, split)) > BUTTONS_MAX:
        raise BadRequest("reply markup is too long")
    return {"inline_keyboard": split} if split else None


def _inline_button(button: Any, *, private: bool) -> Json:
    if not isinstance(button, dict):
        raise BadRequest("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        problem = 'can\'t find field "text"' if text is None else 'field "text" must be of type String'
        raise BadRequest(f"can't parse inline keyboard button: {problem[0].upper()}{problem[1:]}")
    if not text.strip():
        raise BadRequest("inline keyboard button text must be non-empty")
    kinds = [kind for kind in _KINDS if button.get(kind) is not None]
    if not kinds:
        raise BadRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    kind = kinds[0]
    value = button[kind]
    _check_button(kind, value, private=private)
    return {"text": text, kind: value}


def _check_button(kind: str, value: Any, *, private: bool) -> None:
    if kind == "callback_data":
        if not isinstance(value, str):
            raise BadRequest('can\'t parse inline keyboard button: Field "callback_data" must be of type String')
        if not 1 <= len(value.encode()) <= CALLBACK_DATA_BYTES:
            raise BadRequest("BUTTON_DATA_INVALID")
    elif kind == "url":
        parts = urlsplit(value if "://" in str(value) else f"http://{value}")
        if parts.scheme not in ("http", "https", "tg", "ton") or not parts.netloc:
            raise BadRequest("BUTTON_URL_INVALID")
    elif kind == "web_app":
        _check_web_app(value, private=private, what="inline keyboard")
    elif kind == "copy_text":
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or not 1 <= len(text) <= COPY_TEXT_MAX:
            raise BadRequest("BUTTON_COPY_TEXT_INVALID")
    elif kind.startswith("switch_inline_query") and kind.endswith("query") and not isinstance(value, str):
        raise BadRequest(f'can\'t parse inline keyboard button: Field "{kind}" must be of type String')


def _check_web_app(value: Any, *, private: bool, what: str) -> None:
    """A Mini App opens from a button in private chats only; here its address may also be http."""
    if not isinstance(value, dict):
        raise BadRequest(f'can\'t parse {what} button: Field "web_app" must be of type Object')
    url = str(value.get("url", ""))
    if urlsplit(url).scheme not in ("https", "http") or not urlsplit(url).netloc:
        raise BadRequest(f"{what} button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    if not private:
        raise BadRequest("BUTTON_TYPE_INVALID")


def _reply(value: Json, *, private: bool) -> Json | None:
    rows = value["keyboard"]
    if not isinstance(rows, list) or any(not isinstance(row, list) for row in rows):
        raise BadRequest('field "keyboard" must be of type Array of Arrays')
    kept: list[list[Json]] = []
    for row in rows:
        buttons: list[Json] = []
        for button in row:
            shown = {"text": button} if isinstance(button, str) else button
            if not isinstance(shown, dict) or not isinstance(shown.get("text"), str):
                raise BadRequest("can't parse keyboard button: KeyboardButton must be a String or an Object")
            if shown.get("web_app") is not None:
                _check_web_app(shown["web_app"], private=private, what="keyboard")
            buttons.append(shown)
        if buttons:
            kept.append(buttons)
    if not kept:
        return None
    options = ("resize_keyboard", "one_time_keyboard", "is_persistent", "selective")
    return {"keyboard": kept} | {name: bool(value.get(name)) for name in options} | _placeholder(value)


def _placeholder(value: Json) -> Json:
    text = value.get("input_field_placeholder")
    if not text:
        return {}
    if not isinstance(text, str) or len(text) > PLACEHOLDER_MAX:
        raise BadRequest("input field placeholder is too long")
    return {"input_field_placeholder": text}
