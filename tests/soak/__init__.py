"""Crowds that play for minutes, and every tap counted afterwards: `python -m soak.miniapp`, `python -m soak.bot`."""
