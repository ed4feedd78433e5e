"""The names of the economy's leases."""

from __future__ import annotations

COMPLETION = "boards:completion:lease"
"""Held by who puts all wallets on the boards by metric."""
