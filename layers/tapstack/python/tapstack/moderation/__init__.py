"""Bans, shadow bans, suspicions."""
