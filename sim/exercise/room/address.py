"""Where the room listens: on this machine alone, or on its address in the room's network as well."""

from __future__ import annotations

import errno
import ipaddress
import socket

from sim.errors import UserError, shortened
from sim.words import room_server as words

LOOPBACK = "127.0.0.1"
LOOPBACK_NAMES = frozenset({LOOPBACK, "localhost"})
_PROBES = (
    "192.0.2.1", "192.168.0.1", "192.168.1.1", "192.168.43.1", "192.168.137.1", "10.42.0.1", "10.0.0.1", "172.16.0.1",
)  # fmt: skip
"""Addresses in the networks that rooms have (a router's, a phone's, a laptop's hotspot); nothing is sent there."""


def network_address(given: str = "") -> str:
    """Return the address by which other machines of the network reach this one.

    Args:
        given: What the user has said that it is; empty: it is found out from the table of routes.

    Raises:
        UserError: When there is none, or what is given is no IPv4 address.
    """
    if given:
        try:
            return str(ipaddress.IPv4Address(given))
        except ValueError:
            raise UserError(words.NO_ADDRESS.format(address=shortened(given))) from None
    found = next((address for probe in _PROBES if (address := _from(probe))), None)
    if found is None:
        raise UserError(words.NO_NETWORK)
    return found


def _from(probe: str) -> str | None:
    """Return from which address this machine would reach another; a datagram's socket is connected without sending."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect((probe, 9))
            address = str(asking.getsockname()[0])
        except OSError:
            return None
    return None if ipaddress.IPv4Address(address).is_loopback else address


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        UserError: When the port is in use, or this machine does not have the address.
    """
    try:
        return socket.create_server((host, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UserError(words.PORT_IN_USE.format(port=port, other=port + 1 if port < 65_535 else 8765)) from error
        why = error.strerror or error
        raise UserError(words.CANNOT_LISTEN.format(host=host, port=port, why=why)) from error
