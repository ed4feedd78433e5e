"""Scenes: what the bot can do, one small file each in a concept's scenes/; bot/scene_list.py lists them.

A scene says which commands open it, what its buttons do, and what a text means in each of its states. It names the
ports that it needs, and its concept's texts:

    scene: Scene[Player, ColourPorts] = Scene("colour", TEXTS, commands=("colour",))

    @scene.opens
    def ask(context: Context[Player, ColourPorts]) -> None:
        context.wait_for("colour", "asking")
        context.show(context.say("colour.which"))

    @scene.on("red")                      # the button "colour:red"
    def red(context: Context[Player, ColourPorts]) -> None: ...

    @scene.on_text("asking")              # a text while in this state
    def answered(context: Context[Player, ColourPorts]) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Generic, TypeVar

from tapstack.telegram.context import Context, Speaker
from tapstack.telegram.texts import Texts

if TYPE_CHECKING:
    from tapstack.telegram.ports import ContextPorts

Player = TypeVar("Player", bound=Speaker, contravariant=True)
Ports = TypeVar("Ports", bound="ContextPorts", contravariant=True)


class Scene(Generic[Player, Ports]):
    """One thing the bot can do; a large one has parts, in files of their own."""

    def __init__(
        self,
        name: str,
        texts: Texts,
        commands: tuple[str, ...] = (),
        *,
        link: str = "",
        parts: Iterable[Scene[Player, Ports]] = (),
    ) -> None:
        self.name = name
        self.texts = texts
        self.commands = commands
        self.link = link
        """What the start parameters begin with that lead to this scene's action `link`; the rest is its argument."""
        self.actions: dict[str, Callable[[Context[Player, Ports]], None]] = {}
        self.states: dict[str, Callable[[Context[Player, Ports]], None]] = {}
        for part in parts:
            self.actions |= part.actions
            self.states |= part.states

    def opens(self, view: Callable[[Context[Player, Ports]], None]) -> Callable[[Context[Player, Ports]], None]:
        """Marks what the scene's commands and the button `<name>:open` do."""
        self.actions["open"] = view
        return view

    def on(
        self, action: str
    ) -> Callable[[Callable[[Context[Player, Ports]], None]], Callable[[Context[Player, Ports]], None]]:
        """Marks what the button `<name>:<action>[:<argument>]` does."""

        def mark(view: Callable[[Context[Player, Ports]], None]) -> Callable[[Context[Player, Ports]], None]:
            self.actions[action] = view
            return view

        return mark

    def on_text(
        self, state: str
    ) -> Callable[[Callable[[Context[Player, Ports]], None]], Callable[[Context[Player, Ports]], None]]:
        """Marks what a text means in a state."""

        def mark(view: Callable[[Context[Player, Ports]], None]) -> Callable[[Context[Player, Ports]], None]:
            self.states[state] = view
            return view

        return mark
