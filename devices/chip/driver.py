"""The chip reader as a device: PC/SC readers, documents that come and go, and their reading."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import SplitResult, unquote

from devices.chip.contract import NO_MEDIA, ReadChip, error_code
from devices.chip.errors import ChipError, ReaderUnavailable
from devices.chip.pcsc import PcscReaders
from devices.chip.procedure import read_chip
from devices.chip.readers import ReaderState, ReaderSystem
from devices.chip.reading import ChipReading, Hooks, Step
from devices.command import Command, CommandFailed, CompletionCode, DeviceGone
from devices.driver import CommandRun
from devices.event import DeviceEvent, MediaInserted, MediaRemoved
from devices.registry import UnknownDeviceUri
from devices.status import CardReaderStatus, DeviceState, Media

POLL_SECONDS: Final = 0.2


def create(uri: SplitResult) -> "ChipReader":
    """Driver for ``pcsc:`` (every reader) or ``pcsc:NAME`` (those whose name begins so).

    Raises:
        UnknownDeviceUri: it has options.
    """
    if uri.query:
        raise UnknownDeviceUri(f"{uri.geturl()!r}: pcsc: takes no options; leave out ?{uri.query}")
    prefix = unquote(uri.path)
    return ChipReader(lambda: PcscReaders(prefix))


class ChipReader:
    """Implements `devices.driver.Driver` over any `ReaderSystem`."""

    poll_seconds = POLL_SECONDS

    def __init__(self, connect: Callable[[], ReaderSystem]) -> None:
        """Make a driver.

        Args:
            connect: gets hold of the readers; raises ReaderUnavailable where there are none.
        """
        self._connect = connect
        self._readers: ReaderSystem | None = None
        self._emit: Callable[[DeviceEvent], None] = lambda _event: None
        self._status = CardReaderStatus(DeviceState.STARTING)

    def open(self, emit: Callable[[DeviceEvent], None]) -> None:
        self._emit = emit
        try:
            self._readers = self._connect()
            self._notice(self._readers.states())
        except ReaderUnavailable as error:
            self.close()
            raise DeviceGone(str(error)) from error

    def close(self) -> None:
        if self._readers is not None:
            self._readers.close()
        self._readers = None
        if self._status.media is Media.PRESENT:
            self._emit(MediaRemoved())
        self._status = CardReaderStatus(DeviceState.NO_DEVICE)

    def status(self) -> CardReaderStatus:
        return self._status

    def poll(self) -> None:
        self._states()

    def execute(self, command: Command[Any], run: CommandRun) -> ChipReading:
        if not isinstance(command, ReadChip):
            raise CommandFailed(CompletionCode.UNSUPPORTED_COMMAND)
        present = [state for state in self._states() if state.card_present]
        if not present:
            raise _failed(NO_MEDIA, "there is no document on the reader")
        # Where two readers report a card, the one that can talk to it is the document.
        reader = max(present, key=lambda state: state.card_answers)
        try:
            return self._read(reader.name, command, run)
        except ReaderUnavailable as error:
            raise DeviceGone(str(error)) from error
        except ChipError as error:
            raise _failed(error_code(error), str(error)) from error
        finally:
            self._notice_quietly()

    def _read(self, reader: str, command: ReadChip, run: CommandRun) -> ChipReading:
        def cancelled() -> bool:
            run.check()
            return False

        def on_step(step: Step, fraction: float) -> None:
            run.progress(step.value, fraction)

        assert self._readers is not None  # noqa: S101 -- commands come to open drivers only
        connection = self._readers.connect(reader)
        try:
            return read_chip(connection, command.request, Hooks(on_step, cancelled))
        finally:
            connection.close()

    def _states(self) -> list[ReaderState]:
        assert self._readers is not None  # noqa: S101 -- as above
        try:
            states = self._readers.states()
        except ReaderUnavailable as error:
            raise DeviceGone(str(error)) from error
        self._notice(states)
        return states

    def _notice(self, states: list[ReaderState]) -> None:
        """Take over what the readers say, and report documents that come and go."""
        if not states:
            raise ReaderUnavailable("there is no reader; is it plugged in?")
        present = any(state.card_present for state in states)
        was_present = self._status.media is Media.PRESENT
        self._status = CardReaderStatus(
            DeviceState.ONLINE, media=Media.PRESENT if present else Media.NOT_PRESENT
        )
        if present != was_present:
            self._emit(MediaInserted() if present else MediaRemoved())

    def _notice_quietly(self) -> None:
        """After a reading, so that a lifted document is reported before the command ends."""
        if self._readers is not None:
            try:
                self._notice(self._readers.states())
            except ReaderUnavailable:
                return  # the next poll finds it again, and reopens the device


def _failed(code: str, detail: str) -> CommandFailed:
    return CommandFailed(CompletionCode.COMMAND_ERROR_CODE, detail, error_code=code)
