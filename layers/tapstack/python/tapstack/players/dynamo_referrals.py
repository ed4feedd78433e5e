"""Credit for invited players: given in the step that removes the mark that it is due, so exactly once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pynamodb.exceptions import TransactWriteError
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from tapstack.platform.dynamo import available
from tapstack.platform.dynamo_tables import Tables
from tapstack.platform.errors import StoreUnavailable
from tapstack.players.dynamo_player_items import CREDIT_DUE
from tapstack.players.dynamo_tables import PlayerItem
from tapstack.players.rules.referrals import Branch, Line, credits

if TYPE_CHECKING:
    from tapstack.players.ports import ForgettingAccounts


class ReferralStore:
    """Gives credit and reads trees; every call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables, kept: ForgettingAccounts) -> None:
        self.tables = tables
        self.kept = kept

    def due(self, limit: int) -> dict[str, Line]:
        """Invited players whose inviters await credit, the oldest first, erased ones too."""
        account = self.tables.bind(PlayerItem)
        with available():
            ids = [item.id for item in account.by_credit_due.query(CREDIT_DUE, limit=limit, page_size=limit)]
            items = list(account.batch_get(ids, consistent_read=True))
        return {item.id: tuple(item.ancestors) for item in items if item.credit_due}

    def credit(self, invited: Mapping[str, Line]) -> bool:
        """Credits all ancestors of some players in one step; False, and nothing done, if one was credited before.

        Raises StoreUnavailable while another credit is being written to one of the inviters, and where what is `kept`
        of them can't be forgotten.
        """
        account = self.tables.bind(PlayerItem)
        gained = credits(invited.values())
        self.kept.forget(*gained)
        try:
            with available(), TransactWrite(connection=self.tables.connection) as transaction:
                for player_id in {**invited, **gained}:  # one that invited and was invited is written once
                    here = gained.get(player_id)
                    actions: list[Action] = [account.credit_due.remove()] if player_id in invited else []
                    if here:
                        actions += [
                            account.direct_referrals.add(here.direct),
                            account.indirect_referrals.add(here.indirect),
                            account.boost.add(here.boost),
                        ]
                    condition = account.credit_due.exists() if player_id in invited else account.id.exists()
                    transaction.update(account(player_id), actions=actions, condition=condition)
        except TransactWriteError as error:
            if any(reason and reason.code == "ConditionalCheckFailed" for reason in error.cancellation_reasons):
                return False
            raise StoreUnavailable("an inviter is being credited elsewhere", retry_after_s=1) from error
        return True

    def branches(self, player_ids: Sequence[str], *, level: int) -> dict[str, Branch]:
        """Players as branches of a tree, by id; erased ones too."""
        wanted = ["id", "username", "created_at_ms", "direct_referrals"]
        with available():
            items = list(self.tables.bind(PlayerItem).batch_get(list(player_ids), attributes_to_get=wanted))
        return {
            item.id: Branch(
                id=item.id,
                username=item.username,
                level=level,
                joined_at_ms=int(item.created_at_ms),
                direct=int(item.direct_referrals or 0),
            )
            for item in items
        }
