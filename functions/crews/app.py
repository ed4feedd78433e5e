"""What players do together, and to each other: factions, territories, heists, raids, rallies and duels."""

from typing import Any

from tapstack.composition import container
from tapstack.duels import duelling
from tapstack.duels import operations as duels
from tapstack.duels import staking as duel_stakes
from tapstack.duels.answers import DuelView, StakesView
from tapstack.economy.operations import Act
from tapstack.factions import answers, finding, joining, leading, leaving, paying, reading
from tapstack.factions import operations as factions
from tapstack.goals import receipts as goal_receipts
from tapstack.goals.answers import Claimed
from tapstack.heists import answering, claiming
from tapstack.heists import answers as heist_answers
from tapstack.heists import operations as heists
from tapstack.heists.reading import HeistReader
from tapstack.http.app import create_app, serves
from tapstack.http.call import Call
from tapstack.platform.calendar import Period
from tapstack.raids import answers as raid_answers
from tapstack.raids import attacking, receipts
from tapstack.raids import operations as raids
from tapstack.raids.finding import TargetFinder
from tapstack.rallies import operations as rallies
from tapstack.rallies import rallying
from tapstack.rallies.answers import RallyView

app = create_app("crews", container)
heist_reader = HeistReader()
target_finder = TargetFinder()
rallies_here = rallying.Rallying()


@serves(app, factions.FIND)
def find_factions(call: Call[None]) -> answers.FactionPage:
    asked = call.query
    return finding.search(container(), asked["name"], int(asked["limit"] or 20), asked["cursor"] or None)


@serves(app, factions.FOUND)
def found_faction(call: Call[factions.FoundRequest]) -> answers.Founded:
    body = call.body
    entry = paying.found(container(), call.player_id, body.op, body.name, body.price, body.entrance)
    return answers.Founded(entry.result["faction"], entry.result["paid"], entry.after.coin)


@serves(app, factions.OWN)
def get_own_faction(call: Call[None]) -> answers.OwnFaction:
    return reading.own(container(), call.player_id)


@serves(app, factions.BOARD)
def get_faction_board(call: Call[None]) -> answers.FactionBoard:
    period = None if call.query["period"] == "all" else Period(call.query["period"])
    return reading.board(container(), call.player_id, period)


@serves(app, factions.ONE)
def get_faction(call: Call[None]) -> answers.FactionView:
    return _view(call)


@serves(app, factions.JOIN)
def join_faction(call: Call[factions.JoinRequest]) -> answers.Entered:
    return answers.Entered(joining.join(container(), call.player_id, call.places["faction"], call.body.code))


@serves(app, factions.LEAVE)
def leave_faction(call: Call[None]) -> answers.OwnFaction:
    leaving.leave(container(), call.player_id, call.places["faction"])
    joining.withdraw(container(), call.player_id, call.places["faction"])
    return reading.own(container(), call.player_id)


@serves(app, factions.DONATE)
def donate_to_faction(call: Call[factions.DonateRequest]) -> answers.Donated:
    entry = paying.donate(container(), call.player_id, call.body.op, call.places["faction"], call.body.amount)
    return answers.Donated(entry.result["coins"], entry.after.coin)


ACTS = {
    "accept": joining.accept,
    "decline": joining.decline,
    "promote": leading.promote,
    "demote": leading.demote,
    "kick": leaving.kick,
    "transfer": leading.transfer,
}


@serves(app, factions.MEMBER)
def change_faction_member(call: Call[factions.MemberRequest]) -> answers.FactionView:
    ACTS[call.body.act](container(), call.player_id, call.body.player, call.places["faction"])
    return _view(call)


@serves(app, factions.SETTINGS)
def change_faction(call: Call[factions.SettingsRequest]) -> answers.FactionView:
    body = call.body
    leading.settle(
        container(),
        call.player_id,
        call.places["faction"],
        entrance=body.entrance,
        colour=body.colour,
        new_link=body.new_link,
    )
    return _view(call)


