"""From entries of the ledger to what the API says of raids: the same, whenever it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tapstack.economy.receipts import common
from tapstack.raids.answers import Raided

if TYPE_CHECKING:
    from tapstack.economy.model import Entry


def raided(entry: Entry) -> Raided:
    said = entry.result
    return Raided(
        **common(entry), target=said["target"], coins=said["coins"], revenge=said["revenge"], left=said["left"]
    )
