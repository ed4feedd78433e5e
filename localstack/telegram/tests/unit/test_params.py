import pytest

from telegram_local.errors import BadRequest
from telegram_local.params import Params, Upload, parse_call


def test_query_form_and_json_mean_the_same() -> None:
    wanted = [42, "héllo&", True, {"a": [1]}]
    form = b"chat_id=42&text=h%C3%A9llo%26&flag=true&value=%7B%22a%22%3A%5B1%5D%7D"
    json = '{"chat_id": 42, "text": "héllo&", "flag": true, "value": {"a": [1]}}'.encode()
    for values in (
        parse_call(form.decode(), "", b""),
        parse_call("", "application/x-www-form-urlencoded", form),
        parse_call("", "application/json; charset=utf-8", json),
    ):
        params = Params(values)
        got = [params.integer("chat_id"), params.text("text"), params.flag("flag"), params.json("value")]
        assert got == wanted


def test_multipart_gives_fields_and_files() -> None:
    body = (
        b'--xx\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n42\r\n'
        b'--xx\r\nContent-Disposition: form-data; name="photo"; filename="a.png"\r\n'
        b"Content-Type: image/png\r\n\r\n\x89PNG\r\n\x00\r\n--xx--\r\n"
    )
    values = parse_call("", "multipart/form-data; boundary=xx", body)
    assert values == {"chat_id": "42", "photo": Upload("a.png", "image/png", b"\x89PNG\r\n\x00")}


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff"])
def test_json_that_is_none_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        parse_call("", "application/json", body)


def test_multipart_file_may_contain_the_boundary() -> None:
    """Only a boundary at the beginning of a line delimits parts (RFC 2046, 5.1.1)."""
    data = b"a --xx b\r\n --xx--\r\n"
    body = b'--xx\r\nContent-Disposition: form-data; name="f"; filename="a;b.bin"\r\n\r\n' + data + b"\r\n--xx--\r\n"
    values = parse_call("", 'multipart/form-data; boundary="xx"', body)
    assert values == {"f": Upload("a;b.bin", "text/plain", data)}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"--xx--\r\n"),
        ("multipart/form-data; boundary=xx", b"no part"),
        ("multipart/form-data; boundary=xx", b"--xx\r\nContent-Disposition: form-data\r\n\r\n1\r\n--xx--\r\n"),
    ],
)
def test_malformed_multipart_is_refused(content_type: str, body: bytes) -> None:
    with pytest.raises(BadRequest, match="can't parse multipart body"):
        parse_call("", content_type, body)