@serves(app, factions.PERK)
def buy_faction_perk(call: Call[factions.PerkRequest]) -> answers.FactionView:
    leading.buy(container(), call.player_id, call.places["faction"], call.body.perk, call.body.price)
    return _view(call)


@serves(app, factions.DISSOLVE)
def dissolve_faction(call: Call[None]) -> answers.OwnFaction:
    leaving.dissolve(container(), call.player_id, call.places["faction"])
    return reading.own(container(), call.player_id)


@serves(app, factions.TERRITORIES)
def get_territories(call: Call[None]) -> answers.Territories:
    return reading.territories(container(), call.player_id)


@serves(app, factions.ASSIGN)
def assign_territory(call: Call[factions.AssignRequest]) -> answers.Territories:
    leading.assign(container(), call.player_id, call.places["territory"], on=call.body.on)
    return reading.territories(container(), call.player_id)


@serves(app, factions.REWARD)
def claim_territory(call: Call[None]) -> answers.TerritoryReward:
    entry = paying.claim(container(), call.player_id, call.places["territory"])
    return answers.TerritoryReward(entry.result["coins"], entry.result["xp"], entry.after.coin)


@serves(app, heists.HEISTS)
def get_heists(call: Call[None]) -> heist_answers.HeistsView:
    return heist_reader.heists(container(), call.player_id, call.query["cursor"])


@serves(app, heists.ANSWER)
def answer_heist(call: Call[heists.AnswerRequest]) -> heist_answers.HeistAnswered:
    return answering.answer(container(), call.player_id, call.places["heist"], call.body.op, call.body.answer)


@serves(app, heists.CLAIM)
def claim_heist(call: Call[None]) -> heist_answers.HeistClaimed:
    return claiming.claim(container(), call.player_id, call.places["heist"])


@serves(app, raids.TARGETS)
def get_raids(call: Call[None]) -> raid_answers.RaidsView:
    return target_finder.view(container(), call.player_id)


@serves(app, raids.RAID)
def raid(call: Call[raids.RaidRequest]) -> raid_answers.Raided:
    return receipts.raided(attacking.raid(container(), call.player_id, call.body.op, call.body.target))


@serves(app, rallies.BEGIN)
def begin_rally(call: Call[Act]) -> RallyView:
    return rallies_here.begin(container(), call.player_id, call.body.op)


@serves(app, rallies.RALLY)
def get_rally(call: Call[None]) -> RallyView:
    return rallies_here.view(container(), call.player_id, call.places["rally"])


@serves(app, rallies.JOIN)
def join_rally(call: Call[None]) -> RallyView:
    return rallies_here.join(container(), call.player_id, call.places["rally"])


@serves(app, rallies.CLAIM)
def claim_rally(call: Call[None]) -> Claimed:
    return goal_receipts.claimed(rallying.claim(container(), call.player_id, call.places["rally"]))


@serves(app, duels.STAKES)
def get_duel_stakes(call: Call[None]) -> StakesView:
    return duel_stakes.view(container(), call.player_id)


@serves(app, duels.OFFER)
def offer_duel(call: Call[duels.OfferRequest]) -> DuelView:
    return duelling.offer(container(), call.player_id, call.body.op, call.body.stake)


@serves(app, duels.DUEL)
def get_duel(call: Call[None]) -> DuelView:
    return duelling.view(container(), call.player_id, call.places["duel"])


@serves(app, duels.ACCEPT)
def accept_duel(call: Call[duels.AcceptRequest]) -> DuelView:
    return duelling.accept(container(), call.player_id, call.places["duel"], call.body.stake)


@serves(app, duels.DECLINE)
def decline_duel(call: Call[None]) -> DuelView:
    return duelling.decline(container(), call.player_id, call.places["duel"])


def _view(call: Call[Any]) -> answers.FactionView:
    return reading.view(container(), call.player_id, call.places["faction"])
