"""Duels: two players tap against each other for 30 seconds."""
