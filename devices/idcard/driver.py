"""Driver of an ID-card reader with a SAM on a serial port."""

import time
from collections.abc import Callable
from enum import Enum, auto
from typing import Any
from urllib.parse import SplitResult, parse_qsl

from devices.command import Command, CommandFailed, CompletionCode, DeviceGone
from devices.driver import CommandRun
from devices.event import DeviceEvent, MediaInserted, MediaRemoved
from devices.idcard.codes import MOVED, READER_FAULTS, TEXTS, SamCommand, Sw3, describe
from devices.idcard.contract import (
    INVALID_MEDIA,
    NO_MEDIA,
    PROTOCOL_NOT_SUPPORTED,
    IdCardReading,
    ReadIdCard,
    ReadSamInfo,
    SamInfo,
)
from devices.idcard.frame import FrameError, Reply, wipe
from devices.idcard.layout import CardTextError
from devices.idcard.link import ByteLink, LinkLost, SerialLink
from devices.idcard.reading import read_text
from devices.idcard.sam import ReaderSilent, SamReader, format_sam_id, take_text
from devices.registry import UnknownDeviceUri
from devices.status import CardReaderStatus, DeviceState, DeviceStatus, Media

FIND_SECONDS = 0.3
"""The shortest time between two attempts to find a card (GA 467)."""

BAUDRATES = (115200, 57600, 38400, 19200, 9600)

LIFT = "lift the card and place it again"


class _Card(Enum):
    """What is known of the card on the reader."""

    NONE = auto()
    FOUND = auto()
    """Found, and can be found again until it is selected."""
    SELECTED = auto()
    """Selected and perhaps read. It is not found again before it has been lifted."""
    REFUSED = auto()
    """After an error. Whether it still lies there cannot be asked; it has to be lifted."""


_MEDIA = {
    _Card.NONE: Media.NOT_PRESENT,
    _Card.FOUND: Media.PRESENT,
    _Card.SELECTED: Media.PRESENT,
    _Card.REFUSED: Media.UNKNOWN,
}


