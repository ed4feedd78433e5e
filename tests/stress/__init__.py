"""Runs the suite repeatedly, in random order, on a busy machine, to find flaky tests."""
