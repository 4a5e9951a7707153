"""The receipt printer's driver: ESC/POS over TCP, a serial line or USB."""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import SplitResult

from devices.command import Command, CommandFailed, CompletionCode, DeviceGone
from devices.driver import CommandRun
from devices.event import DeviceEvent
from devices.printer.contract import (
    Discard,
    PaperThreshold,
    Print,
    PrintJob,
    PrintOutcome,
    PrintProof,
    PrintReason,
    PrintResult,
    Probe,
    QueryStatus,
    ReceiptPrinterStatus,
    Resume,
)
from devices.printer.encode import CUT, InvalidJob, encode
from devices.printer.link import Link, LinkLost, connect
from devices.printer.printing import Printing
from devices.printer.probing import probe
from devices.printer.recovery import RECOVERY
from devices.printer.session import DEFAULT_LIMITS, Limits, Session
from devices.printer.status import silent
from devices.printer.uri import PrinterUri

log = logging.getLogger(__name__)

_CLEAN_UP_SECONDS = 3.0
"""Time that a command must have left for the printer's buffer to be emptied within it."""


def create(uri: SplitResult) -> "ReceiptPrinter":
    """The driver for a printer's URI.

    Raises:
        UnknownDeviceUri: the URI is not right; the text says what would be.
    """
    return ReceiptPrinter(PrinterUri.parse(uri))


class ReceiptPrinter:
    """One printer. A job that was not proven to be printed is never left to come out later."""

    poll_seconds = 1.0

    def __init__(
        self,
        uri: PrinterUri,
        connect: Callable[[PrinterUri], Link] = connect,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        self._uri = uri
        self._limits = limits
        self._connect = connect
        self._session: Session | None = None
        self._status: ReceiptPrinterStatus = silent()
        self._emit: Callable[[DeviceEvent], None] = lambda _: None
        self._leftover = True
        """The printer may hold part of a job that is over for us: of an earlier run, at first."""
        self._rest_in_line = False
        """The rest of such a job has not been dealt with yet: the command's time was over."""
        self._fragment = False
        """Part of a ticket may hang out of the printer."""

    # -- the device framework's side ------------------------------------------------------------

    def open(self, emit: Callable[[DeviceEvent], None]) -> None:
        self._emit = emit
        try:
            self._open_session()
            self._refresh()
        except LinkLost as lost:
            self._lose()
            raise DeviceGone(str(lost)) from lost

    def close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.link.close()

    def status(self) -> ReceiptPrinterStatus:
        return self._status

    def poll(self) -> None:
        if self._session is None:
            raise DeviceGone(RECOVERY[PrintReason.CONNECTION_LOST].remedy)
        if self._rest_in_line:
            self._clean_up()
        try:
            self._refresh()
        except LinkLost as lost:
            self._lose()
            raise DeviceGone(str(lost)) from lost

    def execute(self, command: Command[Any], run: CommandRun) -> object:
        if isinstance(command, Print):
            return self._print(command.job, run)
        try:
            session = self._open_session()
            match command:
                case QueryStatus():
                    self._refresh()
                    return self._status
                case Resume():
                    session.resume()
                    self._refresh()
                    return self._status
                case Discard():
                    self._discard()
                    self._refresh()
                    return self._status
                case Probe():
                    report = probe(session, run)
                    self._set_status(report.status)
                    return report
        except LinkLost as lost:
            self._lose()
            raise DeviceGone(str(lost)) from lost
        raise CommandFailed(CompletionCode.UNSUPPORTED_COMMAND, type(command).__name__)

    # -- printing -------------------------------------------------------------------------------

    def _print(self, job: PrintJob, run: CommandRun) -> PrintResult:
        try:
            blocks = encode(job, self._uri.paper)
        except InvalidJob as invalid:
            return _not_printed(PrintReason.INVALID_DATA, str(invalid))
        reused = self._session is not None
        result = self._try(blocks, run)
        if reused and result.outcome is PrintOutcome.NOT_PRINTED and self._session is None:
            # The connection had died while nothing was going on; a new one may well live.
            result = self._try(blocks, run)
        return result

    def _try(self, blocks: list[bytes], run: CommandRun) -> PrintResult:
        try:
            if self._leftover:
                self._discard()
            session = self._open_session()
        except LinkLost as lost:
            self._lose()
            return _not_printed(PrintReason.CONNECTION_LOST, str(lost))
        printing = Printing(
            session,
            run,
            can_prove=self._uri.can_prove,
            checkpoints=self._uri.scheme == "serial",
        )
        printed = printing.print([CUT, *blocks] if self._fragment else blocks)
        result = printed.result
        if printed.status is not None:
            self._set_status(printed.status)
        if result.outcome is PrintOutcome.PRINTED:
            self._fragment = self._leftover = False
            return result
        log.warning("ticket %s: %s", result.outcome, result.reason)
        if result.reason is PrintReason.CONNECTION_LOST:
            self._lose()
        if printing.content_sent and result.reason is not PrintReason.NO_PROOF:
            self._fragment = self._leftover = self._rest_in_line = True
            if run.remaining(_CLEAN_UP_SECONDS) == _CLEAN_UP_SECONDS:
                self._clean_up()
        return result

    def _clean_up(self) -> None:
        """After a job that may have been printed in part: the rest must not come out later."""
        self._rest_in_line = False
        if self._session is not None:
            try:
                self._discard()
            except LinkLost:
                self._lose()

    def _discard(self) -> None:
        """Empty the printer's buffer; if it does not confirm that, what is on its way is cut off.

        Raises:
            LinkLost: the link is broken.
        """
        session = self._open_session()
        if session.discard():
            self._leftover = False
        elif self._leftover:
            # Closing as usual would still deliver what the system has taken but not sent.
            self._session = None
            session.link.abort()
            self._open_session()

    # -- the session ----------------------------------------------------------------------------

    def _open_session(self) -> Session:
        if self._session is None:
            self._session = Session(self._connect(self._uri), self._limits)
        return self._session

    def _lose(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.link.abort()
        self._set_status(silent(RECOVERY[PrintReason.CONNECTION_LOST].remedy))

    def _refresh(self) -> None:
        """Ask how the printer is, and end what waits for recovery: its job is over for us.

        Raises:
            LinkLost: the link is broken.
        """
        status = self._open_session().status()
        if status.waiting_for_recovery and self._leftover:
            self._discard()
            status = self._open_session().status()
        self._set_status(status)

    def _set_status(self, status: ReceiptPrinterStatus) -> None:
        changed = status.paper is not self._status.paper
        self._status = status
        if changed:
            self._emit(PaperThreshold(status.paper))


def _not_printed(reason: PrintReason, detail: str) -> PrintResult:
    return PrintResult(PrintOutcome.NOT_PRINTED, reason, PrintProof.NOTHING_SENT, detail)
