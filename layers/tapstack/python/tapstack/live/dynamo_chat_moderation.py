"""Reports and mutes in DynamoDB."""

from __future__ import annotations

from pynamodb.exceptions import DoesNotExist, PutError

from tapstack.live.dynamo_tables import REPORTS, ChatItem
from tapstack.live.model import Mute, Report
from tapstack.platform.dynamo import available
from tapstack.platform.dynamo_tables import Tables

REPORT_S = 30 * 86_400
"""How long a report waits for an operator."""

EVERYWHERE = "*"
"""In place of a room: a mute in all of them."""


class ChatModerationStore:
    """Every call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables) -> None:
        self.model = tables.bind(ChatItem)

    def mutes(self, player_id: str) -> list[Mute]:
        """A player's mutes; some may be over."""
        with available():
            return [
                Mute(player_id, "" if i.item == EVERYWHERE else i.item, int(i.until_ms or 0), i.reason or "")
                for i in self.model.query(player_id)
            ]

    def mute(self, mute: Mute) -> None:
        """Keeps a mute, in place of an earlier one for the same room."""
        with available():
            self.model(
                mute.player_id,
                mute.room or EVERYWHERE,
                until_ms=mute.until_ms,
                expires_at_s=mute.until_ms // 1_000 + 1,
                reason=mute.reason,
            ).save()

    def unmute(self, player_id: str, room: str) -> bool:
        """Ends a mute; says whether there was one."""
        with available():
            try:
                self.model.get(player_id, room or EVERYWHERE).delete()
            except DoesNotExist:
                return False
        return True

    def report(self, report: Report) -> bool:
        """Keeps a report; says whether it is the first of its message."""
        item = self.model(
            REPORTS,
            report.id,
            expires_at_s=report.at_ms // 1_000 + REPORT_S,
            at_ms=report.at_ms,
            room=report.room,
            author=report.author,
            said=report.text,
            reporter=report.reporter,
            reason=report.reason,
        )
        try:
            with available():
                item.save(condition=self.model.of.does_not_exist())
        except PutError as error:
            if error.cause_response_code == "ConditionalCheckFailedException":
                return False
            raise
        return True

    def reports(self, limit: int) -> list[Report]:
        """The reports that wait, oldest first."""
        return sorted(self._reports(), key=lambda report: report.at_ms)[:limit]

    def some_reports(self, limit: int) -> list[Report]:
        """So many of the reports that wait, in no order of time, by one read."""
        return self._reports(limit)

    def dismiss(self, report_id: str) -> bool:
        """Drops a report; says whether it was there."""
        with available():
            try:
                self.model.get(REPORTS, report_id).delete()
            except DoesNotExist:
                return False
        return True

    def forget(self, player_id: str) -> None:
        """Drops a player's mutes, and reports of what they said or by them."""
        with available():
            for item in list(self.model.query(player_id)):
                item.delete()
        for report in self._reports():
            if player_id in (report.author, report.reporter):
                self.dismiss(report.id)

    def _reports(self, limit: int | None = None) -> list[Report]:
        with available():
            return [
                Report(
                    *(i.item, i.room or "", i.author or "", i.said or "", i.reporter or "", i.reason or ""),
                    int(i.at_ms or 0),
                )
                for i in self.model.query(REPORTS, limit=limit)
            ]
