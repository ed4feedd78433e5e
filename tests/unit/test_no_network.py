"""The guard itself: without it the other unit tests could talk to anybody."""

from __future__ import annotations

import socket

import pytest


def test_unit_test_that_connects_fails() -> None:
    with pytest.raises(AssertionError, match="a unit test connects"), socket.socket() as client:
        client.connect(("127.0.0.1", 9))
    with pytest.raises(AssertionError, match="a unit test connects"), socket.socket(type=socket.SOCK_DGRAM) as client:
        client.sendto(b"?", ("127.0.0.1", 53))
