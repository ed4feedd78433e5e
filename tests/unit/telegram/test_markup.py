"""What passes the check passes Telegram's parser (the local Telegram's, which is TDLib's); what is broken is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tapstack.platform.errors import BadRequest
from tapstack.telegram.markup import TEXT_MAX, check_html
from telegram_local.entities import parse_html

GOOD = (
    "plain & simple, 2 > 1",
    "<b>bold <i>both</i></b> &lt;tag&gt; &amp; &#33;",
    '<a href="https://example.org/?a=1&amp;b=2">link</a>',
    '<span class="tg-spoiler">x</span><blockquote expandable>y</blockquote>',
    "<pre><code class='language-python'>x</code></pre>",
    '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
    "<B>loud</B>",
)


@pytest.mark.parametrize("text", GOOD)
def test_good_text_passes(text: str) -> None:
    check_html(text)
    parse_html(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("<b>never", "<b> is never closed"),
        ("<b><i>crossed</b></i>", "</b> closes nothing"),
        ("closed</b>", "</b> closes nothing"),
        ("1 < 2", "at character 3"),
        ("<b", "begins no tag"),
        ("<h1>title</h1>", "<h1>"),
        ("line<br>", "<br>"),
        ("a&nbsp;b", "&nbsp;"),
        ("<a>nowhere</a>", "needs href"),
        ('<a href="javascript:x">x</a>', "may not have href"),
        ('<b class="x">x</b>', "may not have class"),
        ('<span class="red">x</span>', "may not have class"),
        ("", "1 to 4096"),
        ("<b> </b>", "1 to 4096"),
        ("x" * (TEXT_MAX + 1), "4097"),
        ("👍" * (TEXT_MAX // 2 + 1), "4098"),
    ],
)
def test_broken_text_is_refused_and_says_why(text: str, named: str) -> None:
    with pytest.raises(BadRequest) as error:
        check_html(text)
    assert named in error.value.message


def test_markup_does_not_count_as_text() -> None:
    check_html("<b>" + "&amp;" * TEXT_MAX + "</b>")


PIECES = st.sampled_from(
    [*"<>/&;\"'= abiu", "<b>", "</b>", "<i>", "</i>", "&lt;", "&#", '<a href="', "https://x", "pre"]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_whatever_passes_is_parsed_by_telegram(text: str) -> None:
    try:
        check_html(text)
    except BadRequest:
        return
    parse_html(text)
