"""Draws a score card. Only the function `cards` loads this: Pillow is in a layer of its own (layers/pictures)."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from tapstack.cards.model import SIZES, Card, Shape
from tapstack.cards.texts import TEXTS
from tapstack.play.rules.levels import level_of, level_starts_at
from tapstack.telegram.texts import number

TITLE = "Tapstack"
TOP, BOTTOM = (42, 127, 214), (16, 58, 110)
"""The colours of the game's icon (miniapp/src/icon.svg), above and below."""
WHITE, PALE, SHADE = (255, 255, 255), (201, 224, 248), (28, 86, 150)
QUALITY = 88

GLYPHS = ((0x20, 0x7E), (0xA0, 0x161), (0x164, 0x17F), (0x400, 0x45F), (0x490, 0x493), (0x49A, 0x49B), (0x4A2, 0x4A3),
          (0x4AE, 0x4B1), (0x4D8, 0x4D9), (0x4E8, 0x4E9), (0x2013, 0x2014), (0x2026, 0x2026))  # fmt: skip
"""The characters of fonts/: Latin and Cyrillic. Others of a name are left out."""

SPACES = {0x2009: 0xA0, 0x202F: 0xA0}
"""Thin spaces, between the thousands, that the font lacks."""


class Layout(NamedTuple):
    """Where things are, in pixels: the sizes of the texts, and the heights of their baselines."""

    size: tuple[int, int]
    margin: int
    title: int
    name: int
    clicks: int
    label: int
    baselines: tuple[int, int, int, int, int, int]
    """Of the title, the name, the clicks, the word for them, place and level, and the invitation."""
    bar: int


LAYOUTS = {
    Shape.MESSAGE: Layout(SIZES[Shape.MESSAGE], 80, 44, 60, 150, 44, (96, 186, 344, 402, 476, 588), 504),
    Shape.STORY: Layout(SIZES[Shape.STORY], 90, 60, 84, 200, 64, (420, 680, 960, 1_050, 1_210, 1_420), 1_250),
}


class Painter:
    """Draws cards with the font of a file; it is read once."""

    def __init__(self, font: Path) -> None:
        self._font = font.read_bytes()
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}

    def draw(self, card: Card) -> bytes:
        """A card as a JPEG."""
        layout = LAYOUTS[card.shape]
        image = _background(layout.size)
        self._write(image, card, layout)
        made = io.BytesIO()
        image.save(made, "JPEG", quality=QUALITY)
        return made.getvalue()

    def _write(self, image: Image.Image, card: Card, layout: Layout) -> None:
        pen = ImageDraw.Draw(image)
        title, name, clicks, label, place, invitation = layout.baselines
        language = card.language
        self._line(pen, layout, title, TITLE, layout.title, PALE)
        self._line(pen, layout, name, card.name, layout.name, WHITE)
        if card.clicks:
            taps = TEXTS.plain("card.taps", language, count=card.clicks)
            self._line(pen, layout, clicks, number(card.clicks, language), layout.clicks, WHITE)
            self._line(pen, layout, label, taps, layout.label, PALE)
            level = level_of(card.clicks)
            standing = [TEXTS.plain("card.place", language, rank=card.rank)] if card.rank else []
            standing.append(TEXTS.plain("card.level", language, level=level))
            self._line(pen, layout, place, "   ".join(standing), layout.label, WHITE)
            _progress(pen, layout, card.clicks)
        text = TEXTS.plain("card.invite" if card.clicks else "card.invite_new", language)
        self._line(pen, layout, invitation, text, layout.label, PALE)

    def _line(
        self, pen: ImageDraw.ImageDraw, layout: Layout, baseline: int, text: str, size: int, fill: tuple[int, int, int]
    ) -> None:
        """A text that fits into the width: smaller first, then cut."""
        text, room = drawable(text), layout.size[0] - 2 * layout.margin
        for smaller in (size, size * 3 // 4, size // 2):
            font = self._sized(smaller)
            if font.getlength(text) <= room:
                break
        while font.getlength(text) > room:
            text = text.rstrip("…")[:-1] + "…"
        pen.text((layout.margin, baseline), text, fill=fill, font=font, anchor="ls")

    def _sized(self, size: int) -> ImageFont.FreeTypeFont:
        if size not in self._sizes:
            self._sizes[size] = ImageFont.truetype(io.BytesIO(self._font), size)
        return self._sizes[size]


def drawable(text: str) -> str:
    """A text without what the font lacks."""
    known = (chr(SPACES.get(ord(c), ord(c))) for c in text)
    return " ".join("".join(c for c in known if _has(ord(c))).split(" ")).strip()


def _has(code: int) -> bool:
    return any(first <= code <= last for first, last in GLYPHS)


def _background(size: tuple[int, int]) -> Image.Image:
    """A gradient, drawn a pixel wide and stretched."""
    column = Image.new("RGB", (1, size[1]))
    column.putdata(list(_gradient(size[1])))
    image = column.resize(size)
    pen = ImageDraw.Draw(image)
    right, middle, step = size[0], size[1] * 2 // 5, min(size) // 4
    for layer, shade in enumerate(((52, 132, 214), (40, 112, 190), (32, 96, 168))):
        y = middle - step // 2 + layer * step * 2 // 5
        x = right - step // 2
        pen.polygon([(x - step, y), (x, y - step // 2), (x + step, y), (x, y + step // 2)], fill=shade)
    return image


def _gradient(height: int) -> Iterable[tuple[int, int, int]]:
    for y in range(height):
        red, green, blue = (a + (b - a) * y // height for a, b in zip(TOP, BOTTOM, strict=True))
        yield red, green, blue


def _progress(pen: ImageDraw.ImageDraw, layout: Layout, clicks: int) -> None:
    """How far it is to the next level."""
    level = level_of(clicks)
    begin, end = level_starts_at(level), level_starts_at(level + 1)
    left, right = layout.margin, layout.size[0] - layout.margin
    high = layout.label // 4
    pen.rounded_rectangle((left, layout.bar, right, layout.bar + high), high // 2, fill=SHADE)
    done = left + (right - left) * (clicks - begin) // (end - begin)
    pen.rounded_rectangle((left, layout.bar, max(done, left + high), layout.bar + high), high // 2, fill=WHITE)
