"""What players do together: factions and their territories."""

from tapstack.composition import container
from tapstack.factions import finding
from tapstack.factions import operations as factions
from tapstack.factions.answers import FactionPage
from tapstack.http.app import create_app, serves
from tapstack.http.call import Call

app = create_app("crews", container)


@serves(app, factions.FIND)
def find_factions(call: Call[None]) -> FactionPage:
    asked = call.query
    return finding.search(container(), asked["name"], int(asked["limit"] or 20), asked["cursor"] or None)
