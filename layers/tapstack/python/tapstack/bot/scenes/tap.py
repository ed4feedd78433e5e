"""Tapping in the chat. The presses themselves are in ../presses.py: they need no conversation."""

from tapstack.bot.tap_callbacks import panel
from tapstack.bot.views import clicks_of
from tapstack.leaderboards import all_time
from tapstack.play import chat_taps
from tapstack.play.rules.tap_button import ButtonState
from tapstack.telegram.context import Context
from tapstack.telegram.scene import Scene

scene = Scene("tap", commands=("tap",))


@scene.opens
def show(context: Context) -> None:
    """The screen one taps on. Where a button led here, that press is the first tap."""
    if context.incoming.kind != "press":
        return _standing(context)
    incoming = context.incoming
    tapped = chat_taps.record_tap_callback(context.stores, incoming.user, context.player.id, incoming.update_id)
    context.toast("tap.counted" if tapped.accepted else "tap.too_fast", clicks=tapped.clicks)
    return _panel(context, tapped.clicks, tapped.button)


@scene.on("resume")
def resume(context: Context) -> None:
    """Takes up a session that had ended."""
    chat_taps.resume(context.stores, context.incoming.user, context.player.id)
    context.toast("tap.resumed")
    _standing(context)


def _standing(context: Context) -> None:
    shown = chat_taps.button_state(context.stores, context.player.id)
    _panel(context, clicks_of(context.stores, context.player), shown)


def _panel(context: Context, clicks: int, shown: ButtonState | None) -> None:
    total = all_time.current(context.stores).total_clicks
    data = chat_taps.button_data(context.stores, context.player.id, shown)
    context.show(*panel(context.language, clicks, max(clicks, total), data))
