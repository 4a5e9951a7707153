"""One job from the kiosk to the paper, and what can be proven about it.

First the printer has to answer in order that it is taking data; only then does content leave the
kiosk. So a printer that is busy, stuck, silent or still at something older is found out while the
ticket can still be said to be not printed. After the content comes a process id, which the printer
returns when everything before it is on paper (Epson, ESC/POS: GS ( H).
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

from devices.command import CommandFailed, CompletionCode
from devices.driver import CommandRun
from devices.printer.contract import (
    PrintOutcome,
    PrintProof,
    PrintReason,
    PrintResult,
    ReceiptPrinterStatus,
)
from devices.printer.link import LinkLost
from devices.printer.recovery import RECOVERY, resumes_by_itself
from devices.printer.session import (
    AUTOMATIC_STATUS,
    IDENTITY,
    IN_ORDER_STATUS,
    INITIALIZE,
    Session,
    process_id_request,
)

log = logging.getLogger(__name__)

_CHUNK = 512
_WRITE_SECONDS = 0.1


@dataclass(slots=True)
class Printed:
    """What became of a job, and what the printer said last."""

    result: PrintResult
    status: ReceiptPrinterStatus | None
    """None: not asked since."""


class _Failed(Exception):  # noqa: N818 -- why the job goes no further
    def __init__(self, reason: PrintReason) -> None:
        super().__init__(reason)
        self.reason = reason


class Printing:
    """Prints one job over a session."""

    def __init__(
        self, session: Session, run: CommandRun, *, can_prove: bool, checkpoints: bool
    ) -> None:
        """Prepare.

        `can_prove`: the model answers in order. `checkpoints`: have it answer after every block,
        for lines on which a printer can lose power without the line noticing.
        """
        self._session = session
        self._run = run
        self._can_prove = can_prove
        self._checkpoints = checkpoints
        self._proof = PrintProof.NONE
        self._status: ReceiptPrinterStatus | None = None
        self._markers: list[bytes] = []
        """Process ids that the job contains."""
        self._answers_before = 0
        """Answers to GS r before the job's first one."""
        self._noise_before = session.noise
        self._silent = False
        self.content_sent = False
        """Whether content may have left the kiosk."""

    def print(self, blocks: Sequence[bytes]) -> Printed:
        """Print a job's encoded blocks; never raises away what has become of it."""
        try:
            self._check_ready()
            self._handshake()
            self._send(self._stream(blocks))
            result = self._confirm()
        except LinkLost as lost:
            log.warning("printer: %s", lost)
            return Printed(self._failed(PrintReason.CONNECTION_LOST), None)
        except CommandFailed as ended:
            canceled = ended.code is CompletionCode.CANCELED
            reason = PrintReason.CANCELED if canceled else PrintReason.TIME_OUT
            return Printed(self._failed(reason), self._status)
        except _Failed as failed:
            return Printed(self._failed(failed.reason), self._status)
        return Printed(result, self._status)

    def _failed(self, reason: PrintReason) -> PrintResult:
        outcome, proof = PrintOutcome.UNKNOWN, PrintProof.NONE
        if not self.content_sent:
            outcome, proof = PrintOutcome.NOT_PRINTED, PrintProof.NOTHING_SENT
        return PrintResult(outcome, reason, proof, RECOVERY[reason].remedy)

    # -- before ---------------------------------------------------------------------------------

    def _check_ready(self) -> None:
        self._run.check()
        self._status = self._session.status()
        if self._status.waiting_for_recovery:
            self._session.discard()
            self._status = self._session.status()
        if self._status.faults:
            raise _Failed(self._status.faults[0])

    def _handshake(self) -> None:
        """Have the printer answer in order, and learn which proof it gives."""
        session = self._session
        marker, answers = session.new_id(), session.in_order
        request = INITIALIZE + AUTOMATIC_STATUS
        if self._can_prove:
            request += process_id_request(marker) + IN_ORDER_STATUS
        if not session.send(request, self._run.remaining(session.limits.ready)):
            self._run.check()
            raise _Failed(PrintReason.BUSY)
        if not self._can_prove:
            return
        until = time.monotonic() + session.limits.ready
        while session.in_order == answers:
            if time.monotonic() >= until:
                self._status = session.status()
                raise _Failed((*self._status.faults, PrintReason.BUSY)[0])
            self._run.check()
            session.pump(self._run.remaining(_WRITE_SECONDS))
        proven = marker in session.process_ids
        self._proof = PrintProof.PROCESS_ID if proven else PrintProof.PROCESSED

    def _stream(self, blocks: Sequence[bytes]) -> bytes:
        """The job's bytes, with the requests whose answers are the proof."""
        self._answers_before = self._session.in_order
        if self._proof is PrintProof.NONE:
            return b"".join(blocks)
        if self._checkpoints:
            return b"".join(block + self._request() for block in blocks)
        return b"".join(blocks) + self._request()

    def _request(self) -> bytes:
        self._markers.append(self._session.new_id())
        if self._proof is PrintProof.PROCESS_ID:
            return process_id_request(self._markers[-1])
        return IN_ORDER_STATUS

    # -- from the first byte on, cancelling comes too late --------------------------------------

    def _send(self, content: bytes) -> None:
        sent, stalled = 0, time.monotonic() + self._session.limits.stall
        self._session.automatic = None
        while sent < len(content):
            chunk = content[sent : sent + _CHUNK]
            try:
                taken = self._session.write(chunk, self._run.remaining(_WRITE_SECONDS))
            except LinkLost:
                self.content_sent = True  # nobody knows whether some of it was taken
                raise
            if taken:
                self.content_sent = True
                sent += taken
                stalled = time.monotonic() + self._session.limits.stall
            self._look_after(stalled)

    def _confirm(self) -> PrintResult:
        """Wait for the proof that everything sent is on paper."""
        session = self._session
        if self._proof is PrintProof.NONE:
            self._ask()
            raise _Failed(PrintReason.NO_PROOF)
        identities = len(session.identities)
        asked = False
        stalled = time.monotonic() + self._session.limits.stall
        while not self._answered():
            if len(session.identities) > identities:
                # What was asked later has been answered and this has not: it is not there.
                raise _Failed(PrintReason.FLUSH_FAIL)
            if not session.pump(self._run.remaining(session.limits.quiet)):
                self._ask()
                asked = asked or session.send(IDENTITY)
            self._look_after(stalled)
        return self._conclude()

    def _answered(self) -> bool:
        """Whether the printer has answered every request in the job.

        Raises:
            _Failed: it has answered the last one and not one before it, so it lost part of the job.
        """
        if self._proof is PrintProof.PROCESSED:
            return self._session.in_order - self._answers_before >= len(self._markers)
        if self._markers[-1] not in self._session.process_ids:
            return False
        if self._session.process_ids.issuperset(self._markers):
            return True
        raise _Failed(PrintReason.FLUSH_FAIL)

    def _conclude(self) -> PrintResult:
        """It has been printed, or processed; the latter counts only if nothing is wrong."""
        if self._proof is PrintProof.PROCESSED:
            self._ask()
            if self._silent:
                raise _Failed(PrintReason.NO_ANSWER)
            if self._session.noise > self._noise_before:
                # An answer of one byte proves nothing on a line on which there is noise.
                raise _Failed(PrintReason.NO_PROOF)
        return PrintResult(PrintOutcome.PRINTED, proof=self._proof)

    def _look_after(self, stalled: float) -> None:
        """Give up when only staff can help, or nothing moves any more."""
        told = self._session.automatic
        if told is not None and not resumes_by_itself(told.faults):
            self._session.automatic = None
            self._ask()
            if self._silent:  # it cannot be asked: its buffer is full, say
                self._status = told
                raise _Failed(told.faults[0])
        out_of_time = self._run.remaining(1) <= 0
        if out_of_time or time.monotonic() >= stalled:
            if not out_of_time:
                self._ask()
            raise _Failed(PrintReason.NO_ANSWER if self._silent else PrintReason.TIME_OUT)

    def _ask(self) -> None:
        """Ask how the printer is.

        Silence is no reason to give up yet: the question may be waiting behind the job.

        Raises:
            _Failed: a fault that does not end by itself.
        """
        status = self._session.status()
        self._silent = PrintReason.NO_ANSWER in status.faults
        if not self._silent:
            self._status = status
            if not resumes_by_itself(status.faults):
                raise _Failed(status.faults[0])
