"""Which addresses are public: a table of our own, because `ipaddress.is_global` calls loopback in disguise global.

Whatever carries an IPv4 address inside an IPv6 one (mapped, translated, 6to4, Teredo, ISATAP) is refused as a whole.
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

NOT_PUBLIC_V4 = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT, some clouds' metadata
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's host services
        "169.254.0.0/16",  # link-local, metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # multicast tunnels
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)

PUBLIC_V6 = IPv6Network("2000::/3")
"""The only range given out for the public Internet. Loopback, mapped, compatible, NAT64, local and multicast are outside."""

NOT_PUBLIC_V6 = tuple(
    ip_network(block)
    for block in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "2620:4f:8000::/48",  # AS112
        "3ffe::/16",  # 6bone, returned
        "3fff::/20",  # documentation
    )
)

ISATAP = (0x00005EFE, 0x02005EFE)
"""Bits 64 to 95 of an address whose last 32 bits are an IPv4 address."""


def is_public(address: IPv4Address | IPv6Address | str) -> bool:
    """Whether an address belongs to the public Internet. Raises ValueError when it is no address at all."""
    parsed = ip_address(address)
    if isinstance(parsed, IPv4Address):
        return not any(parsed in block for block in NOT_PUBLIC_V4)
    if parsed.scope_id is not None or parsed not in PUBLIC_V6:
        return False
    if (int(parsed) >> 32) & 0xFFFFFFFF in ISATAP:
        return False
    return not any(parsed in block for block in NOT_PUBLIC_V6)
