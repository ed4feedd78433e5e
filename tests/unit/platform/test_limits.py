"""Whose request it is, by its address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tapstack.platform.addresses import network_of
from tapstack.platform.limits import ADDRESS_BURST_S, Limit, of_address


@pytest.mark.parametrize(
    ("source", "forwarded_for", "proxies", "network"),
    [
        ("8.8.8.8", "", 0, "8.8.8.8"),
        ("8.8.8.8", "9.9.9.9, 8.8.8.8", 0, "8.8.8.8"),  # what anybody may write is not believed
        ("8.8.8.8", "9.9.9.9, 8.8.8.8", 1, "9.9.9.9"),
        ("8.8.8.8", "1.1.1.1, 9.9.9.9, 8.8.8.8", 1, "9.9.9.9"),
        ("8.8.8.8", "1.1.1.1,9.9.9.9 ,8.8.8.8", 2, "1.1.1.1"),
        ("8.8.8.8", "8.8.8.8", 1, "8.8.8.8"),  # came past the proxy
        ("8.8.8.8", "", 3, "8.8.8.8"),
        ("8.8.8.8", "rubbish, 8.8.8.8", 1, "8.8.8.8"),
        ("127.0.0.1", "9.9.9.9, 127.0.0.1", 1, "9.9.9.9"),
        ("2a00:1450:4001:82a:1:2:3:4", "", 0, "2a00:1450:4001:82a::/64"),
        ("2a00:1450:4001:82a:ffff:2:3:4", "", 0, "2a00:1450:4001:82a::/64"),
        ("::ffff:8.8.8.8", "", 0, "8.8.8.8"),
        ("127.0.0.1", "", 0, None),
        ("10.1.2.3", "", 0, None),
        ("192.168.1.1", "", 0, None),
        ("::1", "", 0, None),
        ("fe80::1%eth0", "", 0, None),
        ("::ffff:127.0.0.1", "", 0, None),
        ("", "", 0, None),
        ("unix:", "", 1, None),
    ],
)
def test_network_of_a_caller(source: str, forwarded_for: str, proxies: int, network: str | None) -> None:
    assert network_of(source, forwarded_for, proxies) == network


@given(st.text(max_size=80), st.text(max_size=80), st.integers(0, 10))
def test_addresses_are_read_whatever_they_are(source: str, forwarded_for: str, proxies: int) -> None:
    network_of(source, forwarded_for, proxies)


@pytest.mark.parametrize(("per_s", "every_ms"), [(1, 1_000), (3, 334), (100, 10), (999, 2), (1_000, 1)])
def test_address_gets_no_more_than_the_setting_says(per_s: int, every_ms: int) -> None:
    assert of_address(per_s) == Limit(per_s * ADDRESS_BURST_S, every_ms)
