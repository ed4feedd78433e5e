"""The questions and the schedule that this release was built with. They stay on the server: no catalogue has them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from tapstack.heists.model import Data, Phrase, Pools, Riddle, Schedule, Trivia, Word

BUILT_IN = Path(__file__).parent / "built_in.json"
"""layers/catalogue/heists, compiled: `python -m tapstack.heists` writes it, and a test holds it to its source."""


@cache
def data() -> Data:
    """All of it."""
    return msgspec.json.decode(BUILT_IN.read_bytes(), type=Data)


def read(folder: Path) -> Data:
    """What the files in a folder say; raises ValidationError for what the types don't allow."""
    return Data(
        pools=Pools(
            trivia=msgspec.yaml.decode((folder / "trivia.yaml").read_bytes(), type=tuple[Trivia, ...]),
            riddles=msgspec.yaml.decode((folder / "riddles.yaml").read_bytes(), type=tuple[Riddle, ...]),
            words=msgspec.yaml.decode((folder / "words.yaml").read_bytes(), type=tuple[Word, ...]),
            phrases=msgspec.yaml.decode((folder / "phrases.yaml").read_bytes(), type=tuple[Phrase, ...]),
        ),
        schedule=msgspec.yaml.decode((folder / "schedule.yaml").read_bytes(), type=Schedule),
    )


def compiled(found: Data) -> bytes:
    """It as JSON: the same files always give the same bytes."""
    return msgspec.json.encode(found, order="deterministic")
