"""The rows of a run as text."""

from __future__ import annotations

from collections.abc import Mapping

from faults.run import Row

_COLUMNS = (
    ("fault", -30),
    ("players", 8),
    ("taps", 9),
    ("requests", 9),
    ("retries", 8),
    ("429s", 5),
    ("Redis", 9),
    ("DynamoDB", 9),
    ("board", 9),
    ("lasted s", 9),
    ("slowest s", 10),
    ("whole after s", 14),
    ("", 5),
)


def heading() -> str:
    return _line([name for name, _ in _COLUMNS]) + "  errors seen"


def line(row: Row) -> str:
    """One fault's row; the sums cover the run so far, requests and errors this fault only."""
    reading, tally = row.reading, row.tally
    cells = [
        row.fault,
        row.players,
        row.made,
        tally.requests,
        tally.retries,
        tally.statuses[429],
        _sum(reading.boards),
        _sum(reading.saved),
        "-" if reading.total is None else reading.total,
        f"{row.fault_s:.1f}",
        f"{tally.slowest_s:.1f}",
        f"{row.whole_s:.1f}",
        "ok" if row.ok else "FAIL",
    ]
    seen = {str(status): n for status, n in sorted(tally.statuses.items()) if status not in (200, 201)}
    errors = ", ".join(f"{name} x{n}" for name, n in [*seen.items(), *tally.failures.items()])
    return _line([str(cell) for cell in cells]) + f"  {errors or 'none'}"


def trouble(row: Row) -> str:
    """A row's problems, for a failure message."""
    parts = [f"{row.fault}: answers {row.strange}"] if row.strange else []
    return "\n".join([*parts, *row.reading.unlike[:20], f"rebuilding: {row.reading.rebuilding}"])


def _sum(clicks: Mapping[str, int] | None) -> str:
    return "-" if clicks is None else str(sum(clicks.values()))


def _line(cells: list[str]) -> str:
    return "".join(
        cell.ljust(-width) if width < 0 else cell.rjust(width) for cell, (_, width) in zip(cells, _COLUMNS, strict=True)
    )
