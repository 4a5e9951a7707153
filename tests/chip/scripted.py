"""A transport that plays back an exchange byte for byte."""

from collections.abc import Iterable


class ScriptedTransport:
    """Expects exactly the given commands, in order, and gives the given responses."""

    atr = bytes.fromhex("3B8880010073C8401300900062")

    def __init__(self, exchanges: Iterable[tuple[str, str]]) -> None:
        self._left = [(bytes.fromhex(c), bytes.fromhex(r)) for c, r in exchanges]

    def transmit(self, apdu: bytes) -> bytes:
        assert self._left, f"one command too many: {apdu.hex().upper()}"
        expected, response = self._left.pop(0)
        assert apdu.hex().upper() == expected.hex().upper()
        return response

    def assert_finished(self) -> None:
        assert not self._left, f"{len(self._left)} commands were not sent"
