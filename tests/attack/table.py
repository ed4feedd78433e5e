"""The rows of a run as text."""

from __future__ import annotations

from attack.run import Row

_COLUMNS = (
    ("attack", -28),
    ("requests", 9),
    ("innocents'", 11),
    ("worst wait s", 13),
    ("bare s", 8),
    ("saved s", 8),
    ("", 6),
)


def heading() -> str:
    return _line([name for name, _ in _COLUMNS]) + "  answers to the attacker"


def line(row: Row) -> str:
    """A row; "bare s" is the longest time of the bare server meanwhile, which is deducted from the wait."""
    answers = ", ".join(f"{status} x{count}" for status, count in sorted(row.outcome.statuses.items()))
    cells = [
        row.name,
        str(row.outcome.requests or "-"),
        str(row.page.requests or "-"),
        f"{row.page.worst[0]:.2f}",
        f"{row.page.overhead_s:.2f}",
        f"{row.saved_after_s:.1f}",
        "ok" if row.ok else "FAIL",
    ]
    return _line(cells) + f"  {answers or '-'}"


def trouble(row: Row) -> str:
    """A row's problems, one per line."""
    return "\n".join(f"    {text}" for text in row.troubles)


def _line(cells: list[str]) -> str:
    return "".join(
        cell.ljust(-width) if width < 0 else cell.rjust(width) for cell, (_, width) in zip(cells, _COLUMNS, strict=True)
    )
