"""What the application asks of a receipt printer, and what it learns about the paper."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TypeAlias

from devices.command import Command, Completion, CompletionCode
from devices.event import DeviceEvent
from devices.status import Paper, PrinterStatus

DOTS_PER_MM = 8
"""203 dpi, the resolution of receipt printers."""

FONT_WIDTH, FONT_HEIGHT = 12, 24
"""Font A's cell in dots at width and height 1."""


class PaperWidth(IntEnum):
    """Width of the paper roll in mm."""

    MM_80 = 80
    MM_58 = 58

    @property
    def dots(self) -> int:
        """Dots that can be printed across."""
        return 576 if self is PaperWidth.MM_80 else 384


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class NativeText:
    """One line in the printer's own font; ASCII only, anything else goes out as `Raster`."""

    text: str
    width: int = 1
    """Multiple of the normal width, 1 to 8."""
    height: int = 1
    bold: bool = False
    inverse: bool = False
    """White on black."""
    align: Align = Align.LEFT

    def __post_init__(self) -> None:
        if not (self.text.isascii() and self.text.isprintable()):
            raise ValueError("native text must be printable ASCII; draw other text as a raster")
        if not (1 <= self.width <= 8 and 1 <= self.height <= 8):
            raise ValueError("native text is between 1 and 8 times its size")

    @property
    def space_width(self) -> int:
        """Multiple of the normal width of a space: of huge text, half as wide looks right."""
        return self.width // 2 if self.width >= 4 else self.width

    @property
    def dots(self) -> int:
        """Width on paper."""
        spaces = self.text.count(" ")
        return FONT_WIDTH * ((len(self.text) - spaces) * self.width + spaces * self.space_width)


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture, one bit a dot, 1 is black; rows are padded to whole bytes, MSB is left."""

    width: int
    height: int
    bits: bytes = field(repr=False)
    align: Align = Align.LEFT

    def __post_init__(self) -> None:
        if len(self.bits) != self.row_bytes * self.height:
            raise ValueError(
                f"a raster of {self.width}x{self.height} dots has {self.row_bytes * self.height} "
                f"bytes, not {len(self.bits)}"
            )

    @property
    def row_bytes(self) -> int:
        return (self.width + 7) // 8


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code (model 2, error correction M) that the printer itself draws."""

    data: str
    module: int = 5
    """Dots a module, 1 to 16."""
    align: Align = Align.CENTER


@dataclass(frozen=True, slots=True)
class Feed:
    """Blank paper, in dots."""

    dots: int


@dataclass(frozen=True, slots=True)
class Cut:
    """Feed to the cutter and cut; partial leaves one point so that the ticket does not fall."""

    partial: bool = True


Block: TypeAlias = NativeText | Raster | QrCode | Feed | Cut


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What is to be printed, from top to bottom, in no printer's own terms."""

    blocks: tuple[Block, ...]


class PrintOutcome(StrEnum):
    """Whether a ticket is on paper. There is no fourth answer and none is guessed."""

    PRINTED = "printed"
    NOT_PRINTED = "notPrinted"
    """Not one dot of it is on paper, nor will be: it may be sent again unmarked."""
    UNKNOWN = "unknown"
    """Some or all of it may be on paper: print again only as a COPY."""


class PrintProof(StrEnum):
    """What an outcome rests on."""

    PROCESS_ID = "processId"
    """The printer returned the job's process id after printing everything (GS ( H)."""
    PROCESSED = "processed"
    """The printer processed the job to the end, cut included, and reports no fault (GS r)."""
    NOTHING_SENT = "nothingSent"
    """No content has left the kiosk."""
    NONE = "none"


