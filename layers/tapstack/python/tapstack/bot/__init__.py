"""The game's bot: routes an update to a scene, and the scenes that show several concepts at once."""
