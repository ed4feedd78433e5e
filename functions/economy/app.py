"""What taps buy, and goals: GET /economy, /progress, /inventory, /shop and so on, and whatever changes a wallet."""

from typing import Any

from tapstack.composition import container
from tapstack.economy import answers, cheering, commands, operations, reading, receipts
from tapstack.economy.commands import AnyCommand
from tapstack.economy.model import Entry
from tapstack.economy.performing import perform
from tapstack.goals import answers as goal_answers
from tapstack.goals import claims
from tapstack.goals import operations as goals
from tapstack.goals import reading as goal_reading
from tapstack.goals import receipts as goal_receipts
from tapstack.http.app import create_app, serves
from tapstack.http.call import Call, Reply
from tapstack.notifications import preferences

app = create_app("economy", container)
reader = reading.EconomyReader()
goal_reader = goal_reading.GoalsReader()


@serves(app, operations.ECONOMY)
def get_economy(call: Call[None]) -> answers.EconomyView:
    return reader.economy(container(), call.player_id)


@serves(app, operations.CATALOGUE)
def get_catalogue(call: Call[None]) -> Reply:
    return operations.catalogue_reply(container().catalogues.version(call.places["version"]))


@serves(app, operations.INVENTORY)
def get_inventory(call: Call[None]) -> answers.InventoryView:
    return reader.inventory(container(), call.player_id)


@serves(app, operations.SHOP)
def get_shop(call: Call[None]) -> answers.ShopView:
    return reader.shop(container(), call.player_id)


@serves(app, operations.LEDGER)
def get_ledger(call: Call[None]) -> answers.LedgerPage:
    limit, cursor = int(call.query["limit"] or 0), call.query["cursor"] or None
    return reading.ledger(container(), container().cursors, call.player_id, limit, cursor)


@serves(app, operations.PROOF)
def get_proof(call: Call[None]) -> answers.Proof:
    return reading.proof(container(), call.player_id, call.places["entry"])


@serves(app, operations.SETTLE)
def settle(call: Call[operations.Act]) -> answers.Settled:
    return receipts.settled(_do(call, commands.Settle()))


@serves(app, operations.COLLECT)
def collect(call: Call[operations.Act]) -> answers.Collected:
    return receipts.collected(_do(call, commands.Collect()))


@serves(app, operations.USE)
def use_item(call: Call[operations.UseRequest]) -> answers.Used:
    return receipts.used(_do(call, call.body.command))


@serves(app, operations.EQUIP)
def equip(call: Call[operations.EquipRequest]) -> answers.Equipped:
    return receipts.equipped(_do(call, call.body.command))


@serves(app, operations.REPAIR)
def repair(call: Call[operations.RepairRequest]) -> answers.Repaired:
    return receipts.repaired(_do(call, call.body.command))


@serves(app, operations.SELL)
def sell(call: Call[operations.SellRequest]) -> answers.Sold:
    return receipts.sold(_do(call, call.body.command))


@serves(app, operations.BUY)
def buy(call: Call[operations.BuyRequest]) -> answers.Bought:
    return receipts.bought(_do(call, call.body.command))


@serves(app, operations.OPEN)
def open_crates(call: Call[operations.OpenRequest]) -> answers.Opened:
    return receipts.opened(_do(call, call.body.command))


@serves(app, operations.SEED)
def change_seed(call: Call[operations.SeedRequest]) -> answers.Reseeded:
    return receipts.reseeded(_do(call, call.body.command))


@serves(app, goals.PROGRESS)
def get_progress(call: Call[None]) -> goal_answers.ProgressView:
    return goal_reader.progress(container(), call.player_id)


@serves(app, goals.CLAIM)
def claim(call: Call[goals.ClaimRequest]) -> goal_answers.Claimed:
    return goal_receipts.claimed(claims.claim(container(), call.player_id, call.body.cause))


@serves(app, goals.REROLL)
def reroll_mission(call: Call[goals.RerollRequest]) -> goal_answers.Rerolled:
    return goal_receipts.rerolled(_do(call, call.body.command), call.body.cause)


@serves(app, goals.CHECK_IN)
def check_in(call: Call[operations.Act]) -> goal_answers.CheckedIn:
    return goal_receipts.checked_in(_do(call, commands.CheckIn()))


@serves(app, goals.ZONE)
def set_zone(call: Call[goals.ZoneRequest]) -> goal_answers.ZoneSet:
    done = goal_receipts.zone_set(_do(call, call.body.command))
    preferences.follow(container(), call.player_id, done.zone)
    return done


@serves(app, operations.CHEER)
def cheer_friend(call: Call[None]) -> answers.Cheered:
    return cheering.cheer(container(), call.player_id, call.places["player"])


def _do(call: Call[Any], command: AnyCommand) -> Entry:
    return perform(container(), call.player_id, call.body.op, command)
