"""Reading files in as few commands as the card allows (ICAO Doc 9303-10, section 3.6)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from devices.chip import tlv
from devices.chip.apdu import EXTENDED_NE, OK, SHORT_BLOCK, Command, Response, exchange
from devices.chip.errors import CardRefused, CardSilent, MalformedReply, SessionLost
from devices.chip.lds.files import short_id
from devices.chip.reading_style import BEYOND_END, ReadingStyle
from devices.chip.transport import CardTransport

NOT_FOUND: Final = frozenset({0x6A82, 0x6A83, 0x6A88})
WARNINGS: Final = frozenset({0x6282, 0x6283})
"""Data comes all the same: the end of the file, or 'deactivated' from chips that do not mean it."""

MAX_FILE: Final = 1 << 17
"""The largest file that is read; no data group of a passport comes near it."""

_HEADER: Final = 5
"""Enough for a tag of one byte and its length."""
_SM_OVERHEAD: Final = 32
_LAST_SHORT_OFFSET: Final = 0x7FFF
_TAG_OFFSET: Final = 0x54
_TAG_DISCRETIONARY: Final = 0x53

OnProgress = Callable[[float], None]


def _nothing(_fraction: float) -> None:
    return None


class FileReader:
    """Reads elementary files of the selected directory.

    Attributes:
        style: what has been learned of the card; keep it for the next session.
    """

    def __init__(self, transport: CardTransport, style: ReadingStyle) -> None:
        self.style = style
        self._transport = transport

    def read(self, file_id: int, on_progress: OnProgress = _nothing) -> bytes | None:
        """The file's data object, exactly as it stands in the file; None: there is no such file.

        Raises:
            CardRefused: the card does not let it be read.
            MalformedReply, TlvError: its contents are no data object.
            SessionLost: the session is gone; the style says how not to lose the next one.
            ChipError: what the transport raises.
        """
        try:
            first = self._first(file_id)
            if first is None:
                return None
            return self._rest(first, on_progress)
        except SessionLost as lost:
            self.style = self.style.after_loss(lost.sw) or self.style
            raise
        except CardSilent as silent:
            if not self.style.extended:
                raise
            # Readers that pass no extended length on give errors of the line.
            self.style = replace(self.style, extended=False)
            raise SessionLost("extended length did not get through") from silent

    def read_objects(self, file_id: int) -> bytes:
        """Data objects at the beginning of a file that holds several; none where it has none.

        For files that are looked into before there is a session: nothing is lost by an error.
        """
        response = self._read_first(file_id)
        if response.sw == OK or response.sw in WARNINGS:
            return response.data
        if response.sw in NOT_FOUND or not self.style.one_shot:
            return b""
        self.style = replace(self.style, one_shot=False)
        response = self._read_first(file_id)
        found = b""
        while response.sw == OK and len(response.data) == _HEADER and len(found) < SHORT_BLOCK:
            _, total = tlv.header_length(response.data)
            rest = self._part(len(found) + _HEADER, total - _HEADER) if total > _HEADER else b""
            found += (response.data + rest)[:total]
            response = self._read_binary(0x00, len(found), _HEADER)
        return found

    def _first(self, file_id: int) -> bytes | None:
        """The first bytes of a file; falls back to more careful ways where the card refuses."""
        while True:
            response = self._read_first(file_id)
            sw = response.sw
            if sw == OK or (sw in WARNINGS and response.data):
                return response.data
            if sw & 0xFF00 == 0x6C00 and self.style.one_shot:
                response = self._read_first(file_id, sw & 0xFF or 256)
                if response.sw == OK or (response.sw in WARNINGS and response.data):
                    return response.data
            if sw in NOT_FOUND:
                return None
            if self.style.one_shot and (sw in BEYOND_END or sw & 0xFF00 == 0x6C00):
                self.style = replace(self.style, one_shot=False)
            elif self.style.short_ids:
                self.style = replace(self.style, short_ids=False)
            else:
                raise CardRefused(f"reading file {file_id:04X}", sw)

    def _read_first(self, file_id: int, wanted: int | None = None) -> Response:
        if self.style.short_ids:
            return self._read_binary(0x80 | short_id(file_id), 0, wanted or self._first_length)
        selected = exchange(
            self._transport,
            Command(0x00, 0xA4, 0x02, 0x0C, file_id.to_bytes(2, "big")),
        )
        if selected.sw != OK and selected.sw not in WARNINGS:
            return selected
        return self._read_binary(0x00, 0x00, wanted or self._first_length)

    @property
    def _first_length(self) -> int:
        return self._block if self.style.one_shot else _HEADER

    @property
    def _block(self) -> int:
        if self.style.extended:
            most = self.style.most
            return EXTENDED_NE if most >= EXTENDED_NE else max(most - _SM_OVERHEAD, SHORT_BLOCK)
        return SHORT_BLOCK

    def _read_binary(self, p1: int, p2: int, wanted: int) -> Response:
        extended = self.style.extended and wanted > SHORT_BLOCK
        return exchange(self._transport, Command(0x00, 0xB0, p1, p2, ne=wanted, extended=extended))

    def _rest(self, data: bytes, on_progress: OnProgress) -> bytes:
        try:
            _, total = tlv.header_length(data)
        except tlv.IndefiniteLengthError:
            return self._to_the_end(data, on_progress)
        if total > MAX_FILE:
            raise MalformedReply(f"a file claims to be {total} bytes long")
        while len(data) < total:
            on_progress(len(data) / total)
            part = self._part(len(data), min(self._block, total - len(data)))
            if not part:
                raise MalformedReply("a file ends before its contents do")
            data += part
        on_progress(1.0)
        return data[:total]

    def _to_the_end(self, data: bytes, on_progress: OnProgress) -> bytes:
        """Read on until the object of indefinite length has ended."""
        while len(data) <= MAX_FILE:
            on_progress(min(len(data) / 4096, 0.95))
            try:
                return tlv.parse(data).raw
            except tlv.TlvError:
                part = self._part(len(data), self._block)
            if not part:
                raise MalformedReply("a file ends before its contents do")
            data += part
        raise MalformedReply("a file does not end")

    def _part(self, offset: int, wanted: int) -> bytes:
        """Bytes from an offset on; none where the file has ended."""
        if offset <= _LAST_SHORT_OFFSET:
            response = self._read_binary(offset >> 8, offset & 0xFF, wanted)
        else:
            response = self._read_odd(offset, wanted)
        if response.sw & 0xFF00 == 0x6C00 and response.sw & 0xFF and offset <= _LAST_SHORT_OFFSET:
            response = self._read_binary(offset >> 8, offset & 0xFF, response.sw & 0xFF)
        if response.sw == OK or response.sw in WARNINGS:
            return response.data
        if response.sw in BEYOND_END:
            return b""
        raise CardRefused("reading on in a file", response.sw)

    def _read_odd(self, offset: int, wanted: int) -> Response:
        """READ BINARY with an offset of more than 15 bits (ISO/IEC 7816-4, section 11.2.3)."""
        data = tlv.encode(_TAG_OFFSET, offset.to_bytes(3, "big").lstrip(b"\x00"))
        room = wanted + 4
        if not self.style.extended:
            room = min(room, SHORT_BLOCK)
        response = exchange(
            self._transport,
            Command(0x00, 0xB1, 0x00, 0x00, data, min(room, EXTENDED_NE), self.style.extended),
        )
        if response.sw not in WARNINGS and response.sw != OK:
            return response
        item = tlv.parse(response.data)
        if item.tag != _TAG_DISCRETIONARY:
            raise MalformedReply("the answer to a read with a large offset is no data object 53")
        return Response(item.value, response.sw)
