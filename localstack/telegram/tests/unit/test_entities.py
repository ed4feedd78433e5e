"""The cases follow check_parse_html of TDLib's test/message_entities.cpp."""

from typing import Any

import pytest

from telegram_local.entities import checked_link, format_text, parse_html
from telegram_local.errors import BadRequest

SURROGATE = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        ("&#57311;", SURROGATE),
        ("&#xDFDF", SURROGATE),
        ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("a < b > c", 'Unsupported start tag "" at byte offset 2'),
        ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba>", 'Can\'t find end tag corresponding to start tag "i"'),
        ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
        ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
        ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
        (
            "🏟 🏟&lt;<i>a</em   >",
            'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"',
        ),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_in_tdlibs_words(markup: str, error: str) -> None:
    with pytest.raises(BadRequest) as refused:
        parse_html(markup)
    assert refused.value.description == f"Bad Request: can't parse entities: {error}"


def _entity(kind: str, offset: int, length: int, **more: str) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("&ge;&lt;&gt;&amp;&quot;&laquo;&#12345678;", '&ge;<>&"&laquo;&#12345678;', []),
        ("➡️ ➡️<em>➡️ ➡️</em>", "➡️ ➡️➡️ ➡️", [_entity("italic", 5, 5)]),
        ("🏟 🏟<i>🏟 &lt🏟</i>", "🏟 🏟🏟 <🏟", [_entity("italic", 5, 6)]),
        (
            "🏟 🏟<i>🏟 &gt;<b aba   =   caba>&lt🏟</b></i>",
            "🏟 🏟🏟 ><🏟",
            [_entity("italic", 5, 7), _entity("bold", 9, 3)],
        ),
        ("🏟 🏟&lt;<i>a</    >", "🏟 🏟<a", [_entity("italic", 6, 1)]),
        ("🏟 🏟&lt;<b></b>", "🏟 🏟<", []),
        ('<span class="tg-spoiler">x</span>', "x", [_entity("spoiler", 0, 1)]),
        (
            "<a href='telegram.org?&lt;'>x</a>",
            "x",
            [_entity("text_link", 0, 1, url="http://telegram.org?<")],
        ),
        ("<a>telegram.org</a>", "telegram.org", [_entity("text_link", 0, 12, url="http://telegram.org/")]),
        ("<a>not a link</a>", "not a link", []),
        (
            '<pre><code class="language-fift">x</code></pre>',
            "x",
            [_entity("pre", 0, 1, language="fift")],
        ),
        ("<blockquote expandable>a</blockquote>", "a", [_entity("expandable_blockquote", 0, 1)]),
        (
            "<i><b> </b> <code> </code></i>",
            "   ",
            [_entity("italic", 0, 3), _entity("bold", 0, 1)] + [_entity("code", 2, 1)],
        ),
    ],
)
def test_html_becomes_text_and_entities(markup: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_html(markup) == (text, entities)


def test_escaped_username_of_markup_breaks_nothing() -> None:
    text, entities = format_text("<b>&lt;b&gt;&amp;</b> leads", "HTML", None)
    assert text == "<b>& leads"
    assert entities == [_entity("bold", 0, 4)]


def test_spaces_around_are_cut_and_entities_move_along() -> None:
    text, entities = format_text("\n  <b> x</b>y \n", "HTML", None)
    assert text == "xy"
    assert entities == [_entity("bold", 0, 1)]


def test_commands_mentions_and_addresses_are_found() -> None:
    text = "🏟 /start ref_1 and /top@my_bot by @somebody at https://t.me/x?start=1. a/b"
    _, entities = format_text(text, "", None)
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [
        ("bot_command", 3, 6),
        ("bot_command", 20, 11),
        ("mention", 35, 9),
        ("url", 48, 22),
    ]


def test_unknown_parse_mode_is_refused() -> None:
    with pytest.raises(BadRequest, match="unsupported parse_mode"):
        format_text("x", "Latex", None)


@pytest.mark.parametrize("address", ["", "x y", "javascript:alert(1)", "http://nowhere"])
def test_what_is_no_link_is_dropped(address: str) -> None:
    assert checked_link(address) == ""
