"""What is wrong with a catalogue, in words."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """Something wrong with a part: its kind, its id (empty where the whole is meant), and what is wrong."""

    kind: str
    id: str
    what: str

    def __str__(self) -> str:
        return f"{' '.join(filter(None, (self.kind, self.id)))}: {self.what}"
