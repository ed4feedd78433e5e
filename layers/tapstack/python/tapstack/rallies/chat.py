"""What the chat shows of a rally: a bar, who is ahead, and what it brings. Nothing here loads python-telegram-bot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from tapstack.leaderboards.chat_rows import MEDALS
from tapstack.players.mentions import mention
from tapstack.rallies.texts import TEXTS
from tapstack.telegram.durations import duration
from tapstack.telegram.notices import text_call
from tapstack.telegram.texts import Html

if TYPE_CHECKING:
    from tapstack.economy.catalogue.model import Reward
    from tapstack.rallies.answers import RallyView

TAP, CLAIM = "rally:join:", "rally:paid:"
"""What the data of a group's buttons begins with; the rally's id follows."""

REFUSALS = {
    "rally_over": "rally.is_over",
    "rally_full": "rally.full",
    "rally_unknown": "rally.unknown",
    "rallies_off": "rally.off",
    "too_early": "rally.too_early",
    "period_over": "rally.too_late",
    "rallies_claimed": "rally.enough",
    "unknown_cause": "rally.no_share",
}
"""What is said to a refusal; to any other, that it does not work."""

BEST = 5
CELLS = 10


class Brings(Protocol):
    """What any reward names."""

    @property
    def coin(self) -> int: ...
    @property
    def gem(self) -> int: ...
    @property
    def xp(self) -> int: ...
    @property
    def goods(self) -> Mapping[str, int]: ...


def is_rally_button(data: str) -> bool:
    """Whether this is the data of a group's button of a rally."""
    return data.startswith((TAP, CLAIM))


def bar(taps: int, of: int) -> str:
    """How much of a step is done; full only where all of it is."""
    done = min(CELLS, taps * CELLS // of) if of else CELLS
    return "▓" * done + "░" * (CELLS - done)


def reward(of: Brings, language: str) -> str:
    """What a reward brings, in few words."""
    parts = [
        ("rally.reward_coins", {"coins": of.coin}),
        ("rally.reward_gems", {"gems": of.gem}),
        ("rally.reward_xp", {"xp": of.xp}),
        ("rally.reward_goods", {"count": sum(of.goods.values())}),
    ]
    return ", ".join(TEXTS.plain(key, language, **named) for key, named in parts if any(named.values()))


def lines_of(view: RallyView, juggernaut: Reward, language: str) -> list[Html]:
    """A rally as anybody sees it, whether it goes on or is over."""
    steps, reached = view.steps, view.reached
    coming = steps[reached] if reached < len(steps) else None
    lines = [_title(view, language), Html("")]
    cells = bar(view.total, coming.taps if coming else 0)
    lines.append(TEXTS.say("rally.total", language, bar=cells, count=view.total))
    if reached:
        won = reward(steps[reached - 1].reward, language)
        lines.append(TEXTS.say("rally.reached", language, reward=won, least=view.least))
    if view.over and not reached:
        lines.append(TEXTS.say("rally.none_reached", language))
    elif not view.over and coming:
        next_reward = reward(coming.reward, language)
        lines.append(TEXTS.say("rally.next", language, taps=coming.taps, reward=next_reward, least=view.least))
    elif not view.over:
        lines.append(TEXTS.say("rally.all_reached", language))
    lines += [Html(""), TEXTS.say("rally.players", language, count=view.players)]
    for place, one in enumerate([one for one in view.members if one.taps][:BEST], 1):
        shown = MEDALS.get(place, f"{place}.")
        lines.append(TEXTS.say("rally.member", language, place=shown, name=mention(one.id), taps=one.taps))
    if view.juggernaut and reached and view.juggernaut in {one.id for one in view.members}:
        more = reward(juggernaut, language)
        lines.append(TEXTS.say("rally.juggernaut", language, name=mention(view.juggernaut), reward=more))
    return lines


def _title(view: RallyView, language: str) -> Html:
    if view.over:
        return TEXTS.say("rally.over_title", language)
    left_ms = view.ends_at_ms - view.now_ms
    if left_ms <= 0:
        return TEXTS.say("rally.ending", language)
    return TEXTS.say("rally.title", language, time=duration(left_ms, language))


def group_call(chat_id: int, view: RallyView, juggernaut: Reward, language: str) -> dict[str, Any]:
    """A rally as its group sees it, as a sendMessage: with a button to tap, and one to be paid once it is over."""
    call = text_call(chat_id, "\n".join(lines_of(view, juggernaut, language)))
    if view.over:
        shown = [{"text": TEXTS.plain("b.rally_claim", language), "callback_data": f"{CLAIM}{view.id}"}]
        return call | {"reply_markup": {"inline_keyboard": [shown] if view.reached else []}}
    tap = {"text": TEXTS.plain("b.rally_tap", language), "callback_data": f"{TAP}{view.id}"}
    return call | {"reply_markup": {"inline_keyboard": [[tap]]}}


def edit_call(call: dict[str, Any], message_id: int) -> dict[str, Any]:
    """What a message shows, as an edit of one."""
    return call | {"method": "editMessageText", "message_id": message_id}
