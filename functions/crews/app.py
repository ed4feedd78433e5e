"""What players do together, and to each other: factions and their territories, raids, rallies, duels."""

from tapstack.composition import container
from tapstack.duels import duelling
from tapstack.duels import operations as duels
from tapstack.duels.answers import DuelView
from tapstack.economy.operations import Act
from tapstack.factions import finding
from tapstack.factions import operations as factions
from tapstack.factions.answers import FactionPage
from tapstack.goals import receipts as goal_receipts
from tapstack.goals.answers import Claimed
from tapstack.http.app import create_app, serves
from tapstack.http.call import Call
from tapstack.raids import answers as raid_answers
from tapstack.raids import attacking, receipts
from tapstack.raids import operations as raids
from tapstack.raids.finding import TargetFinder
from tapstack.rallies import operations as rallies
from tapstack.rallies import rallying
from tapstack.rallies.answers import RallyView

app = create_app("crews", container)
target_finder = TargetFinder()
rallies_here = rallying.Rallying()


@serves(app, factions.FIND)
def find_factions(call: Call[None]) -> FactionPage:
    asked = call.query
    return finding.search(container(), asked["name"], int(asked["limit"] or 20), asked["cursor"] or None)


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


@serves(app, duels.OFFER)
def offer_duel(call: Call[Act]) -> DuelView:
    return duelling.offer(container(), call.player_id, call.body.op)


@serves(app, duels.DUEL)
def get_duel(call: Call[None]) -> DuelView:
    return duelling.view(container(), call.player_id, call.places["duel"])


@serves(app, duels.ACCEPT)
def accept_duel(call: Call[None]) -> DuelView:
    return duelling.accept(container(), call.player_id, call.places["duel"])


@serves(app, duels.DECLINE)
def decline_duel(call: Call[None]) -> DuelView:
    return duelling.decline(container(), call.player_id, call.places["duel"])
