"""Asks the reader: one command, one reply that fits it, whatever the line does in between."""

import struct
import time
from collections.abc import Callable

from devices.idcard.codes import LINE_FAULTS, SamCommand, Sw3
from devices.idcard.frame import Deframer, FrameError, Reply, command_frame, wipe
from devices.idcard.layout import TEXT_LENGTH
from devices.idcard.link import ByteLink

ATTEMPTS = 2
"""How often a command is sent before a reader that does not answer it is given up."""

SLICE_SECONDS = 0.1
"""How long one wait for bytes lasts before it is asked whether to go on."""

_SECONDS = {SamCommand.READ_TEXT_AND_PHOTO: 3.0, SamCommand.RESET: 3.0}
_USUAL_SECONDS = 1.0
"""How long the reader may take for its answer."""

_DATA_LENGTH = {
    (SamCommand.SELECT_CARD, Sw3.SUCCESS): 8,
    (SamCommand.STATUS, Sw3.SUCCESS): 0,
    (SamCommand.SAM_ID, Sw3.SUCCESS): 16,
    (SamCommand.FIND_CARD, Sw3.FOUND): 4,
}

_ONLY_FOR = {
    Sw3.FOUND: SamCommand.FIND_CARD,
    Sw3.FIND_FAILED: SamCommand.FIND_CARD,
    Sw3.SELECT_FAILED: SamCommand.SELECT_CARD,
}


class ReaderSilent(Exception):  # noqa: N818 -- a state of the world, named as the event is
    """The reader gives no usable answer; the text says for staff what was seen."""


class SamReader:
    """The reader's commands over a link.

    A reply carries no number, so one that comes late may be taken for the answer to the next
    command. Therefore what has come before a command is thrown away, and a reply that cannot
    belong to the command is passed over.
    """

    def __init__(self, link: ByteLink, patience: float = 1.0) -> None:
        """`patience` stretches the time that the reader has for its answers."""
        self._link = link
        self._patience = patience
        self._deframer = Deframer()

    def ask(self, command: SamCommand, check: Callable[[], None] = lambda: None) -> Reply:
        """Send a command and return the reply to it, successful or not.

        `check` is called about every 100 ms; what it raises ends the wait.

        Raises:
            ReaderSilent: no usable answer, although the command was sent twice.
            LinkLost: the reader is gone.
        """
        seen = ""
        for _ in range(ATTEMPTS):
            self._link.discard()
            self._deframer.clear()
            self._link.write(command_frame(command))
            try:
                reply = self._reply(command, check)
            except (FrameError, ReaderSilent) as error:
                seen = str(error)
                continue
            if reply.sw3 not in LINE_FAULTS:
                return reply
            seen = str(reply)
        raise ReaderSilent(f"the ID-card reader gives no usable answer: {seen}")

    def _reply(self, command: SamCommand, check: Callable[[], None]) -> Reply:
        until = time.monotonic() + self._patience * _SECONDS.get(command, _USUAL_SECONDS)
        while (left := until - time.monotonic()) > 0:
            check()
            self._deframer.feed(self._link.read(min(left, SLICE_SECONDS)))
            while (payload := self._deframer.take()) is not None:
                reply = Reply.parse(payload)
                if _fits(command, reply):
                    return reply
                wipe(reply.data)
        if self._deframer.empty:
            raise ReaderSilent("nothing came")
        raise ReaderSilent("only the beginning of a frame came")


def _fits(command: SamCommand, reply: Reply) -> bool:
    """Whether a reply may belong to a command."""
    try:
        sw3 = Sw3(reply.sw3)
    except ValueError:
        return True
    if sw3 in _ONLY_FOR and _ONLY_FOR[sw3] is not command:
        return False
    if sw3 is Sw3.SUCCESS and command is SamCommand.FIND_CARD:
        return False
    if sw3 is Sw3.SUCCESS and command is SamCommand.READ_TEXT_AND_PHOTO:
        return len(reply.data) > TEXT_LENGTH
    return len(reply.data) == _DATA_LENGTH.get((command, sw3), len(reply.data))


def take_text(data: bytearray) -> bytearray:
    """The 256 bytes of text in a reply to READ_TEXT_AND_PHOTO; the reply is wiped.

    The photo is in a closed format (WLT) and is not needed: it is dropped here.

    Raises:
        FrameError: the lengths do not fit what has come.
    """
    text_length, photo_length = struct.unpack_from(">HH", data)
    text = data[4 : 4 + TEXT_LENGTH]
    total = len(data)
    wipe(data)
    if text_length != TEXT_LENGTH or total < 4 + text_length + photo_length:
        wipe(text)
        raise FrameError("the reader gave text and photo of a wrong length")
    return text


def format_sam_id(data: bytes | bytearray) -> str:
    """The number of the SAM as it is written on it: ``05.01-20230915-0001234567-0987654321``.

    Product codes in bytes 0 and 2, then three numbers of four bytes, little-endian.
    """
    first, second, date, serial, random = struct.unpack("<HHIII", data)
    return f"{first & 0xFF:02}.{second & 0xFF:02}-{date:08}-{serial:010}-{random:010}"
