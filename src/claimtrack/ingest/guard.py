"""Which hosts may be fetched from: none that only this machine or its network can reach.

A page, a feed or a redirect may name any host. What it names is looked up once, the address is
checked, and the connection is made to this very address: a second lookup could answer otherwise.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence

from claimtrack.errors import ConfigError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_WRAPPED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
"""Addresses that lead to an IPv4 address in their last four bytes."""


class RefusedError(Exception):
    """A host that may not be connected to; the message says why."""


def network(text: str) -> Network:
    """Return a range of addresses, as `--allow-private` takes it.

    Raises:
        ConfigError: It is none.
    """
    try:
        return ipaddress.ip_network(text)
    except ValueError as error:
        raise ConfigError(
            f"{text!r} is no range of addresses ({error}). Give one like 10.1.0.0/16."
        ) from None


def addresses(host: str, port: int, allowed: Sequence[Network] = ()) -> tuple[str, ...]:
    """Return the addresses of a host that may be connected to, in the order of the lookup.

    Args:
        host: A name or an address.
        port: The port that will be connected to.
        allowed: Ranges that may be connected to although they are private.

    Raises:
        RefusedError: There is none.
        OSError: The name cannot be looked up.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    known = dict.fromkeys(str(entry[4][0]) for entry in found)
    free = tuple(each for each in known if _may(ipaddress.ip_address(each), allowed))
    if not free:
        named = "" if host in known else f" ({next(iter(known))})"
        raise RefusedError(
            f"{host}{named} is an address of this machine or its network, which pages may not "
            "lead to; --allow-private opens a range"
        )
    return free


def _may(address: Address, allowed: Sequence[Network]) -> bool:
    if any(address in one for one in allowed):
        return True
    inner = _inner(address)
    if inner is not None:
        return _may(inner, allowed)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inner(address: Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for, if it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if any(address in one for one in _WRAPPED):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
