"""The table of public addresses lets nothing through that is not on the public Internet."""

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.providers.website.addresses import is_public

HIDDEN = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
    "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.0.192", "192.0.2.1",
    "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::8.8.8.8",
    "64:ff9b:1::7f00:1", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:db8::1",
    "2001:10::1", "2001:20::1", "2002:7f00:1::", "2002:0808:0808::1", "3ffe::1", "3fff::1", "5f00::1", "fc00::1",
    "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2620:4f:8000::1",
    "2a00:1450:4001:81b:0:5efe:7f00:1", "2a00:1450:4001:81b:200:5efe:a00:1",
]  # fmt: skip

PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2a00:1450:4001:81b::200e"]


@pytest.mark.parametrize("address", HIDDEN)
def test_what_is_not_on_the_public_internet_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_allowed(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_the_table_is_at_least_as_strict_as_the_standard_library_for_ipv4(address: IPv4Address) -> None:
    special = (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
    )
    assert not (special and is_public(address))


@given(st.ip_addresses(v=4))
def test_no_ipv6_address_that_carries_an_ipv4_address_is_public(address: IPv4Address) -> None:
    number = int(address)
    carriers = (
        number,
        0xFFFF << 32 | number,
        int(IPv6Address("64:ff9b::")) | number,
        0x2002 << 112 | number << 80,
        int(IPv6Address("2001::")) | number ^ 0xFFFFFFFF,
        int(IPv6Address("2a00::5efe:0:0")) | number,
    )
    assert not any(is_public(IPv6Address(carrier)) for carrier in carriers)


@given(st.ip_addresses(v=6))
def test_only_the_global_unicast_range_is_public_for_ipv6(address: IPv6Address) -> None:
    assert not is_public(address) or address in ip_network("2000::/3")
