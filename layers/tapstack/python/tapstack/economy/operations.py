"""The API of the economy. Whatever changes something has an `op`, by which a retry gets the first answer again."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from tapstack.economy import answers, commands
from tapstack.economy.catalogue.compiling import compiled
from tapstack.economy.catalogue.model import Catalogue
from tapstack.economy.commands import AmountOf, CrateCount, Name, Piece, Pieces, SeedText
from tapstack.http.call import Reply
from tapstack.http.operation import CURSOR, LIMIT, READS, Auth, Operation
from tapstack.platform.limits import COOLDOWNS

UUID7 = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
VERSION = "[0-9a-f]{16}"
PLAYER_ID = "[0-9a-f]{16}"

COMMANDS = COOLDOWNS["economy"]

CATALOGUE_MAX_AGE_S = 31_536_000
"""A version never changes: whoever has it needs no other copy."""

Op = Annotated[str, Meta(pattern=f"^({UUID7})$", description="A UUIDv7 of the client's, kept until it is answered")]


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """Names what a client starts, once and for all its retries: no older than a day by its own time."""

    op: Op


class BuyRequest(Act, frozen=True, kw_only=True):
    """An offer, how often, and the price of one that the player was shown."""

    offer: Name
    price: AmountOf
    count: Pieces = 1

    @property
    def command(self) -> commands.Buy:
        return commands.Buy(offer=self.offer, price=self.price, count=self.count)


class SellRequest(Act, frozen=True, kw_only=True):
    """So many of a stack, by its `item`, or one piece, by its `instance`."""

    item: Name | None = None
    instance: Piece | None = None
    count: Pieces = 1

    @property
    def command(self) -> commands.Sell:
        return commands.Sell(item=self.item or "", instance=self.instance or "", count=self.count)


class UseRequest(Act, frozen=True, kw_only=True):
    """A boost."""

    item: Name

    @property
    def command(self) -> commands.Use:
        return commands.Use(item=self.item)


class EquipRequest(Act, frozen=True, kw_only=True):
    """A cosmetic or a title, by its `item`, or a piece, by its `instance`: put on, or taken off."""

    item: Name | None = None
    instance: Piece | None = None
    off: bool = False

    @property
    def command(self) -> commands.Equip:
        return commands.Equip(item=self.item or "", instance=self.instance or "", off=self.off)


class RepairRequest(Act, frozen=True, kw_only=True):
    """A worn piece."""

    instance: Piece

    @property
    def command(self) -> commands.Repair:
        return commands.Repair(instance=self.instance)


class OpenRequest(Act, frozen=True, kw_only=True):
    """So many crates of a kind."""

    crate: Name
    count: CrateCount = 1

    @property
    def command(self) -> commands.Open:
        return commands.Open(crate=self.crate, count=self.count)


class SeedRequest(Act, frozen=True, kw_only=True):
    """A seed of the player's own for the draws to come."""

    client_seed: SeedText = ""

    @property
    def command(self) -> commands.Reseed:
        return commands.Reseed(client_seed=self.client_seed)


def catalogue_reply(catalogue: Catalogue) -> Reply:
    """A version of the catalogue, which browsers and the CDN keep for good."""
    text = compiled(catalogue)[1].decode()
    return Reply(text, headers={"Cache-Control": f"public, max-age={CATALOGUE_MAX_AGE_S}"})


_READ = (400, 401, 403, 404, 429, 503)
_COMMAND = (400, 401, 403, 404, 409, 413, 429, 503)

