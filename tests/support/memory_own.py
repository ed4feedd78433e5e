"""In memory: what exporting and erasing a player asks of the stores."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tapstack.admin.model import SavingStatus
from tapstack.audit.model import AuditEntry
from tapstack.privacy.dynamo_erasures import Erasing


@dataclass
class MemoryErasures:
    """Closes an account by dropping it: there is nothing else to be finished."""

    accounts: dict[str, Any]

    def read(self, player_id: str) -> Erasing | None:
        player = self.accounts.get(player_id)
        return player and Erasing(player.id, player.telegram_id, (), player.ref_code, banned=False, closed=False)

    def begin(self, player_id: str, now_ms: int) -> Erasing | None:  # noqa: ARG002
        found = self.read(player_id)
        self.accounts.pop(player_id, None)
        return found


@dataclass
class MemoryLiveAdmin:
    """Drops live players, of a game in which everything is saved."""

    live: dict[str, Any]

    def erase(self, player_id: str) -> bool:
        return self.live.pop(player_id, None) is not None

    def saving(self, _now_ms: int) -> SavingStatus:
        return SavingStatus(unsaved=0, lag_ms=0, refused=0)


@dataclass
class MemoryAudit:
    """What was done to players, in order."""

    kept: list[AuditEntry] = field(default_factory=list)

    def record(self, entry: AuditEntry, key: str) -> None:  # noqa: ARG002
        self.kept.append(entry)

    def entries(self, player_id: str, *, limit: int = 50) -> list[AuditEntry]:
        return [entry for entry in self.kept if entry.player_id == player_id][:limit]


class MemoryUnused:
    """A HotSync and a BroadcastStore that know nobody: all is saved at once, and nothing was ever broadcast."""

    def read(self, _: Any) -> list[Any]:
        return []

    def received(self, _: int) -> dict[str, str]:
        return {}
