"""The API of factions."""

from __future__ import annotations

from tapstack.factions.answers import FactionPage
from tapstack.http.operation import CURSOR, LIMIT, READS, Auth, Operation

NAME = r".{0,64}"

FIND: Operation[None, FactionPage] = Operation(
    "findFactions",
    "GET",
    "/factions",
    "Factions by the beginning of their names",
    Auth.SESSION_TOKEN,
    answer=FactionPage,
    errors=(400, 401, 429, 503),
    limit=READS,
    texts={"name": NAME, "limit": LIMIT, "cursor": CURSOR},
)

OPERATIONS = (FIND,)
