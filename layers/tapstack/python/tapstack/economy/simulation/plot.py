"""A run as a picture: what is created and taken each day, supply, wealth, and how soon tiers are reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from tapstack.economy.catalogue.model import Catalogue
from tapstack.economy.simulation import report
from tapstack.economy.simulation.personas import PERSONAS
from tapstack.economy.simulation.run import Totals

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

SIZE = (1_400, 1_000)
INK, FAINT, PAPER = "#1c2733", "#d5dbe1", "#ffffff"
COLOURS = ("#2a78d6", "#e0662b", "#2e9e6b", "#8a56c2", "#c9a227", "#c23b6f", "#5f6b76")
TICKS = 5

Line = tuple[str, Sequence[tuple[float, float]]]


def draw(totals: Totals, catalogue: Catalogue, path: Path) -> None:
    """Writes the picture as PNG. Needs Pillow, which comes with the command line and not with the functions."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", SIZE, PAPER)
    canvas = ImageDraw.Draw(image)
    small, large = ImageFont.load_default(15), ImageFont.load_default(20)
    charts = (
        Chart("Coins created and taken, by day", _flows(totals), str, _short),
        Chart("Coins of all players, by day", [("supply", _days(report.supply(totals)))], str, _short),
        Chart("Share of all wealth, the poorest first", _lorenz(totals), _per_cent, _per_cent),
        Chart("Players who reached a tier, by hour", _tiers(totals, catalogue), str, _per_cent),
    )
    for number, chart in enumerate(charts):
        chart.draw(canvas, 700 * (number % 2), 500 * (number // 2), small, large)
    image.save(path, optimize=True)


class Chart:
    """Lines over two axes from zero."""

    def __init__(
        self, title: str, lines: Sequence[Line], across: Callable[[float], str], up: Callable[[float], str]
    ) -> None:
        self.title, self.lines, self.across, self.up = title, lines, across, up
        points = [point for _, line in lines for point in line]
        self.far = max((x for x, _ in points), default=1) or 1
        self.high = max((y for _, y in points), default=1) or 1

    def draw(
        self, canvas: ImageDraw, left: int, top: int, small: FreeTypeFont | ImageFont, large: FreeTypeFont | ImageFont
    ) -> None:
        """Draws into 700 x 500 pixels."""
        left, right, top, bottom = left + 90, left + 660, top + 60, top + 430
        canvas.text((left, top - 44), self.title, INK, large)
        for tick in range(TICKS + 1):
            y = bottom - (bottom - top) * tick // TICKS
            canvas.line((left, y, right, y), INK if tick == 0 else FAINT)
            canvas.text((left - 8, y), self.up(self.high * tick / TICKS), INK, small, anchor="rm")
        steps = min(7, int(self.far)) if self.far > 1 else TICKS
        for tick in range(steps + 1):
            x = left + (right - left) * tick // steps
            canvas.text((x, bottom + 8), self.across(_rounded(self.far * tick / steps)), INK, small, anchor="ma")
        at = left
        for (name, line), colour in zip(self.lines, COLOURS, strict=False):
            pixels = [(left + (right - left) * x / self.far, bottom - (bottom - top) * y / self.high) for x, y in line]
            if pixels:
                canvas.line(pixels, colour, 3, joint="curve")
            canvas.text((at, bottom + 36), name, colour, small)
            at += int(canvas.textlength(name, small)) + 18


def _flows(totals: Totals) -> list[Line]:
    days = range(totals.days)
    return [
        ("created", _days([report.minted(totals, day) for day in days])),
        ("taken", _days([report.sunk(totals, day) for day in days])),
    ]


def _days(figures: Sequence[int]) -> list[tuple[float, float]]:
    return [(0.0, 0.0), *((day + 1.0, float(figure)) for day, figure in enumerate(figures))]


def _lorenz(totals: Totals) -> list[Line]:
    counts = sorted(report.wealth_of(totals, [persona.name for persona in PERSONAS]).items())
    people = list(accumulate(count for _, count in counts))
    coins = list(accumulate(step * count for step, count in counts))
    if not coins or not coins[-1]:
        return []
    curve = [(n / people[-1], c / coins[-1]) for n, c in zip(people, coins, strict=True)]
    return [("players", [(0.0, 0.0), *curve]), ("if all had the same", [(0.0, 0.0), (1.0, 1.0)])]


def _tiers(totals: Totals, catalogue: Catalogue) -> list[Line]:
    players, end = totals.players.total(), totals.days * 24
    lines: list[Line] = []
    for tier in catalogue.ladder[1:]:
        hours = sorted(report.hours_to(totals, tier.id).items())
        if hours:
            reached = accumulate(count for _, count in hours)
            curve = [(float(hour), count / players) for (hour, _), count in zip(hours, reached, strict=True)]
            lines.append((tier.name["en"], [(0.0, 0.0), *curve, (float(end), curve[-1][1])]))
    return lines


def _rounded(value: float) -> float:
    return round(value) if value == round(value) or value > TICKS else value


def _per_cent(share: float) -> str:
    return f"{share:.0%}"


def _short(coins: float) -> str:
    for size, unit in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if coins >= size:
            return f"{coins / size:.3g} {unit}"
    return f"{coins:.0f}"