ECONOMY: Operation[None, answers.EconomyView] = Operation(
    "getEconomy",
    "GET",
    "/economy",
    "The caller's wallet: balances, energy, XP and status, boosts, revenue",
    Auth.SESSION_TOKEN,
    answer=answers.EconomyView,
    errors=_READ,
    limit=READS,
)
CATALOGUE: Operation[None, Catalogue] = Operation(
    "getCatalogue",
    "GET",
    "/catalogue/{version}",
    "A version of the catalogue: items, crates with their odds, tiers, shops. It never changes",
    answer=Catalogue,
    errors=(404, 429, 503),
    places={"version": VERSION},
    by_address=True,
)
SETTLE: Operation[Act, answers.Settled] = Operation(
    "settle",
    "POST",
    "/economy/settle",
    "Take the coins for paid taps, and the mail",
    Auth.SESSION_TOKEN,
    request=Act,
    answer=answers.Settled,
    errors=_COMMAND,
    limit=COMMANDS,
)
COLLECT: Operation[Act, answers.Collected] = Operation(
    "collect",
    "POST",
    "/economy/collect",
    "Take the revenue of businesses",
    Auth.SESSION_TOKEN,
    request=Act,
    answer=answers.Collected,
    errors=_COMMAND,
    limit=COMMANDS,
)
INVENTORY: Operation[None, answers.InventoryView] = Operation(
    "getInventory",
    "GET",
    "/inventory",
    "All that the caller has",
    Auth.SESSION_TOKEN,
    answer=answers.InventoryView,
    errors=_READ,
    limit=READS,
)
USE: Operation[UseRequest, answers.Used] = Operation(
    "useItem",
    "POST",
    "/inventory/use",
    "Use up a boost",
    Auth.SESSION_TOKEN,
    request=UseRequest,
    answer=answers.Used,
    errors=_COMMAND,
    limit=COMMANDS,
)
EQUIP: Operation[EquipRequest, answers.Equipped] = Operation(
    "equip",
    "POST",
    "/inventory/equip",
    "Put something on, or take it off",
    Auth.SESSION_TOKEN,
    request=EquipRequest,
    answer=answers.Equipped,
    errors=_COMMAND,
    limit=COMMANDS,
)
REPAIR: Operation[RepairRequest, answers.Repaired] = Operation(
    "repair",
    "POST",
    "/inventory/repair",
    "Make a worn piece as good as new",
    Auth.SESSION_TOKEN,
    request=RepairRequest,
    answer=answers.Repaired,
    errors=_COMMAND,
    limit=COMMANDS,
)
SELL: Operation[SellRequest, answers.Sold] = Operation(
    "sell",
    "POST",
    "/inventory/sell",
    "Sell a piece, or some of a stack",
    Auth.SESSION_TOKEN,
    request=SellRequest,
    answer=answers.Sold,
    errors=_COMMAND,
    limit=COMMANDS,
)
SHOP: Operation[None, answers.ShopView] = Operation(
    "getShop",
    "GET",
    "/shop",
    "What the shops sell to the caller now",
    Auth.SESSION_TOKEN,
    answer=answers.ShopView,
    errors=_READ,
    limit=READS,
)
BUY: Operation[BuyRequest, answers.Bought] = Operation(
    "buy",
    "POST",
    "/shop/buy",
    "Buy an offer at the price that was shown",
    Auth.SESSION_TOKEN,
    request=BuyRequest,
    answer=answers.Bought,
    errors=_COMMAND,
    limit=COMMANDS,
)
OPEN: Operation[OpenRequest, answers.Opened] = Operation(
    "openCrates",
    "POST",
    "/crates/open",
    "Open crates, by draws that anybody can check afterwards",
    Auth.SESSION_TOKEN,
    request=OpenRequest,
    answer=answers.Opened,
    errors=_COMMAND,
    limit=COMMANDS,
)
PROOF: Operation[None, answers.Proof] = Operation(
    "getProof",
    "GET",
    "/chance/proofs/{entry}",
    "All that is needed to check a draw of the caller's, by the op that opened the crates",
    Auth.SESSION_TOKEN,
    answer=answers.Proof,
    errors=_READ,
    limit=READS,
    places={"entry": UUID7},
)
SEED: Operation[SeedRequest, answers.Reseeded] = Operation(
    "changeSeed",
    "POST",
    "/chance/seed",
    "Reveal the server seed of the draws so far, and choose a seed for those to come",
    Auth.SESSION_TOKEN,
    request=SeedRequest,
    answer=answers.Reseeded,
    errors=_COMMAND,
    limit=COMMANDS,
)
CHEER: Operation[None, answers.Cheered] = Operation(
    "cheer",
    "POST",
    "/friends/{player}/cheer",
    "Cheer a friend, once a day; a repetition gets the same answer",
    Auth.SESSION_TOKEN,
    answer=answers.Cheered,
    errors=_READ,
    limit=COMMANDS,
    places={"player": PLAYER_ID},
)
LEDGER: Operation[None, answers.LedgerPage] = Operation(
    "getLedger",
    "GET",
    "/ledger",
    "What has happened to the caller's wallet, newest first",
    Auth.SESSION_TOKEN,
    answer=answers.LedgerPage,
    errors=_READ,
    limit=READS,
    texts={"limit": LIMIT, "cursor": CURSOR},
)

OPERATIONS = (
    ECONOMY,
    CATALOGUE,
    SETTLE,
    COLLECT,
    INVENTORY,
    USE,
    EQUIP,
    REPAIR,
    SELL,
    SHOP,
    BUY,
    OPEN,
    PROOF,
    SEED,
    LEDGER,
    CHEER,
)
