"""Tapping in the chat. The taps themselves are in bot/tap_callbacks.py: they need no conversation."""

from __future__ import annotations

from tapstack.bot.ports import TapScenePorts
from tapstack.bot.tap_callbacks import panel
from tapstack.bot.texts import TEXTS
from tapstack.leaderboards import all_time
from tapstack.play import chat_taps
from tapstack.play.rules.tap_button import ButtonState
from tapstack.players.accounts import clicks_of
from tapstack.players.model import Player
from tapstack.telegram.context import Context
from tapstack.telegram.scene import Scene
from tapstack.telegram.updates import Kind

scene: Scene[Player, TapScenePorts] = Scene("tap", TEXTS, commands=("tap",))


@scene.opens
def show(context: Context[Player, TapScenePorts]) -> None:
    """The screen one taps on. Where a button led here, it was the first tap."""
    update = context.update
    if update.kind is not Kind.CALLBACK_QUERY:
        return _show_current(context)
    result = chat_taps.record_tap_callback(context.ports, update.user, context.player.id, update.id)
    context.toast("tap.counted" if result.accepted else "tap.too_fast", clicks=result.clicks)
    return _panel(context, result.clicks, result.button)


@scene.on("resume")
def resume(context: Context[Player, TapScenePorts]) -> None:
    """Resumes a session that had ended."""
    chat_taps.resume(context.ports, context.update.user, context.player.id)
    context.toast("tap.resumed")
    _show_current(context)


def _show_current(context: Context[Player, TapScenePorts]) -> None:
    shown = chat_taps.button_state(context.ports, context.player.id)
    _panel(context, clicks_of(context.ports, context.player.id), shown)


def _panel(context: Context[Player, TapScenePorts], clicks: int, shown: ButtonState | None) -> None:
    total = all_time.current(context.ports).total_clicks
    data = chat_taps.button_data(context.ports, context.player.id, shown)
    context.show(*panel(context.language, clicks, max(clicks, total), data))
