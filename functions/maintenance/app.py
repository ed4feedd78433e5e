"""Every minute: erases; archives boards; keeps leagues, contests, factions; credits, flags, reminds, measures."""

from typing import Any

from tapstack.admin import maintenance, metrics
from tapstack.composition import container
from tapstack.duels.ending import end_due as end_duels
from tapstack.economy.completion import complete_due
from tapstack.factions.keeping import keep as keep_factions
from tapstack.heists.keeping import keep as keep_heists
from tapstack.leaderboards.archive import archive_due
from tapstack.league.keeping import keep
from tapstack.moderation.suspects import watch
from tapstack.notifications.reminding import remind
from tapstack.platform.logs import guarded
from tapstack.players.referrals import credit_due
from tapstack.privacy.erasure import finish_due
from tapstack.rallies.grouping import keep as keep_rallies
from tapstack.rallies.rallying import Rallying


@guarded
def handler(_: dict[str, Any], __: Any) -> dict[str, Any]:
    """Takes a scheduled event and answers what each job did."""
    game = container()
    return maintenance.run(
        {
            # Nothing may hold up erasures, and factions hold up nothing: there may be more of them than a run can read.
            "erased": lambda: finish_due(game),
            "archived": lambda: archive_due(game),
            "completed": lambda: complete_due(game),
            "league": lambda: keep(game),
            "heists": lambda: keep_heists(game),
            "credited": lambda: credit_due(game),
            "flagged": lambda: watch(game),
            "rallied": lambda: keep_rallies(game, Rallying()),
            "duelled": lambda: end_duels(game),
            "reminded": lambda: remind(game),
            "measured": lambda: metrics.record(game),
            "factions": lambda: keep_factions(game),
        }
    )
