"""The league in DynamoDB: an item a division, and one that says which league is the current one. Ids, no names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pynamodb.exceptions import DoesNotExist, PutError

from tapstack.league.dynamo_tables import DivisionItem
from tapstack.league.model import Division, League, Moved, Placing, Seat
from tapstack.league.schemas import LEAGUE
from tapstack.platform.batches import ITEMS_A_CALL, batches
from tapstack.platform.calendar import Period
from tapstack.platform.dynamo import available, is_conflict, put_all
from tapstack.platform.dynamo_tables import Tables

CURRENT = "current"
KEPT_WEEKS = 3
"""How many weeks after its own a division is kept: the next league is planned from it, however late."""

NUMBERS = {Moved.DOWN: -1, Moved.STAYED: 0, Moved.UP: 1, Moved.NEW: 2}
"""How a member has come, in an item: there are 50 of them."""

MOVED = {number: moved for moved, number in NUMBERS.items()}


class LeagueStore:
    """Each call raises StoreUnavailable where DynamoDB is unavailable."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.model = tables.bind(DivisionItem)

    def current(self) -> League | None:
        """The league that was published last, or None before the first."""
        try:
            with available():
                item = self.model.get(CURRENT, 0, consistent_read=True)
        except DoesNotExist:
            return None
        return League(int(item.week), str(item.plan), int(item.tiers_open))

    def publish(self, league: League) -> bool:
        """Makes a league the current one; False if one of its week or a later one is."""
        item = self.model(CURRENT, 0, week=league.week, plan=league.plan, tiers_open=league.tiers_open)
        return self._put(item, self.model.week.does_not_exist() | (self.model.week < league.week))

    def open_tiers(self, league: League) -> bool:
        """Records how many tiers the current league has now; False if that is another league by now."""
        item = self.model(CURRENT, 0, week=league.week, plan=league.plan, tiers_open=league.tiers_open)
        return self._put(item, (self.model.week == league.week) & (self.model.plan == league.plan))

    def put_all(self, league: League, divisions: Sequence[Division]) -> None:
        """Stores divisions of a league that is not published yet, 25 a call."""
        table = self.tables.name_of(LEAGUE.table)
        for batch in batches(divisions, ITEMS_A_CALL):
            put_all(self.tables.client, table, [self._item(league, division).serialize() for division in batch])

    def replace(self, league: League, division: Division) -> bool:
        """Stores a division with other members; False if somebody else has changed it since it was read."""
        version = self.model.version
        item = self._item(league, division)
        item.version = division.version + 1
        new = version.does_not_exist()
        return self._put(item, version == division.version if division.version else new)

    def get(self, league: League, seat: Seat) -> Division | None:
        """A division, or None."""
        try:
            with available():
                return _division(self.model.get(_key(league, seat.tier), seat.division, consistent_read=True))
        except DoesNotExist:
            return None

    def last(self, league: League, tier: int) -> Division | None:
        """The last division of a tier, or None for a tier without any."""
        with available():
            found = list(self.model.query(_key(league, tier), scan_index_forward=False, limit=1, consistent_read=True))
        return _division(found[0]) if found else None

    def all(self, league: League) -> Iterator[Division]:
        """All divisions of a league."""
        for tier in range(league.tiers_open):
            with available():
                found = list(self.model.query(_key(league, tier), consistent_read=True))
            yield from map(_division, found)

    def _item(self, league: League, division: Division) -> DivisionItem:
        return self.model(
            _key(league, division.seat.tier),
            division.seat.division,
            members=[
                [player_id, NUMBERS[moved], *division.placed.get(player_id, ())]
                for player_id, moved in division.members.items()
            ],
            version=1,
            expires_at_s=Period.WEEK.start_ms(league.week + 1 + KEPT_WEEKS) // 1_000,
        )

    def _put(self, item: DivisionItem, condition: object) -> bool:
        try:
            with available():
                item.save(condition=condition)  # type: ignore[arg-type]
        except PutError as error:
            if is_conflict(error):
                return False
            raise
        return True


def _key(league: League, tier: int) -> str:
    return f"{league.week}:{league.plan}:{tier}"


def _division(item: DivisionItem) -> Division:
    seat = Seat(int(item.league.rpartition(":")[2]), int(item.division))
    members = {row[0]: MOVED.get(row[1], Moved.STAYED) for row in item.members}
    placed = {row[0]: Placing(int(row[2]), int(row[3])) for row in item.members if len(row) > 2}
    return Division(seat, members, int(item.version or 0), placed)