class IdCardDriver:
    """Finds cards while idle, and reads one when asked to. See `devices.driver.Driver`."""

    def __init__(self, open_link: Callable[[], ByteLink]) -> None:
        """`open_link` connects to the reader, or raises LinkLost; called for every `open`."""
        self.poll_seconds = FIND_SECONDS
        self.patience = 1.0
        """Stretches the time that the reader has for its answers."""
        self._open_link = open_link
        self._link: ByteLink | None = None
        self._sam: SamReader | None = None
        self._emit: Callable[[DeviceEvent], None] | None = None
        self._card = _Card.NONE
        self._media = Media.NOT_PRESENT
        self._fault = ""
        """What is wrong with the reader itself, for staff; empty: nothing."""
        self._next_find = 0.0

    # -- devices.driver.Driver ---------------------------------------------------------------

    def open(self, emit: Callable[[DeviceEvent], None]) -> None:
        try:
            link = self._open_link()
        except LinkLost as lost:
            raise DeviceGone(str(lost)) from lost
        self._emit, self._link, self._sam = emit, link, SamReader(link, self.patience)
        self._card, self._media = _Card.NONE, Media.NOT_PRESENT
        try:
            self._check_sam()
        except DeviceGone:
            self.close()
            raise

    def close(self) -> None:
        if self._card is not _Card.NONE:
            self._card_gone()
        if self._link is not None:
            self._link.close()
        self._link = self._sam = None

    def status(self) -> DeviceStatus:
        state = DeviceState.HARDWARE_ERROR if self._fault else DeviceState.ONLINE
        return CardReaderStatus(state, self._fault, self._media)

    def poll(self) -> None:
        if self._fault:
            self._check_sam()
        elif self._card is _Card.SELECTED:
            self._look_whether_it_lies_there()
        else:
            self._find(lambda: None)

    def execute(self, command: Command[Any], run: CommandRun) -> object:
        match command:
            case ReadIdCard():
                return self._read_card(run)
            case ReadSamInfo():
                return self._read_sam_info(run)
            case _:
                raise CommandFailed(CompletionCode.UNSUPPORTED_COMMAND)

    # -- commands ------------------------------------------------------------------------------

    def _read_card(self, run: CommandRun) -> IdCardReading:
        if self._card in {_Card.NONE, _Card.REFUSED}:
            run.wait(max(0.0, self._next_find - time.monotonic()))
            if not self._find(run.check):
                self._raise_for_reader()
                raise _error(NO_MEDIA, f"no card was found; if one lies there, {LIFT}")
        if self._card is _Card.FOUND:
            run.progress("select", 0.1)
            reply = self._ask(SamCommand.SELECT_CARD, run.check)
            if reply.sw3 != Sw3.SUCCESS:
                raise self._refused(reply)
            self._card = _Card.SELECTED
        run.progress("read", 0.3)
        reply = self._ask(SamCommand.READ_TEXT_AND_PHOTO, run.check)
        if reply.sw3 != Sw3.SUCCESS:
            raise self._refused(reply)
        text = bytearray()
        try:
            text = take_text(reply.data)
            return read_text(text)
        except (FrameError, CardTextError) as error:
            raise _error(INVALID_MEDIA, str(error)) from None
        finally:
            wipe(text)

    def _read_sam_info(self, run: CommandRun) -> SamInfo:
        self._check_sam(run.check)
        self._raise_for_reader()
        reply = self._ask(SamCommand.SAM_ID, run.check)
        if reply.sw3 != Sw3.SUCCESS:
            raise CommandFailed(CompletionCode.HARDWARE_ERROR, describe(reply.sw3))
        return SamInfo(format_sam_id(reply.data))

    # -- the card ------------------------------------------------------------------------------

    def _find(self, check: Callable[[], None]) -> bool:
        """Look for a card, report what has changed, and return whether one was found."""
        reply = self._ask(SamCommand.FIND_CARD, check)
        self._next_find = time.monotonic() + self.poll_seconds
        self._note_fault(reply)
        if reply.sw3 == Sw3.FOUND:
            if self._card is _Card.REFUSED:
                self._card_gone()
            if self._card is _Card.NONE:
                self._card, self._media = _Card.FOUND, Media.PRESENT
                self._report(MediaInserted())
        elif self._card is _Card.REFUSED:
            # It cannot be read before it is lifted, so to the kiosk it is as good as gone.
            self._card_gone()
            self._media = Media.UNKNOWN
        elif self._card is not _Card.NONE:
            self._card_gone()
        return reply.sw3 == Sw3.FOUND

    def _look_whether_it_lies_there(self) -> None:
        """Ask the selected card for what hardly any card has: it only answers while it is there.

        A card that was selected is not found again before it is lifted, so finding cannot tell.
        """
        reply = self._ask(SamCommand.READ_APPENDED_ADDRESS)
        wipe(reply.data)
        if reply.sw3 not in {Sw3.SUCCESS, Sw3.NO_SUCH_ITEM}:
            self._card_gone()

    def _card_gone(self) -> None:
        self._card, self._media = _Card.NONE, Media.NOT_PRESENT
        self._report(MediaRemoved())

    def _refused(self, reply: Reply) -> CommandFailed:
        self._card, self._media = _Card.REFUSED, Media.UNKNOWN
        self._note_fault(reply)
        detail = f"{describe(reply.sw3)}; {LIFT}"
        if reply.sw3 in READER_FAULTS:
            return CommandFailed(CompletionCode.HARDWARE_ERROR, describe(reply.sw3))
        if reply.sw3 in MOVED:
            return _error(NO_MEDIA, detail)
        if reply.sw3 == Sw3.WRONG_CARD:
            return _error(PROTOCOL_NOT_SUPPORTED, detail)
        return _error(INVALID_MEDIA, detail)

    # -- the reader ------------------------------------------------------------------------------

    def _check_sam(self, check: Callable[[], None] = lambda: None) -> None:
        reply = self._ask(SamCommand.STATUS, check)
        self._fault = "" if reply.sw3 == Sw3.SUCCESS else describe(reply.sw3)

    def _note_fault(self, reply: Reply) -> None:
        if reply.sw3 in READER_FAULTS or reply.sw3 not in TEXTS:
            self._fault = describe(reply.sw3)

    def _raise_for_reader(self) -> None:
        if self._fault:
            raise CommandFailed(CompletionCode.HARDWARE_ERROR, self._fault)

    def _ask(self, command: SamCommand, check: Callable[[], None] = lambda: None) -> Reply:
        if self._sam is None:
            raise DeviceGone("the ID-card reader is not open")
        try:
            return self._sam.ask(command, check)
        except LinkLost as lost:
            raise DeviceGone(str(lost)) from lost
        except ReaderSilent as silent:
            raise DeviceGone(f"{silent}; check its cable and power") from silent

    def _report(self, event: DeviceEvent) -> None:
        if self._emit is not None:
            self._emit(event)


def _error(error_code: str, detail: str) -> CommandFailed:
    return CommandFailed(CompletionCode.COMMAND_ERROR_CODE, detail, error_code=error_code)


def create(uri: SplitResult) -> IdCardDriver:
    """Make the driver for ``serial:PORT[?baudrate=N]``.

    Raises:
        UnknownDeviceUri: with what would be right.
    """
    example = "serial:/dev/ttyUSB0?baudrate=115200"
    options = dict(parse_qsl(uri.query, keep_blank_values=True))
    baudrate = options.pop("baudrate", str(BAUDRATES[0]))
    if options:
        raise UnknownDeviceUri(
            f"{uri.geturl()!r}: it knows no {', '.join(options)}; use one like {example}"
        )
    if baudrate not in map(str, BAUDRATES):
        rates = ", ".join(map(str, BAUDRATES))
        raise UnknownDeviceUri(f"{uri.geturl()!r}: baudrate is one of {rates}")
    if not uri.path:
        raise UnknownDeviceUri(f"{uri.geturl()!r} names no port; use one like {example}")
    return IdCardDriver(lambda: SerialLink(uri.path, int(baudrate)))
