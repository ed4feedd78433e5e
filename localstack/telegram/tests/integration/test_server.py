"""What HTTP requests get that no client of Telegram sends, and how parameters may be sent."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from telegram_local.server import BODY_MAX
from telegram_local.testing import LocalTelegram, Person


@pytest.fixture(scope="module")
def telegram() -> Iterator[LocalTelegram]:
    with LocalTelegram() as server:
        yield server


@pytest.fixture
def ada(telegram: LocalTelegram) -> Person:
    ada = telegram.user()
    ada.start()
    return ada


def _refused(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["x-content-type-options"] == "nosniff"
    body = answer.json()
    assert body["ok"] is False and body["error_code"] == answer.status_code
    return answer.status_code, body["description"]


def test_unknown_addresses_and_methods_are_refused_in_json(telegram: LocalTelegram) -> None:
    assert _refused(telegram.http.get("/nothing")) == (404, "Not Found")
    assert _refused(telegram.http.post("/api/none", json={})) == (404, "Not Found")
    assert _refused(telegram.http.get("/api/users")) == (405, "Method Not Allowed")
    assert _refused(telegram.http.get("/stats/reset")) == (405, "Method Not Allowed")
    assert telegram.http.get("/static/js/none.js").status_code == 404


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"id": "x"}', b"\xff"])
def test_malformed_action_is_a_bad_request(telegram: LocalTelegram, body: bytes) -> None:
    answer = telegram.http.post("/api/make_user", content=body, headers={"Content-Type": "application/json"})
    status, description = _refused(answer)
    assert status == 400 and description.startswith("Bad Request: wrong request")


def test_malformed_wait_is_a_bad_request(telegram: LocalTelegram) -> None:
    assert _refused(telegram.http.get("/api/wait?user=x"))[0] == 400


def test_body_that_is_too_large_is_refused(telegram: LocalTelegram) -> None:
    answer = telegram.http.post(f"/bot{telegram.token}/sendMessage", content=b"x" * (BODY_MAX + 1))
    assert _refused(answer) == (413, "Request Entity Too Large")


def test_parameters_may_come_by_query_form_multipart_and_json(telegram: LocalTelegram, ada: Person) -> None:
    url, text = f"/bot{telegram.token}/sendChatAction", {"chat_id": str(ada.id), "action": "typing"}
    for answer in (
        telegram.http.get(url, params=text),
        telegram.http.post(url, data=text),
        telegram.http.post(url, data=text, files={"ignored": b""}),
        telegram.http.post(url.replace("sendChatAction", "SENDCHATACTION"), json=text),
    ):
        assert answer.json() == {"ok": True, "result": True}


def test_photo_of_several_megabytes_is_served_to_the_page(telegram: LocalTelegram, ada: Person) -> None:
    photo = b"\x89PNG\r\n--" + bytes(range(256)) * 8_192
    upload = {"photo": ("a.png", photo, "image/png")}
    sent = telegram.http.post(f"/bot{telegram.token}/sendPhoto", data={"chat_id": str(ada.id)}, files=upload).json()
    file_id = sent["result"]["photo"][0]["file_id"]
    shown = telegram.http.get(f"/api/files/{file_id}")
    assert shown.content == photo and shown.headers["content-type"] == "image/png"
    assert telegram.http.get("/api/files/none").status_code == 404
