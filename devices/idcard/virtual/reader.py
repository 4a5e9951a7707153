"""How a reader behaves: from a command's payload to the bytes of its reply, faults included."""

import struct
import threading
from collections import Counter
from collections.abc import Iterator
from enum import Enum, auto

from devices.idcard.cards import Card
from devices.idcard.codes import SamCommand, Sw3
from devices.idcard.frame import HEAD_LENGTH, checksum, reply_frame
from devices.idcard.virtual.faults import Fault, FaultKind

SAM_ID = struct.pack("<HHIII", 5, 1, 20230915, 1234567, 987654321)
PHOTO = bytes(range(256)) * 4
"""In place of a photo: 1024 bytes that no decoder takes."""
NOISE = bytes.fromhex("00FF5A96AAAA69AAAAAA")

Piece = tuple[float, bytes]
"""Bytes to be sent after so many seconds."""


class _Contact(Enum):
    """How far the reader has come with the card on it."""

    FRESH = auto()
    FOUND = auto()
    SELECTED = auto()
    SPENT = auto()
    """After an error: it is not found before it has been lifted."""


class VirtualReader:
    """The reader's state and its answers. Safe to be used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._card: bytes | None = None
        self._contact = _Contact.FRESH
        self._faults: list[Fault] = []
        self.asked: Counter[SamCommand | None] = Counter()
        """How often each command has come; None: unknown ones."""

    # -- for the operator ------------------------------------------------------------------------

    def place(self, card: Card) -> None:
        with self._lock:
            self._card, self._contact = card.encode(), _Contact.FRESH

    def lift(self) -> None:
        with self._lock:
            self._card = None

    def add_fault(self, fault: Fault) -> None:
        with self._lock:
            self._faults.append(fault)

    def clear_faults(self) -> None:
        with self._lock:
            self._faults.clear()

    def describe(self) -> str:
        """The state on one line."""
        with self._lock:
            card = f"card {self._contact.name.lower()}" if self._card else "no card"
            return "; ".join([card, *map(str, self._faults)])

    # -- for the port ----------------------------------------------------------------------------

    def answer(self, payload: bytes | bytearray) -> Iterator[Piece]:
        """What the reader sends in answer to a command, and when. Nothing: it is silent."""
        with self._lock:
            command = SamCommand.of(bytes(payload))
            self.asked[command] += 1
            faults = self._due(command)
            if FaultKind.LIFT in faults:
                self._card = None
            if FaultKind.REFUSE in faults:
                if command in {SamCommand.SELECT_CARD, SamCommand.READ_TEXT_AND_PHOTO}:
                    self._contact = _Contact.SPENT
                frame = reply_frame(int(faults[FaultKind.REFUSE].value))
            else:
                frame = self._reply(command)
        if FaultKind.SILENT not in faults:
            yield from _damaged(frame, faults)

    def answer_to_damage(self) -> bytes:
        """What the reader answers to a command whose checksum is wrong."""
        return reply_frame(Sw3.HOST_CHECKSUM)

    def _due(self, command: SamCommand | None) -> dict[FaultKind, Fault]:
        """The faults that happen now, the latest of each kind."""
        due = {
            fault.kind: fault
            for fault in self._faults
            if fault.command is None or fault.command is command
        }
        for fault in due.values():
            if fault.left is not None:
                fault.left -= 1
        self._faults = [fault for fault in self._faults if fault.left != 0]
        return due

    def _reply(self, command: SamCommand | None) -> bytes:
        match command:
            case None:
                return reply_frame(Sw3.UNKNOWN_COMMAND)
            case SamCommand.SAM_ID:
                return reply_frame(Sw3.SUCCESS, SAM_ID)
            case SamCommand.FIND_CARD:
                return self._find()
            case SamCommand.SELECT_CARD:
                return self._select()
            case SamCommand.READ_TEXT_AND_PHOTO:
                return self._read()
            case SamCommand.READ_APPENDED_ADDRESS:
                present = self._card and self._contact is _Contact.SELECTED
                return reply_frame(Sw3.NO_SUCH_ITEM if present else Sw3.READ_FAILED)
            case SamCommand.RESET:
                self._contact = _Contact.SPENT
        return reply_frame(Sw3.SUCCESS)

    def _find(self) -> bytes:
        if self._card is None or self._contact in {_Contact.SELECTED, _Contact.SPENT}:
            return reply_frame(Sw3.FIND_FAILED)
        self._contact = _Contact.FOUND
        return reply_frame(Sw3.FOUND, bytes(4))

    def _select(self) -> bytes:
        if self._card is None or self._contact is not _Contact.FOUND:
            self._contact = _Contact.SPENT
            return reply_frame(Sw3.SELECT_FAILED)
        self._contact = _Contact.SELECTED
        return reply_frame(Sw3.SUCCESS, bytes(8))

    def _read(self) -> bytes:
        if self._card is None or self._contact is not _Contact.SELECTED:
            self._contact = _Contact.SPENT
            return reply_frame(Sw3.READ_FAILED)
        lengths = struct.pack(">HH", len(self._card), len(PHOTO))
        return reply_frame(Sw3.SUCCESS, lengths + self._card + PHOTO)


def _damaged(frame: bytes, faults: dict[FaultKind, Fault]) -> Iterator[Piece]:
    """A reply as it goes over a line on which these faults happen."""
    delay = faults[FaultKind.SLOW].value if FaultKind.SLOW in faults else 0.0
    sent = bytearray(frame)
    if FaultKind.CHECKSUM in faults:
        sent[-1] ^= 0x55
    if FaultKind.LENGTH in faults:
        sent[HEAD_LENGTH - 1] ^= 0x40
        sent[-1] = checksum(sent[HEAD_LENGTH - 2 : -1])
    if FaultKind.HALF in faults:
        del sent[len(sent) // 2 :]
    if FaultKind.NOISE in faults:
        sent[:0] = NOISE
    if FaultKind.DRIP in faults:
        yield from ((delay if n == 0 else 0.0, bytes([byte])) for n, byte in enumerate(sent))
    else:
        yield delay, bytes(sent)
