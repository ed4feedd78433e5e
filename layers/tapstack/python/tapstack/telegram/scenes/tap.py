"""Tapping in the chat. The presses themselves are in ../presses.py: they need no conversation."""

from tapstack.domain.tap_button import Shown
from tapstack.services import chat_taps, leaderboard
from tapstack.telegram.presses import panel
from tapstack.telegram.scene import Scene
from tapstack.telegram.turn import Turn
from tapstack.telegram.views import clicks_of

scene = Scene("tap", commands=("tap",))


@scene.opens
def show(turn: Turn) -> None:
    """The screen one taps on. Where a button led here, that press is the first tap."""
    if turn.incoming.kind != "press":
        return _standing(turn)
    tapped = chat_taps.press(turn.stores, turn.incoming.user, turn.player.id, turn.incoming.update_id)
    turn.toast("tap.counted" if tapped.accepted else "tap.too_fast", clicks=tapped.clicks)
    return _panel(turn, tapped.clicks, tapped.shown)


@scene.on("resume")
def resume(turn: Turn) -> None:
    """Takes up a session that had ended."""
    chat_taps.resume(turn.stores, turn.incoming.user, turn.player.id)
    turn.toast("tap.resumed")
    _standing(turn)


def _standing(turn: Turn) -> None:
    _panel(turn, clicks_of(turn.stores, turn.player), chat_taps.standing(turn.stores, turn.player.id))


def _panel(turn: Turn, clicks: int, shown: Shown | None) -> None:
    total = leaderboard.current(turn.stores).total_clicks
    data = chat_taps.button_data(turn.stores, turn.player.id, shown)
    turn.show(*panel(turn.language, clicks, max(clicks, total), data))
