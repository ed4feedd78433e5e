"""The API, version 1: the one list of its operations. `python -m tapstack.api` prints its OpenAPI document.

Each concept defines its own in `operations.py`; tests hold template.yaml to this list.
"""

from __future__ import annotations

import json
import sys

from tapstack.admin.operations import HEALTH
from tapstack.bot.operations import SHARE, TELEGRAM_UPDATE
from tapstack.cards.operations import CARD_PICTURE, MY_CARDS
from tapstack.duels.operations import OPERATIONS as DUELS
from tapstack.economy.operations import OPERATIONS as ECONOMY
from tapstack.factions.operations import OPERATIONS as FACTIONS
from tapstack.goals.operations import OPERATIONS as GOALS
from tapstack.heists.operations import OPERATIONS as HEISTS
from tapstack.http.openapi import OPENAPI, document
from tapstack.http.operation import AnyOperation
from tapstack.leaderboards.operations import CLOSED_LEADERBOARDS, FRIENDS, HALL_OF_FAME, LEADERBOARD, MY_RANK
from tapstack.league.operations import LEAGUE
from tapstack.live.operations import OPERATIONS as LIVE
from tapstack.notifications.operations import OPERATIONS as NOTIFICATIONS
from tapstack.play.operations import END_SESSION, OPEN_SESSION
from tapstack.play.tap_operations import HEARTBEAT, RECORD_TAPS
from tapstack.players.operations import MY_ACCOUNT, MY_REFERRALS, RENAME
from tapstack.privacy.operations import ERASE_ME, EXPORT_ME
from tapstack.raids.operations import OPERATIONS as RAIDS
from tapstack.rallies.operations import OPERATIONS as RALLIES

OPERATIONS: tuple[AnyOperation, ...] = (
    OPEN_SESSION,
    END_SESSION,
    RECORD_TAPS,
    HEARTBEAT,
    LEADERBOARD,
    CLOSED_LEADERBOARDS,
    HALL_OF_FAME,
    MY_RANK,
    FRIENDS,
    LEAGUE,
    *ECONOMY,
    *GOALS,
    *FACTIONS,
    *HEISTS,
    *RAIDS,
    *RALLIES,
    *DUELS,
    MY_ACCOUNT,
    RENAME,
    MY_REFERRALS,
    EXPORT_ME,
    ERASE_ME,
    *NOTIFICATIONS,
    *LIVE,
    SHARE,
    MY_CARDS,
    CARD_PICTURE,
    TELEGRAM_UPDATE,
    HEALTH,
    OPENAPI,
)

if __name__ == "__main__":
    json.dump(document(OPERATIONS), sys.stdout, indent=2)
    sys.stdout.write("\n")
