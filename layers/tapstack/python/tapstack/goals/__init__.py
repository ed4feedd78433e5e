"""Reasons to come back: missions, achievements, the streak, seasons, and prizes of the league."""
