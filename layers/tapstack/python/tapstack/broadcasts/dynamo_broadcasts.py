"""Broadcasts in DynamoDB, and the outcome of each of their messages: a lost Redis loses nothing of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pynamodb.exceptions import DeleteError, DoesNotExist, PutError, UpdateError

from tapstack.broadcasts.dynamo_tables import BroadcastItem, DeliveryItem
from tapstack.broadcasts.model import Broadcast, Outcome, State
from tapstack.platform.batches import ITEMS_A_CALL, batches
from tapstack.platform.bodies import decode_body, encode_body
from tapstack.platform.dynamo import available, delete_all, is_conflict
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.errors import NotFound, StoreUnavailable

REASON_MAX = 200
READ_AT_ONCE = 100


class BroadcastStore:
    """Every call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def _item(self, broadcast: Broadcast) -> BroadcastItem:
        return self.tables.bind(BroadcastItem)(
            broadcast.id,
            state=str(broadcast.state),
            driver=broadcast.driver,
            body=encode_body(broadcast),
            expires_at_s=broadcast.expires_at_s,
        )

    def create(self, broadcast: Broadcast) -> None:
        """Writes a new broadcast."""
        with available():
            self._item(broadcast).save()

    def get(self, broadcast_id: str) -> Broadcast:
        """A broadcast as it is now; raises NotFound (`broadcast_unknown`)."""
        try:
            with available():
                return _broadcast(self.tables.bind(BroadcastItem).get(broadcast_id, consistent_read=True))
        except DoesNotExist as error:
            raise NotFound("there is no such broadcast", code="broadcast_unknown") from error

    def all(self) -> list[Broadcast]:
        """All broadcasts, the latest first: some dozens, each a small item."""
        with available():
            found = [_broadcast(item) for item in self.tables.bind(BroadcastItem).scan(consistent_read=True)]
        return sorted(found, key=lambda b: b.started_at_ms, reverse=True)

    def save(self, broadcast: Broadcast) -> bool:
        """Saves a driver's progress; False if the broadcast was stopped, or another drives it."""
        model = self.tables.bind(BroadcastItem)
        return self._put(broadcast, (model.state == State.RUNNING) & (model.driver == broadcast.driver))

    def take_over(self, broadcast: Broadcast, read: Broadcast) -> bool:
        """Gives a broadcast a new driver; False if it has changed since it was read: another was faster."""
        model = self.tables.bind(BroadcastItem)
        return self._put(broadcast, (model.state == read.state) & (model.driver == read.driver))

    def _put(self, broadcast: Broadcast, condition: object) -> bool:
        try:
            with available():
                self._item(broadcast).save(condition=condition)  # type: ignore[arg-type]
        except PutError as error:
            if is_conflict(error):
                return False
            raise
        return True

    def stop(self, broadcast_id: str) -> bool:
        """Stops a broadcast; False if it is not running."""
        model = self.tables.bind(BroadcastItem)
        try:
            with available():
                model(broadcast_id).update([model.state.set(State.STOPPED)], condition=model.state == State.RUNNING)
        except UpdateError as error:
            if is_conflict(error):
                return False
            raise
        return True

    def claim(self, broadcast: Broadcast, chat_id: int, token: str) -> bool:
        """Claims the message to a chat; False if anybody has claimed it before.

        The same token may claim it again: a client repeats a write whose answer was lost.
        """
        model = self.tables.bind(DeliveryItem)
        item = model(
            broadcast.id,
            str(chat_id),
            token=token,
            outcome=str(Outcome.UNKNOWN),
            expires_at_s=broadcast.expires_at_s,
        )
        try:
            with available():
                item.save(condition=model.chat_id.does_not_exist() | (model.token == token))
        except PutError as error:
            if is_conflict(error):
                return False
            raise
        return True

    def conclude(self, broadcast: Broadcast, chat_id: int, token: str, outcome: Outcome, reason: str = "") -> None:
        """Writes the outcome of a claimed message, unless the person was erased meanwhile."""
        item = self.tables.bind(DeliveryItem)(
            broadcast.id,
            str(chat_id),
            token=token,
            outcome=str(outcome),
            reason=reason[:REASON_MAX] or None,
            expires_at_s=broadcast.expires_at_s,
        )
        try:
            with available():
                item.save(condition=self.tables.bind(DeliveryItem).token == token)
        except PutError as error:
            if not is_conflict(error):
                raise

    def release(self, broadcast_id: str, chat_id: int, token: str) -> None:
        """Releases a claim: the message has certainly not reached Telegram. Repeating it changes nothing."""
        model = self.tables.bind(DeliveryItem)
        try:
            with available():
                model(broadcast_id, str(chat_id)).delete(condition=model.token == token)
        except DeleteError as error:
            if not is_conflict(error):
                raise

    def claimed(self, broadcast_id: str, chat_ids: Sequence[int]) -> set[int]:
        """Which of up to a hundred chats were sent their message, or have been claimed for it."""
        keys = [(broadcast_id, str(i)) for i in chat_ids]
        with available():
            found = self.tables.bind(DeliveryItem).batch_get(keys, consistent_read=True, attributes_to_get=["chat_id"])
            return {int(item.chat_id) for item in found}

    def received(self, chat_id: int) -> dict[str, str]:
        """The outcomes of all broadcasts' messages to a chat, by broadcast."""
        ids = [broadcast.id for broadcast in self.all()]
        found: dict[str, str] = {}
        for part in batches(ids, READ_AT_ONCE):
            with available():
                for item in self.tables.bind(DeliveryItem).batch_get([(i, str(chat_id)) for i in part]):
                    found[item.broadcast_id] = item.outcome
        return found

    def forget(self, chat_id: int, now_ms: int) -> None:
        """Deletes all deliveries to a chat. Raises StoreUnavailable while a running broadcast's cursor is this chat.

        A broadcast that was stopped there resumes from the start: the people it has reached are known.
        """
        table: str = self.tables.bind(DeliveryItem).Meta.table_name
        known = self.all()
        for part in batches([broadcast.id for broadcast in known], ITEMS_A_CALL):
            keys = [{"broadcast_id": {"S": i}, "chat_id": {"S": str(chat_id)}} for i in part]
            delete_all(self.tables.client, table, keys)
        for broadcast in known:
            if broadcast.cursor == str(chat_id) and broadcast.audience.kind != "players":
                model = self.tables.bind(BroadcastItem)
                broadcast.cursor = None
                same = (model.driver == broadcast.driver) & (model.state == broadcast.state)
                runs = broadcast.state is State.RUNNING and not broadcast.interrupted(now_ms)
                if runs or not self._put(broadcast, same):
                    raise StoreUnavailable("a broadcast is just at this chat", retry_after_s=60)

    def outcomes(self, broadcast_id: str) -> tuple[Counter[str], Counter[str]]:
        """How many messages had which outcome, and why some failed. Reads all of a broadcast's deliveries."""
        outcomes: Counter[str] = Counter()
        reasons: Counter[str] = Counter()
        with available():
            for item in self.tables.bind(DeliveryItem).query(
                broadcast_id, consistent_read=True, attributes_to_get=["outcome", "reason"]
            ):
                outcomes[item.outcome] += 1
                if item.reason:
                    reasons[item.reason] += 1
        return outcomes, reasons


def _broadcast(item: BroadcastItem) -> Broadcast:
    broadcast = decode_body(item.body, Broadcast)
    broadcast.state = State(item.state)  # `stop` changes nothing else
    return broadcast
