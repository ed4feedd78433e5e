"""Inline results, which a user picks from the list above the input and sends."""

from typing import Any

from .entities import format_text
from .errors import BadRequest
from .markup import check_inline_markup
from .params import Params
from .state import Json

CAPTION_MAX = 1024


def check_result(value: Any) -> Json:
    """A result with its message prepared: articles, and results that carry a message. Raises BadRequest."""
    if not isinstance(value, dict):
        raise BadRequest("can't parse inline query result: InlineQueryResult must be an Object")
    id_, kind = str(value.get("id", "")), str(value.get("type", ""))
    if not kind:
        raise BadRequest("can't parse inline query result: Can't find field \"type\"")
    if not 1 <= len(id_.encode()) <= 64:
        raise BadRequest("RESULT_ID_INVALID")
    content = value.get("input_message_content")
    if kind == "article" and not value.get("title"):
        raise BadRequest("ARTICLE_TITLE_EMPTY")
    if not isinstance(content, dict) or "message_text" not in content:
        if kind == "article":
            raise BadRequest("can't parse inline query result: message content is not specified")
        content = {"message_text": str(value.get("caption") or value.get("title") or kind)}
    given = Params(content)
    text, entities = format_text(given.text("message_text"), given.text("parse_mode"), given.json("entities"))
    if not text:
        raise BadRequest("message text is empty")
    message: Json = {"text": text}
    if entities:
        message["entities"] = entities
    if kind == "photo" and not isinstance(value.get("input_message_content"), dict):
        message = _photo(value)
    markup = check_inline_markup(value.get("reply_markup"), private=False)
    if markup:
        message["reply_markup"] = markup
    shown = {key: str(value[key]) for key in ("title", "description") if value.get(key)}
    return {"id": id_, "type": kind, "message": message, **shown}


def _photo(value: Json) -> Json:
    """A picture with its caption: Telegram fetches it from its address, or knows it by its file_id."""
    url = value.get("photo_file_id") or value.get("photo_url")
    if not isinstance(url, str) or not url:
        raise BadRequest("can't parse inline query result: Can't find field \"photo_url\"")
    if "photo_file_id" not in value and not value.get("thumbnail_url"):
        raise BadRequest("can't parse inline query result: Can't find field \"thumbnail_url\"")
    size = {
        "file_id": url,
        "file_unique_id": url[:16],
        "width": int(value.get("photo_width") or 640),
        "height": int(value.get("photo_height") or 640),
    }
    message: Json = {"photo": [size]}
    given = Params(value)
    caption, entities = format_text(given.text("caption"), given.text("parse_mode"), given.json("caption_entities"))
    if len(caption) > CAPTION_MAX:
        raise BadRequest("message caption is too long")
    if caption:
        message["caption"] = caption
    if entities:
        message["caption_entities"] = entities
    return message
