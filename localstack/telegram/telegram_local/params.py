"""The parameters of a call, however they were sent: query, form, multipart or JSON.

Telegram takes every parameter as text and parses what it needs; JSON bodies carry the same values natively.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from .errors import ApiError, BadRequest


@dataclass(frozen=True)
class Upload:
    """A file of a multipart body."""

    name: str
    content_type: str
    data: bytes


def parse_call(query: bytes, content_type: str, body: bytes) -> dict[str, Any]:
    """All parameters by name. Raises ApiError for a body that is not what it says."""
    values: dict[str, Any] = dict(parse_qsl(query.decode("utf-8", "replace"), keep_blank_values=True))
    kind = content_type.split(";", 1)[0].strip().lower()
    if not body:
        return values
    if kind == "application/json":
        try:
            decoded = msgspec.json.decode(body)
        except msgspec.DecodeError:
            raise BadRequest("can't parse JSON object") from None
        if not isinstance(decoded, dict):
            raise BadRequest("object expected")
        return values | decoded
    if kind == "multipart/form-data":
        return values | _multipart(content_type, body)
    return values | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def _multipart(content_type: str, body: bytes) -> dict[str, Any]:
    marker = content_type.partition("boundary=")[2].split(";", 1)[0].strip().strip('"')
    if not marker:
        raise ApiError(400, "Bad Request: boundary of the multipart body is missing")
    values: dict[str, Any] = {}
    for part in body.split(b"--" + marker.encode())[1:-1]:
        head, _, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        data = data.removesuffix(b"\r\n")
        names: dict[str, str] = {}
        kind = "text/plain"
        for line in head.decode("utf-8", "replace").split("\r\n"):
            key, _, value = line.partition(":")
            if key.lower() == "content-disposition":
                for item in value.split(";")[1:]:
                    label, _, quoted = item.strip().partition("=")
                    names[label] = quoted.strip('"')
            elif key.lower() == "content-type":
                kind = value.strip()
        upload = Upload(names.get("filename", ""), kind, data)
        values[names.get("name", "")] = upload if "filename" in names else data.decode("utf-8", "replace")
    return values


class Params:
    """Typed access to a call's parameters; what is absent has a default."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self.answer = False
        """Whether the call came in a webhook's response."""

    def __contains__(self, name: str) -> bool:
        value = self.values.get(name)
        return value is not None and value != ""

    def text(self, name: str, default: str = "") -> str:
        """A parameter as text."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, dict | list):
            return msgspec.json.encode(value).decode()
        return value if isinstance(value, str) else str(value)

    def required(self, name: str) -> str:
        """A parameter that must be there."""
        text = self.text(name)
        if not text:
            raise BadRequest(f'parameter "{name}" is required')
        return text

    def integer(self, name: str, default: int = 0) -> int:
        """A number; what is none counts as the default, as with Telegram."""
        try:
            return int(self.text(name) or default)
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        """A Boolean, in any of Telegram's spellings."""
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def json(self, name: str, what: str = "") -> Any:
        """A JSON value, sent natively or as text; None where absent. `what` names it in the error."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return msgspec.json.decode(value)
        except msgspec.DecodeError:
            raise BadRequest(f"can't parse {what or name} JSON object") from None
