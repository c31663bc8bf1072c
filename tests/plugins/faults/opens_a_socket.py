"""Calls somebody: at the port that the programme is called after."""

import socket

from tests.plugins.faults.guest import Block, Iterator, Telling, brings, said


def fault(telling: Telling) -> Iterator[Block]:
    """Fail."""
    with socket.create_connection(("127.0.0.1", int(telling.facts.consortium.programme or 9)), timeout=1) as call:
        call.sendall(b"secret")
        yield said(telling, "Connected.")


consortium_report_variants = brings(fault)
