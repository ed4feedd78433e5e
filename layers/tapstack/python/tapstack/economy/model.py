"""What the economy is made of: wallets, goods, journal entries, commands and their outcomes.

All amounts are integers. Everything that is about one player changes with that player's wallet, whose `seq` each
change requires and raises; so whatever is read together stays together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import msgspec

from tapstack.economy.catalogue.model import Currency

COIN, GEM = Currency.COIN, Currency.GEM
"""Where each tap counts, by these: Python 3.11 looks a member up in its enum ten times as long."""

PLAYER = "player"
"""The account of the player that an entry is about; all others are the house's."""


class Bonus(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Adds `permille` coins to each 1,000 paid taps from one number of paid taps on, up to another.

    Measured in taps and not in minutes, so that it makes no difference when or how often income is settled.
    """

    source: str
    from_pt: int
    to_pt: int
    permille: int


class Tally(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A number that only grows, and what it was when the day, the week and the month began that it last grew in."""

    total: int = 0
    day: int = 0
    at_day: int = 0
    week: int = 0
    at_week: int = 0
    month: int = 0
    at_month: int = 0


class Mark(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """When a number that boards rank by last grew, and what it was when the year began that it last grew in."""

    at_ms: int = 0
    at_year: int = 0


class SeasonScore(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The XP gained in a season, and when it last grew. The season: the day on which it began, and its end as of then.

    It stays as it was after the season, until there is XP in the next one.
    """

    day: int = 0
    ends_ms: int = 0
    xp: int = 0
    at_ms: int = 0


class Wallet(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A player's money, and what it is computed from; at most 1 KB as JSON.

    `settled` is the number of paid taps that coins were minted for, `tap_carry` (thousandths of a coin) and
    `revenue_carry` (coins times milliseconds) what was too small to mint. `shown` are the title, colour and frame that
    were worn before the last entry. `flows` maps house accounts to what this wallet has given them less what it has
    got, so all wallets together give the accounts' balances. `marks` is what boards need of tallies beside them: no
    part of the tallies, which an older release would write back without it. `season` is what the board of a season
    needs. `head` is the hash of the newest entry.
    """

    seq: int = 0
    coin: int = 0
    gem: int = 0
    settled: int = 0
    tap_carry: int = 0
    awarded_xp: int = 0
    bonuses: tuple[Bonus, ...] = ()
    equipped: dict[str, str] = {}
    shown: str = ""
    revenue_h: int = 0
    upkeep_h: int = 0
    hours: int = 0
    collected_at_ms: int = 0
    revenue_carry: int = 0
    upkeep_carry: int = 0
    pity: dict[str, int] = {}
    nonce: int = 0
    epoch: int = 0
    client_seed: str = ""
    tallies: dict[str, Tally] = {}
    marks: dict[str, Mark] = {}
    season: SeasonScore = SeasonScore()
    flows: dict[str, int] = {}
    head: str = ""

    def balance(self, currency: Currency) -> int:
        return self.coin if currency is COIN else self.gem

    @property
    def xp(self) -> int:
        """Lifetime XP: a point for each paid tap that was settled, and what was awarded."""
        return self.settled + self.awarded_xp


class Count(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A number that only grows, and how much of it came on the `day` that it last grew on, in its week and month."""

    total: int = 0
    day: int = 0
    in_day: int = 0
    in_week: int = 0
    in_month: int = 0


class Goals(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """What a player has claimed, and their streak; at most 2 KB as JSON. Progress itself follows from counters.

    `daily` and `weekly` are the missions claimed in `day` and `week` (numbers, platform/calendar.py), those `_out` were
    exchanged; `rerolled` is the day of the last exchange. `achieved` maps achievements to how many tiers are claimed.
    `checked_at_ms` is the last check-in, `due_ms` the time that all check-ins so far take at one a day
    (rules/streaks.py). `zone_before` counted until `zone_at_ms`. `season_base` is the XP at the start of `season`,
    `steps` are its claimed ones, a bit each, and once it is over all that was reached in it is paid. `league` is the
    last week of which a prize was claimed. `raided_at_ms` is the player's own last raid.
    """

    counts: dict[str, Count] = {}
    day: int = 0
    daily: tuple[str, ...] = ()
    daily_out: tuple[str, ...] = ()
    week: int = 0
    weekly: tuple[str, ...] = ()
    weekly_out: tuple[str, ...] = ()
    chest: bool = False
    rerolled: int = 0
    achieved: dict[str, int] = {}
    streak: int = 0
    best: int = 0
    freezes: int = 0
    checked_at_ms: int = 0
    due_ms: int = 0
    zone: str = ""
    zone_before: str = ""
    zone_at_ms: int = 0
    season: str = ""
    season_base: int = 0
    season_over: bool = False
    steps: int = 0
    league: int = 0
    referred: bool = False
    raided_at_ms: int = 0


class Instance(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One piece with a state: `worn` counts the paid taps it was worn for, up to `worn_from_pt` where it is worn now.

    One that did not fit into the bag is in escrow until `escrow_until_ms`, and lost then.
    """

    id: str
    item: str
    got_at_ms: int
    worn: int = 0
    worn_from_pt: int = -1
    escrow_until_ms: int = 0


class Mail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something for another player: legs of the house and goods, under the cause that it is for.

    `loss` is what a raid has taken of the revenue that they had not collected: it never comes from their balance.
    """

    cause: str
    account: str
    coin: int = 0
    gem: int = 0
    xp: int = 0
    goods: dict[str, int] = {}
    note: str = ""
    loss: int = 0


class Leg(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A change of an account; the legs of an entry sum to zero in each currency."""

    account: str
    currency: Currency
    amount: int


class After(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a player had once an entry was written."""

    coin: int = 0
    gem: int = 0
    xp: int = 0


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line of the journal: what happened to one player for one cause, once and for all.

    `kind` names the command, `after` is what the player had then. `goods` maps stacks to how many came or went,
    `instances` the pieces that changed to their new state (None: gone), `state` the fields of the wallet that changed
    beside the money, `goals` those of the goals; so the journal alone gives everything back (rules/journal.py).
    `params` is the hash of the command, `by` and `why` are an operator's. `hash` covers the rest, and with `previous`
    all that came before.
    """

    player_id: str
    cause: str
    seq: int
    at_ms: int
    catalogue: str
    kind: str = ""
    after: After = After()
    legs: tuple[Leg, ...] = ()
    goods: dict[str, int] = {}
    instances: dict[str, Instance | None] = {}
    state: dict[str, Any] = {}
    params: str = ""
    goals: dict[str, Any] = {}
    result: Any = None
    by: str = ""
    why: str = ""
    previous: str = ""
    hash: str = ""


class RaidLine(msgspec.Struct, frozen=True, array_like=True):
    """One raid: by whom, and when."""

    by: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class RaidBook:
    """The latest raids on a player; `seq` is how often it was written, which each change requires and raises."""

    player_id: str
    seq: int = 0
    lines: tuple[RaidLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What a raid goes by: the coins that the target has not collected, their defence, and the raids on them so far.

    `is_revenge` says that the target has raided the player in the last 24 hours.
    """

    player_id: str
    paid_taps: int
    ready: int
    defence: int
    book: RaidBook
    is_revenge: bool = False


class Holdings(msgspec.Struct, frozen=True):
    """All that one player has, as it was read at once; `paid_taps` is what Redis knows, and 0 after a loss.

    `inviter` is looked up once, when it is to be paid for: "" where nobody is, None before. `target` is whom the
    command is about, where it is a raid.
    """

    player_id: str
    wallet: Wallet
    paid_taps: int = 0
    stacks: dict[str, int] = {}
    instances: dict[str, Instance] = {}
    mails: tuple[Mail, ...] = ()
    goals: Goals = Goals()
    last_tap_ms: int = 0
    inviter: str | None = None
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Holdings with what it takes to change them: `marks` says in which entry's number each part was last written.

    `newer` are fields of the wallet that a newer release has stored, `newer_goals` those of the goals: they are written
    back as they are.
    """

    holdings: Holdings
    marks: Mapping[str, int] = field(default_factory=dict)
    newer: Mapping[str, Any] = field(default_factory=dict)
    newer_goals: Mapping[str, Any] = field(default_factory=dict)


Shared = str | int | Mapping[str, int]
"""A field of an item that players share."""


@dataclass(frozen=True, slots=True)
class SharedChange:
    """A change of one item that players share; it is written with all that it comes with, or nothing of it is.

    `put` are fields with new values, `add` numbers that grow by so much, `drop` fields that go; `where` says what
    fields must hold before (None: are absent). A name with a dot is an entry of a mapping. `delete` removes the item.
    """

    key: str
    put: Mapping[str, Shared] = field(default_factory=dict)
    add: Mapping[str, int] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    where: Mapping[str, str | int | None] = field(default_factory=dict)
    there: tuple[str, ...] = ()
    """Fields that must be there, whatever they hold."""
    delete: bool = False


class Written(Enum):
    """What has become of an outcome."""

    DONE = "done"
    USED = "used"
    """There is an entry for this cause: whoever wrote it, nothing is written again."""
    STALE = "stale"
    """Something has changed since it was read: read and decide again."""
    SHORT = "short"
    """The shared stock has not so many left where they were to be taken from."""


@dataclass(frozen=True, slots=True)
class SharedStock:
    """Pieces of a limited offer, of which there are `of`, that an outcome takes from what all players share.

    The offer is there until `until_ms`.
    """

    offer: str
    count: int
    of: int
    until_ms: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one transaction writes: the new wallet, an entry, changed stacks and pieces (None: gone), mails, stock.

    `goals` is None where they have not changed. `changes` are those of other items that players share.
    """

    wallet: Wallet
    entry: Entry
    stacks: Mapping[str, int] = field(default_factory=dict)
    instances: Mapping[str, Instance | None] = field(default_factory=dict)
    collected: tuple[Mail, ...] = ()
    sent: tuple[tuple[str, Mail], ...] = ()
    stock: SharedStock | None = None
    goals: Goals | None = None
    changes: tuple[SharedChange, ...] = ()

    @property
    def idle(self) -> bool:
        """Whether it makes no difference when this is written, or never: income of less than a coin stays due."""
        changed = self.entry.legs or self.stacks or self.instances or self.collected or self.sent
        return self.entry.kind in IDLE and not changed and self.goals is None


IDLE = frozenset({"settle", "collect", "zone"})
"""Commands that only take what is due, or say what may be so already."""
