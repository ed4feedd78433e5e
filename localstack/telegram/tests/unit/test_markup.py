from typing import Any

import pytest

from telegram_local.errors import BadRequest
from telegram_local.markup import check_inline_markup, check_markup


def _inline(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


def _callback(data: str, text: str = "x") -> dict[str, Any]:
    return {"text": text, "callback_data": data}


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        (_inline(_callback("x" * 65)), "BUTTON_DATA_INVALID"),
        (_inline(_callback("я" * 33)), "BUTTON_DATA_INVALID"),
        (_inline(_callback("")), "BUTTON_DATA_INVALID"),
        (_inline({"text": "x", "url": "ftp://a"}), "BUTTON_URL_INVALID"),
        (
            _inline({"text": "x"}),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            _inline({"callback_data": "x"}),
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            _inline({"text": "x", "web_app": "https://a.b"}),
            'can\'t parse inline keyboard button: Field "web_app" must be of type Object',
        ),
        ({"inline_keyboard": [[_callback("x")]] * 101}, "reply markup is too long"),
        ({"force_reply": True, "input_field_placeholder": "x" * 65}, "input field placeholder is too long"),
        ([], "object expected as reply markup"),
    ],
)
def test_wrong_markup_is_refused(markup: Any, error: str) -> None:
    with pytest.raises(BadRequest) as refused:
        check_markup(markup, private=True)
    assert refused.value.description == f"Bad Request: {error}"


def test_mini_app_button_works_in_private_chats_only() -> None:
    markup = _inline({"text": "Play", "web_app": {"url": "https://example.org/"}})
    assert check_markup(markup, private=True) == markup
    with pytest.raises(BadRequest, match="BUTTON_TYPE_INVALID"):
        check_markup(markup, private=False)


def test_a_hundred_buttons_of_64_bytes_are_kept_in_rows_of_eight() -> None:
    kept = check_markup({"inline_keyboard": [[_callback("x" * 64)] * 100]}, private=True)
    assert kept and [len(row) for row in kept["inline_keyboard"]] == [8] * 12 + [4]


def test_edited_message_takes_an_inline_keyboard_only() -> None:
    with pytest.raises(BadRequest, match="inline keyboard expected"):
        check_inline_markup({"force_reply": True}, private=True)


def test_reply_keyboard_and_force_reply_keep_what_is_shown() -> None:
    kept = check_markup({"keyboard": [["a", {"text": "b"}], []], "resize_keyboard": True}, private=True)
    assert kept and kept["keyboard"] == [[{"text": "a"}, {"text": "b"}]] and kept["resize_keyboard"]
    force = {"force_reply": True, "input_field_placeholder": "username"}
    kept = check_markup(force, private=True)
    assert kept == force | {"selective": False}
