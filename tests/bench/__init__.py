"""How fast the game is, measured on this machine: `python -m bench`. See docs/performance.md."""
