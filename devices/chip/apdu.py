"""Command and response APDUs (ISO/IEC 7816-4, section 5)."""

from dataclasses import dataclass, replace
from typing import Final

from devices.chip.errors import MalformedReply
from devices.chip.transport import CardTransport

OK: Final = 0x9000
SHORT_NE: Final = 256
EXTENDED_NE: Final = 65536
MAX_SHORT_NC: Final = 255
SHORT_BLOCK: Final = 223
"""The most plain bytes that fit a short APDU under secure messaging, whatever the cipher."""

_MORE_DATA: Final = 0x61

CHAINED: Final = 0x10
"""Bit of the class byte: more commands of the chain follow (section 5.4.1)."""
SECURED: Final = 0x0C
"""Bits of the class byte: secure messaging, header authenticated (section 5.4.1)."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command APDU.

    Attributes:
        ne: the most data bytes that are expected back; None where no Le is sent.
        extended: whether Lc and Le are encoded in the extended form. The card must have said
            that it understands it.
    """

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b""
    ne: int | None = None
    extended: bool = False

    @property
    def header(self) -> bytes:
        return bytes((self.cla, self.ins, self.p1, self.p2))

    def encode(self) -> bytes:
        """The bytes to send.

        Raises:
            ValueError: the data or Ne does not fit the form.
        """
        if self.extended:
            return self.header + self._extended_body()
        if len(self.data) > MAX_SHORT_NC or (self.ne or 0) > SHORT_NE:
            raise ValueError("data or expected length does not fit a short APDU")
        body = bytes((len(self.data),)) + self.data if self.data else b""
        return self.header + body + self.encoded_le()

    def encoded_le(self) -> bytes:
        """Le as it is sent without extended Lc: one or two bytes, or none."""
        if self.ne is None:
            return b""
        if self.extended:
            return (self.ne % EXTENDED_NE).to_bytes(2, "big")
        return bytes((self.ne % SHORT_NE,))

    def _extended_body(self) -> bytes:
        if len(self.data) >= EXTENDED_NE or (self.ne or 0) > EXTENDED_NE:
            raise ValueError("data or expected length does not fit an APDU")
        if not self.data:
            return b"\x00" + self.encoded_le() if self.ne is not None else b""
        return b"\x00" + len(self.data).to_bytes(2, "big") + self.data + self.encoded_le()


def parse_command(apdu: bytes) -> Command:
    """Take a command APDU apart (section 5.2, cases 1 to 4, short and extended).

    Raises:
        MalformedReply: the lengths contradict one another.
    """
    if len(apdu) < 4:
        raise MalformedReply("a command APDU has four bytes at least")
    cla, ins, p1, p2 = apdu[:4]
    body = apdu[4:]
    if not body:
        return Command(cla, ins, p1, p2)
    if len(body) == 1:
        return Command(cla, ins, p1, p2, ne=body[0] or SHORT_NE)
    if body[0]:
        return _with_body(apdu[:4], body[1:], body[0], extended=False)
    if len(body) == 3:
        ne = int.from_bytes(body[1:], "big") or EXTENDED_NE
        return Command(cla, ins, p1, p2, ne=ne, extended=True)
    return _with_body(apdu[:4], body[3:], int.from_bytes(body[1:3], "big"), extended=True)


def _with_body(header: bytes, rest: bytes, length: int, *, extended: bool) -> Command:
    data, le = rest[:length], rest[length:]
    if len(data) != length or len(le) not in (0, 2 if extended else 1):
        raise MalformedReply("the lengths of a command APDU do not add up")
    ne = (int.from_bytes(le, "big") or (EXTENDED_NE if extended else SHORT_NE)) if le else None
    cla, ins, p1, p2 = header
    return Command(cla, ins, p1, p2, data, ne, extended)


@dataclass(frozen=True, slots=True)
class Response:
    """A response APDU."""

    data: bytes
    sw: int
    """SW1 SW2."""

    @property
    def ok(self) -> bool:
        return self.sw == OK

    def encode(self) -> bytes:
        return self.data + self.sw.to_bytes(2, "big")


def parse_response(apdu: bytes) -> Response:
    """Take a response APDU apart.

    Raises:
        MalformedReply: it is too short to hold a status word.
    """
    if len(apdu) < 2:
        raise MalformedReply("the card answered without a status word")
    return Response(apdu[:-2], int.from_bytes(apdu[-2:], "big"))


def exchange(transport: CardTransport, command: Command) -> Response:
    """Send a command and return the response, fetched in parts where the card gives it so.

    (GET RESPONSE after 61xx, ISO/IEC 7816-4, section 5.3.4.) Raises what the transport raises, and
    MalformedReply when the parts do not come to an end.
    """
    response = parse_response(transport.transmit(command.encode()))
    data = response.data
    while response.sw >> 8 == _MORE_DATA:
        fetch = Command(command.cla & ~(SECURED | CHAINED), 0xC0, 0x00, 0x00, ne=response.sw & 0xFF)
        response = parse_response(transport.transmit(fetch.encode()))
        if not response.data or len(data) > EXTENDED_NE:
            raise MalformedReply("the parts of a response do not come to an end")
        data += response.data
    return Response(data, response.sw)


def exchange_long(
    transport: CardTransport,
    command: Command,
    *,
    extended: bool = False,
    max_data: int = MAX_SHORT_NC,
) -> Response:
    """Send a command whose data may be too long for a short APDU.

    Longer data goes in extended length where the card takes it, and in a chain of commands
    otherwise (ISO/IEC 7816-4, section 5.3.3). Every link of a chain has to be answered with 9000
    but the last, whose answer is returned; so is the first that is not 9000.

    Args:
        max_data: what fits one short APDU; `SHORT_BLOCK` under secure messaging.
    """
    if len(command.data) <= max_data:
        return exchange(transport, command)
    if extended:
        ne = EXTENDED_NE if command.ne is not None else None
        return exchange(transport, replace(command, ne=ne, extended=True))
    parts = [command.data[i : i + max_data] for i in range(0, len(command.data), max_data)]
    for part in parts[:-1]:
        link = replace(command, cla=command.cla | CHAINED, data=part, ne=None)
        response = exchange(transport, link)
        if not response.ok:
            return response
    return exchange(transport, replace(command, data=parts[-1]))
