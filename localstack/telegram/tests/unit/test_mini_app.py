"""Launches of the Mini App and its CloudStorage."""

from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from telegram_local import mini_app
from telegram_local.errors import BadRequest
from telegram_local.signing import hash_of
from telegram_local.testing import InMemoryTelegram


@pytest.fixture
def at() -> InMemoryTelegram:
    setting = InMemoryTelegram()
    button = {"type": "web_app", "text": "Play", "web_app": {"url": "https://example.org/app/"}}
    setting.ok("setChatMenuButton", menu_button=button)
    return setting


def _launch(at: InMemoryTelegram, **given: str) -> tuple[str, dict[str, str], dict[str, str]]:
    """Address without fragment, launch parameters, initData."""
    url = mini_app.launch(at.core, at.ada, at.chat, dict(given))["url"]
    parts = urlsplit(url)
    launch = dict(parse_qsl(parts.fragment, keep_blank_values=True))
    return parts._replace(fragment="").geturl(), launch, dict(parse_qsl(launch["tgWebAppData"]))


def test_deep_link_carries_its_start_parameter_signed(at: InMemoryTelegram) -> None:
    address, launch, data = _launch(at, kind="main", start_param="ref_abc")
    assert address == "https://example.org/app/?tgWebAppStartParam=ref_abc"
    assert launch["tgWebAppStartParam"] == data["start_param"] == "ref_abc"
    assert (launch["tgWebAppPlatform"], launch["tgWebAppVersion"]) == ("weba", "9.1")
    assert data["hash"] == hash_of(at.core.settings.token, data)
    assert data["auth_date"] == str(int(at.clock.now())) and "query_id" not in data


def test_button_and_menu_give_a_query_that_can_be_answered(at: InMemoryTelegram) -> None:
    for kind in ("button", "menu"):
        _, _, data = _launch(at, kind=kind, url="https://example.org/x?y=1")
        result = {
            "type": "article",
            "id": "1",
            "title": "t",
            "input_message_content": {"message_text": "42"},
        }
        sent = at.ok("answerWebAppQuery", web_app_query_id=data["query_id"], result=result)
        assert sent["inline_message_id"]
        assert at.refused("answerWebAppQuery", web_app_query_id=data["query_id"], result=result) == (
            "Bad Request: QUERY_ID_INVALID"
        )


@pytest.mark.parametrize("kind", ["keyboard", "inline_mode"])
def test_keyboard_and_inline_mode_know_no_user(at: InMemoryTelegram, kind: str) -> None:
    _, launch, data = _launch(at, kind=kind)
    assert launch["tgWebAppData"] == "" and data == {}


def test_query_and_fragment_of_the_address_are_kept(at: InMemoryTelegram) -> None:
    launched = mini_app.launch(
        at.core, at.ada, at.chat, {"kind": "main", "url": "https://a.b/x?y=1#z=2", "start_param": "s"}
    )
    parts = urlsplit(launched["url"])
    assert parse_qs(parts.query) == {"y": ["1"], "tgWebAppStartParam": ["s"]}
    assert parts.fragment.startswith("z=2&tgWebAppData=")


def test_start_parameter_with_other_characters_is_refused(at: InMemoryTelegram) -> None:
    with pytest.raises(BadRequest, match="START_PARAM_INVALID"):
        mini_app.launch(at.core, at.ada, at.chat, {"kind": "main", "start_param": "a b"})


def test_cloud_storage_keeps_1024_keys_of_4096_characters(at: InMemoryTelegram) -> None:
    def call(name: str, **params: object) -> object:
        return mini_app.custom_method(at.core, at.ada, name, params)

    assert call("saveStorageValue", key="taps", value="x" * 4096) is True
    for key, value, error in (("a b", "1", "KEY_INVALID"), ("k", "x" * 4097, "VALUE_INVALID")):
        with pytest.raises(BadRequest, match=error):
            call("saveStorageValue", key=key, value=value)
    for number in range(1023):
        call("saveStorageValue", key=f"k{number}", value="")
    with pytest.raises(BadRequest, match="QUOTA_EXCEEDED"):
        call("saveStorageValue", key="one_more", value="")
    assert call("getStorageValues", keys=["taps", "none"]) == {"taps": "x" * 4096, "none": ""}
    assert call("deleteStorageValues", keys=["taps"]) is True
    assert len(at.ada.storage) == 1023


def test_prepared_message_expires_after_a_day(at: InMemoryTelegram) -> None:
    result = {"type": "article", "id": "1", "title": "t", "input_message_content": {"message_text": "42"}}
    saved = at.ok("savePreparedInlineMessage", user_id=1, result=result, allow_bot_chats=True)
    at.clock.advance(24 * 3600)
    assert mini_app.send_prepared(at.core, at.ada, at.chat, saved["id"])["text"] == "42"
    at.clock.advance(1)
    with pytest.raises(BadRequest, match="MESSAGE_EXPIRED"):
        mini_app.send_prepared(at.core, at.ada, at.chat, saved["id"])
