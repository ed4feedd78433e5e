"""API Gateway's event and answer format, on WSGI requests as the server makes them."""

import base64
import io
from typing import Any

import pytest
from tapstack_local.gateway.proxy import BadAnswer, EventMaker, answer, of_environ
from tapstack_local.template.model import Api, Route

API = Api(id="api", stage="prod", variables={"v": "1"}, routes=[], mocks=[], headers_4xx={}, headers_5xx={})
ROUTE = Route(method="POST", path="/players/{id}", function="F")


def environ(**changes: Any) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/players/7",
        "QUERY_STRING": "",
        "REMOTE_ADDR": "127.0.0.9",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_PORT": "8080",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(b""),
        "PATH": "/bin",
        "CONTENT_TYPE": "application/json",
        "HTTP_HOST": "game.test",
        "HTTP_X_TELEGRAM_BOT_API_SECRET_TOKEN": "s",
        "HTTP_USER_AGENT": "test",
        **changes,
    }


def event(body: bytes = b"", **changes: Any) -> dict[str, Any]:
    return EventMaker(API, "000000000000").event(of_environ(environ(**changes)), ROUTE, {"id": "7"}, body, "request-1")


def test_event_has_every_field_of_the_rest_format() -> None:
    made = event(b'{"a":1}')
    assert made["resource"] == "/players/{id}"
    assert made["path"] == "/players/7"
    assert made["httpMethod"] == "POST"
    assert made["pathParameters"] == {"id": "7"}
    assert made["stageVariables"] == {"v": "1"}
    assert made["body"] == '{"a":1}'
    assert made["isBase64Encoded"] is False
    assert made["queryStringParameters"] is None
    assert made["multiValueQueryStringParameters"] is None
    context = made["requestContext"]
    assert context["resourcePath"] == "/players/{id}"
    assert context["stage"] == "prod"
    assert context["requestId"] == "request-1"
    assert context["accountId"] == "000000000000"
    assert context["identity"]["sourceIp"] == "127.0.0.9"
    assert context["identity"]["userAgent"] == "test"


def is_part(part: Any, whole: Any) -> bool:
    """Whether all that an object says another says, too."""
    if not isinstance(part, dict):
        return bool(part == whole)
    return part.keys() <= whole.keys() and all(is_part(value, whole[name]) for name, value in part.items())


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        (b'{"a":1}', {}),
        (b"", {"QUERY_STRING": "a=1&b=%26&a=2"}),
        (b"\xff\xfe", {"HTTP_X_FORWARDED_FOR": "10.0.0.1", "HTTP_X_FORWARDED_PROTO": "https"}),
    ],
)
def test_event_of_an_entry_says_what_the_handler_s_says(body: bytes, changes: dict[str, str]) -> None:
    request = of_environ(environ(**changes))
    made = EventMaker(API, "000000000000").entry_event(request, ROUTE, {"id": "7"}, body, "request-1")
    whole = event(body, **changes)
    whole["headers"] = {name.lower(): value for name, value in whole["headers"].items()}
    assert made["headers"] == whole["headers"]
    assert is_part(made, whole)
    assert set(whole) - set(made) == {"multiValueHeaders", "multiValueQueryStringParameters", "stageVariables"}


def test_headers_are_the_clients_and_not_the_environment() -> None:
    headers = event()["headers"]
    assert headers["X-Telegram-Bot-Api-Secret-Token"] == "s"
    assert headers["Content-Type"] == "application/json"
    assert "Path" not in headers
    assert headers["X-Forwarded-For"] == "127.0.0.9"
    assert event()["multiValueHeaders"]["Host"] == ["game.test"]
    assert event(HTTP_X_FORWARDED_FOR="1.2.3.4")["headers"]["X-Forwarded-For"] == "1.2.3.4, 127.0.0.9"


def test_query_keeps_blanks_decodes_and_gives_the_last_of_several() -> None:
    made = event(QUERY_STRING="a=1&a=2&b=&c=%C3%A9+x")
    assert made["queryStringParameters"] == {"a": "2", "b": "", "c": "é x"}
    assert made["multiValueQueryStringParameters"]["a"] == ["1", "2"]


def test_body_is_null_text_or_base64() -> None:
    assert event()["body"] is None
    assert event("é".encode())["body"] == "é"
    binary = event(b"\xff\x00")
    assert (binary["body"], binary["isBase64Encoded"]) == (base64.b64encode(b"\xff\x00").decode(), True)


def test_answer_takes_both_kinds_of_headers_and_the_multiple_win() -> None:
    status, headers, body = answer(
        {
            "statusCode": "201",
            "headers": {"X-A": 1, "Set-Cookie": "lost", "Content-Type": "text/plain"},
            "multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"]},
            "body": "é",
        }
    )
    assert (status, body) == (201, "é".encode())
    assert sorted(headers) == [
        ("Content-Type", "text/plain"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
        ("X-A", "1"),
    ]


def test_answer_defaults_and_base64() -> None:
    assert answer({"statusCode": 204}) == (204, [("Content-Type", "application/json")], b"")
    encoded = {"statusCode": 200, "body": base64.b64encode(b"\xff").decode(), "isBase64Encoded": True}
    assert answer(encoded)[2] == b"\xff"


@pytest.mark.parametrize(
    "result",
    [
        None, "text", [], {}, {"statusCode": None}, {"statusCode": "x"}, {"statusCode": 99},
        {"statusCode": True, "body": ""}, {"statusCode": 200, "body": {"a": 1}}, {"statusCode": 200, "body": b"x"},
        {"statusCode": 200, "headers": ["A"]}, {"statusCode": 200, "headers": {"A": "b\r\nC: d"}},
        {"statusCode": 200, "multiValueHeaders": {"A": "b"}},
        {"statusCode": 200, "body": "!", "isBase64Encoded": True}, {"statusCode": 200, "headers": {1: "a"}},
    ],
)  # fmt: skip
def test_a_malformed_answer_is_refused(result: object) -> None:
    with pytest.raises(BadAnswer):
        answer(result)
