"""Rallies: everybody in a group chat taps towards one target."""
