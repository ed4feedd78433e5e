"""Scenes: what the bot can do, one small file each in a concept's scenes/; bot/scene_list.py lists them.

A scene says which commands open it, what its buttons do, and what a text means in each of its states:

    scene = Scene("colour", commands=("colour",))

    @scene.opens
    def ask(context: Context) -> None:
        context.wait_for("colour", "asking")
        context.ask(context.say("colour.which"), context.plain("colour.placeholder"))

    @scene.on("red")                      # the button "colour:red"
    def red(context: Context) -> None: ...

    @scene.on_text("asking")                # a text while in this state
    def heard(context: Context) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable

from tapstack.telegram.context import Context

View = Callable[[Context], None]


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

    def on_text(self, state: str) -> Callable[[View], View]:
        """Marks what a text means in a state."""

        def mark(view: View) -> View:
            self.states[state] = view
            return view

        return mark
