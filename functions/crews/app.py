"""What players do together: factions and their territories, and raids."""

from tapstack.composition import container
from tapstack.factions import finding
from tapstack.factions import operations as factions
from tapstack.factions.answers import FactionPage
from tapstack.http.app import create_app, serves
from tapstack.http.call import Call
from tapstack.raids import answers as raid_answers
from tapstack.raids import attacking, receipts
from tapstack.raids import operations as raids
from tapstack.raids.finding import TargetFinder

app = create_app("crews", container)
target_finder = TargetFinder()


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
