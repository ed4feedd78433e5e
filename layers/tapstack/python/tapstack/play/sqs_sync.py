"""The queue that asks the sync function for work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from tapstack.platform.bounds import MAX_REASON
from tapstack.platform.errors import StoreUnavailable
from tapstack.platform.sqs import MAX_PART, UNAVAILABLE, Queue, short
from tapstack.play.model import SyncRequest, Work

RECEIVED_AT_ONCE = 10
DEAD_LOOKED_AT = 2_000
HIDDEN_WHILE_LOOKING_S = 30


class SyncQueue(Queue):
    """Asks the sync function for work, and keeps what can never be saved."""

    def send(self, kind: Work, *, delay_s: int = 0) -> None:
        """Asks for work, at once or after up to 900 s."""
        self.send_text(self.url, msgspec.json.encode(SyncRequest(kind)).decode(), delay_s)

    def dead_letter(self, player_id: str, reason: str, fields: Mapping[str, Any]) -> bool:
        """Leaves a player who can't be saved to an operator, with the reason and what Redis has of them.

        Of a large player only the first fields, and `left_out` says how many more there are. Says whether that worked.
        """
        head = {"player_id": player_id[:MAX_PART], "reason": reason[:MAX_REASON]}
        return self.send_dead_letter(head, {name[:MAX_PART]: short(value) for name, value in fields.items()})

    def forget_dead(self, player_ids: set[str]) -> int:
        """Drops the dead letters about players; how many it was. The others come back to an operator after a while.

        Looks at DEAD_LOOKED_AT of them at most. Raises StoreUnavailable while somebody else looks at some.
        """
        if self.depth(self.dead_letter_url, "ApproximateNumberOfMessagesNotVisible"):
            raise StoreUnavailable("somebody is looking at the dead letters", retry_after_s=HIDDEN_WHILE_LOOKING_S)
        dropped = 0
        for _ in range(DEAD_LOOKED_AT // RECEIVED_AT_ONCE):
            found = self._receive_dead()
            for message in found:
                if any(player_id in message["Body"] for player_id in player_ids):
                    self._delete_dead(message["ReceiptHandle"])
                    dropped += 1
            if not found:
                break
        return dropped

    def _receive_dead(self) -> list[dict[str, Any]]:
        try:
            found = self.client.receive_message(
                QueueUrl=self.dead_letter_url,
                MaxNumberOfMessages=RECEIVED_AT_ONCE,
                VisibilityTimeout=HIDDEN_WHILE_LOOKING_S,
                WaitTimeSeconds=0,
            )
        except (BotoCoreError, ClientError) as error:
            raise StoreUnavailable(UNAVAILABLE, retry_after_s=2) from error
        return list(found.get("Messages", []))

    def _delete_dead(self, receipt: str) -> None:
        try:
            self.client.delete_message(QueueUrl=self.dead_letter_url, ReceiptHandle=receipt)
        except (BotoCoreError, ClientError) as error:
            raise StoreUnavailable(UNAVAILABLE, retry_after_s=2) from error

    def waiting(self) -> int:
        """About how many messages wait to be worked on."""
        return self.depth(self.url)

    def dead_letters(self) -> int:
        """About how many messages have failed for good."""
        return self.depth(self.dead_letter_url)