class PrintReason(StrEnum):
    """Why a job is not surely printed. XFS4IoT's names where it has one; UnifiedPOS coverOpen."""

    NONE = ""
    PAPER_OUT = "paperOut"
    COVER_OPEN = "coverOpen"
    CUTTER_ERROR = "cutterError"
    MECHANICAL_ERROR = "mechanicalError"
    """Paper jam included: ESC/POS has no bit for it alone."""
    HEAD_HOT = "headHot"
    UNRECOVERABLE_ERROR = "unrecoverableError"
    OFFLINE = "offline"
    NO_ANSWER = "noAnswer"
    CONNECTION_LOST = "connectionLost"
    FLUSH_FAIL = "flushFail"
    """The printer lost what was in its buffer: power-cycled or cleared."""
    BUSY = "busy"
    """It answers but does not take the job."""
    NO_PROOF = "noProof"
    """All was sent and the printer reports no fault, but it cannot prove that it printed."""
    CANCELED = "canceled"
    TIME_OUT = "timeOut"
    INVALID_DATA = "invalidData"
    """The job itself cannot be printed by this printer; the detail says what."""


@dataclass(frozen=True, slots=True)
class PrintResult:
    outcome: PrintOutcome
    reason: PrintReason = PrintReason.NONE
    proof: PrintProof = PrintProof.NONE
    detail: str = ""
    """For staff and logs."""


def result_of(completion: Completion[PrintResult]) -> PrintResult:
    """What a completion of `Print` says about the paper, however the command ended.

    The driver itself always completes with success and a result. The other codes come from the
    worker: a device that is not open, and a command that still waited when it ended, have been sent
    nothing; of a command that was cut off in any other way nothing is known.
    """
    if completion.result is not None:
        return completion.result
    not_ready = completion.code is CompletionCode.DEVICE_NOT_READY
    reason = {
        CompletionCode.CANCELED: PrintReason.CANCELED,
        CompletionCode.TIME_OUT: PrintReason.TIME_OUT,
        CompletionCode.DEVICE_NOT_READY: PrintReason.CONNECTION_LOST,
    }.get(completion.code, PrintReason.NO_ANSWER)
    if not_ready or not completion.begun:
        outcome, proof = PrintOutcome.NOT_PRINTED, PrintProof.NOTHING_SENT
    else:
        outcome, proof = PrintOutcome.UNKNOWN, PrintProof.NONE
    return PrintResult(outcome, reason, proof, completion.detail)


@dataclass(frozen=True, slots=True)
class ReceiptPrinterStatus(PrinterStatus):
    """A printer's status with everything that stands in its way, the gravest first."""

    faults: tuple[PrintReason, ...] = ()
    waiting_for_recovery: bool = False
    """A fault has been cleared and the printer waits for `Resume` or `Discard`."""


@dataclass(frozen=True, slots=True)
class Print(Command[PrintResult]):
    """Print a job. It always succeeds as a command; its result says what became of the paper."""

    job: PrintJob


@dataclass(frozen=True, slots=True)
class QueryStatus(Command[ReceiptPrinterStatus]):
    """Ask the printer now, instead of taking the status as last known."""


@dataclass(frozen=True, slots=True)
class Resume(Command[ReceiptPrinterStatus]):
    """After a fault was cleared: go on with what is in the printer's buffer (DLE ENQ 1)."""


@dataclass(frozen=True, slots=True)
class Discard(Command[ReceiptPrinterStatus]):
    """After a fault: throw away what is in the printer's buffer (DLE DC4 8, DLE ENQ 2)."""


@dataclass(frozen=True, slots=True)
class ProbeReport:
    """What a printer tells about itself."""

    manufacturer: str
    model: str
    firmware: str
    serial_number: str
    status: ReceiptPrinterStatus
    status_bytes: tuple[int | None, int | None, int | None, int | None]
    """Answers to DLE EOT 1 to 4; None: none came."""
    automatic_status: bool
    """Whether automatic status back works (GS a)."""
    proof: PrintProof | None
    """The best proof of printing that it gives; None: a fault keeps it from showing which."""


@dataclass(frozen=True, slots=True)
class Probe(Command[ProbeReport]):
    """Find out what printer it is, how it is, and what it can prove. Prints nothing."""


@dataclass(frozen=True, slots=True)
class PaperThreshold(DeviceEvent):
    """The paper supply has changed (XFS4IoT, Printer.PaperThresholdEvent)."""

    paper: Paper
