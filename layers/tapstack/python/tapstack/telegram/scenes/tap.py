"""Tapping in the chat. The presses themselves are in ../presses.py: they need no conversation."""

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
        return _panel(turn, clicks_of(turn.stores, turn.player))
    tapped = chat_taps.press(turn.stores, turn.incoming.user, turn.player.id, turn.incoming.update_id)
    turn.toast("tap.counted" if tapped.accepted else "tap.too_fast", clicks=tapped.clicks)
    return _panel(turn, tapped.clicks)


@scene.on("resume")
def resume(turn: Turn) -> None:
    """Takes up a session that had ended."""
    chat_taps.resume(turn.stores, turn.incoming.user, turn.player.id)
    turn.toast("tap.resumed")
    _panel(turn, clicks_of(turn.stores, turn.player))


def _panel(turn: Turn, clicks: int) -> None:
    total = leaderboard.current(turn.stores).total_clicks
    turn.show(*panel(turn.language, clicks, max(clicks, total)))
