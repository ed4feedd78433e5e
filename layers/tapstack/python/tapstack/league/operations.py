"""The API of the league."""

from __future__ import annotations

from tapstack.http.operation import READS, Auth, Operation
from tapstack.league.model import LeagueView

LEAGUE: Operation[None, LeagueView] = Operation(
    "getLeague",
    "GET",
    "/league",
    "The caller's division in the league of this week, with its promotion and relegation zones",
    Auth.SESSION_TOKEN,
    answer=LeagueView,
    errors=(400, 401, 429, 503),
    limit=READS,
)
