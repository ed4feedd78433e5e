"""Scenes: what the bot can do, one small file each in scenes/. All of them are found by themselves.

A scene says which commands open it, what its buttons do, and what a text means in each of its states:

    scene = Scene("colour", commands=("colour",))

    @scene.opens
    def ask(turn: Turn) -> None:
        turn.wait_for("colour", "asking")
        turn.ask(turn.say("colour.which"), turn.plain("colour.placeholder"))

    @scene.on("red")                      # the button "colour:red"
    def red(turn: Turn) -> None: ...

    @scene.hears("asking")                # a text while in this state
    def heard(turn: Turn) -> None: ...
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache

from tapstack.telegram.turn import Turn

View = Callable[[Turn], None]


class Scene:
    """One thing the bot can do."""

    def __init__(self, name: str, commands: tuple[str, ...] = ()) -> None:
        self.name = name
        self.commands = commands
        self.actions: dict[str, View] = {}
        self.states: dict[str, View] = {}

    def opens(self, view: View) -> View:
        """Marks what the scene's commands and the button `<name>:open` do."""
        self.actions["open"] = view
        return view

    def on(self, action: str) -> Callable[[View], View]:
        """Marks what the button `<name>:<action>[:<argument>]` does."""

        def mark(view: View) -> View:
            self.actions[action] = view
            return view

        return mark

    def hears(self, state: str) -> Callable[[View], View]:
        """Marks what a text means in a state."""

        def mark(view: View) -> View:
            self.states[state] = view
            return view

        return mark


@cache
def scenes() -> dict[str, Scene]:
    """All scenes by name."""
    from tapstack.telegram import scenes as package

    names = [module.name for module in pkgutil.iter_modules(package.__path__)]
    found = [importlib.import_module(f"{package.__name__}.{name}").scene for name in names]
    return {scene.name: scene for scene in found}


@cache
def commands() -> dict[str, Scene]:
    """The scene that each command opens."""
    return {command: scene for scene in scenes().values() for command in scene.commands}
