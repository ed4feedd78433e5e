"""Taps, sessions, heartbeats, and how they are saved and recovered."""
