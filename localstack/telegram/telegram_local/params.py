"""The parameters of a call, however they were sent: query, form, multipart or JSON.

Telegram takes every parameter as text and parses what it needs; JSON bodies carry the same values natively.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field, File, create_form_parser

from .errors import BadRequest


@dataclass(frozen=True)
class Upload:
    """A file of a multipart body."""

    name: str
    content_type: str
    data: bytes


def parse_call(query: str, content_type: str, body: bytes) -> dict[str, Any]:
    """All parameters by name. Raises BadRequest for a malformed body."""
    values: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
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
    values: dict[str, Any] = {}

    def add_field(field: Field) -> None:
        values[_text(field.field_name)] = _text(field.value)

    def add_file(file: File) -> None:
        file.file_object.seek(0)
        data = file.file_object.read()
        values[_text(file.field_name)] = Upload(_text(file.file_name), file.content_type or "text/plain", data)

    headers = {"Content-Type": content_type.encode("latin-1")}
    try:
        parser = create_form_parser(headers, add_field, add_file, config={"MAX_MEMORY_FILE_SIZE": len(body)})
        parser.write(body)
        parser.finalize()
    except FormParserError as error:
        raise BadRequest(f"can't parse multipart body: {error}") from None
    return values


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace")


class Params:
    """Typed access to a call's parameters, with defaults for absent ones."""

    def __init__(self, values: dict[str, Any], *, from_webhook: bool = False) -> None:
        self.values = values
        self.from_webhook = from_webhook
        """Whether the call was returned by a webhook."""

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
        """A required parameter, as text."""
        text = self.text(name)
        if not text:
            raise BadRequest(f'parameter "{name}" is required')
        return text

    def integer(self, name: str, default: int = 0) -> int:
        """A number; as in Telegram, anything else counts as the default."""
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
