"""What the bot can do: one file a scene. See ../scene.py for how to add one."""
