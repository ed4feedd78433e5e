"""MiniStack as a game needs it; executed by MiniStack's own Python, so nothing here imports more than that has.

server      MiniStack's application, with its state kept on disk
guard       who has access
journal     no acknowledged write is lost to a kill
shortcuts   less work for each item written
http        less work for each answer
layers      unpacked once for all functions
"""

from pathlib import Path

PROGRAM = Path(__file__).parent
"""What MiniStack's Python runs: `python PROGRAM`."""
