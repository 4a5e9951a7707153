"""From status bytes to what they mean for the application."""

from collections.abc import Sequence

from devices.printer.contract import PrintReason, ReceiptPrinterStatus
from devices.printer.recovery import RECOVERY
from devices.status import DeviceState, Paper

_HARDWARE = {
    PrintReason.UNRECOVERABLE_ERROR,
    PrintReason.CUTTER_ERROR,
    PrintReason.MECHANICAL_ERROR,
    PrintReason.HEAD_HOT,
}


def silent(detail: str = "") -> ReceiptPrinterStatus:
    """The status of a printer that does not answer: nothing is known of it."""
    return ReceiptPrinterStatus(
        DeviceState.OFFLINE,
        detail or RECOVERY[PrintReason.NO_ANSWER].remedy,
        faults=(PrintReason.NO_ANSWER,),
    )


def from_real_time(answers: Sequence[int | None]) -> ReceiptPrinterStatus:
    """The status from the answers to DLE EOT 1 to 4; None where none came.

    A printer that leaves any of the four unanswered counts as not answering: what it did not say
    must not be taken for good news.
    """
    if len(answers) != 4:
        raise ValueError("the answers to DLE EOT 1, 2, 3 and 4 are needed")
    one, two, three, four = answers
    if one is None or two is None or three is None or four is None:
        return silent()
    errors = _errors(three)
    if two & 0x40 and not errors:
        errors = [PrintReason.MECHANICAL_ERROR]
    return _status(
        errors=errors,
        cover_open=bool(two & 0x04),
        paper_out=bool(four & 0x60 or two & 0x20),
        paper_low=bool(four & 0x0C),
        offline=bool(one & 0x08),
        waiting=bool(one & 0x20),
    )


def from_automatic(data: bytes) -> ReceiptPrinterStatus:
    """The status from the four bytes of automatic status back."""
    first, second, third = data[0], data[1], data[2]
    return _status(
        errors=_errors(second),
        cover_open=bool(first & 0x20),
        paper_out=bool(third & 0x0C),
        paper_low=bool(third & 0x03),
        offline=bool(first & 0x08),
        waiting=False,
    )


def _errors(byte: int) -> list[PrintReason]:
    """DLE EOT 3 and the second byte of automatic status have the same bits."""
    bits = [
        (0x20, PrintReason.UNRECOVERABLE_ERROR),
        (0x08, PrintReason.CUTTER_ERROR),
        (0x04, PrintReason.MECHANICAL_ERROR),
        (0x40, PrintReason.HEAD_HOT),
    ]
    return [reason for bit, reason in bits if byte & bit]


def _status(
    *,
    errors: list[PrintReason],
    cover_open: bool,
    paper_out: bool,
    paper_low: bool,
    offline: bool,
    waiting: bool,
) -> ReceiptPrinterStatus:
    faults = list(errors)
    if cover_open:
        faults.append(PrintReason.COVER_OPEN)
    if paper_out:
        faults.append(PrintReason.PAPER_OUT)
    if offline and not faults:
        faults.append(PrintReason.OFFLINE)
    if _HARDWARE.intersection(faults):
        device = DeviceState.HARDWARE_ERROR
    elif faults:
        device = DeviceState.OFFLINE
    else:
        device = DeviceState.ONLINE
    return ReceiptPrinterStatus(
        device,
        " ".join(RECOVERY[fault].remedy for fault in faults),
        paper=Paper.OUT if paper_out else Paper.LOW if paper_low else Paper.FULL,
        cover_open=cover_open,
        faults=tuple(faults),
        waiting_for_recovery=waiting,
    )
