"""What players do together: factions, their territories, and heists."""

from tapstack.composition import container
from tapstack.factions import finding
from tapstack.factions import operations as factions
from tapstack.factions.answers import FactionPage
from tapstack.heists import answering, claiming
from tapstack.heists import answers as heist_answers
from tapstack.heists import operations as heists
from tapstack.heists.reading import HeistReader
from tapstack.http.app import create_app, serves
from tapstack.http.call import Call

app = create_app("crews", container)
heist_reader = HeistReader()


@serves(app, factions.FIND)
def find_factions(call: Call[None]) -> FactionPage:
    asked = call.query
    return finding.search(container(), asked["name"], int(asked["limit"] or 20), asked["cursor"] or None)


@serves(app, heists.HEISTS)
def get_heists(call: Call[None]) -> heist_answers.HeistsView:
    return heist_reader.heists(container(), call.player_id)


@serves(app, heists.ANSWER)
def answer_heist(call: Call[heists.AnswerRequest]) -> heist_answers.HeistAnswered:
    return answering.answer(container(), call.player_id, call.places["heist"], call.body.op, call.body.answer)


@serves(app, heists.CLAIM)
def claim_heist(call: Call[None]) -> heist_answers.HeistClaimed:
    return claiming.claim(container(), call.player_id, call.places["heist"])
