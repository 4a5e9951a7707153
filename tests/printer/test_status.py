"""Status bytes as printers send them, and what they mean."""

import itertools

import pytest

from devices.printer.contract import PrintReason, ReceiptPrinterStatus
from devices.printer.recovery import RECOVERY, RecoveredBy, resumes_by_itself
from devices.printer.status import from_automatic, from_real_time
from devices.printer.virtual.condition import Condition
from devices.status import DeviceState, Paper

FINE = (0x12, 0x12, 0x12, 0x12)


def test_nothing_wrong() -> None:
    assert from_real_time(FINE) == ReceiptPrinterStatus(
        DeviceState.ONLINE, paper=Paper.FULL, cover_open=False
    )


@pytest.mark.parametrize(
    ("answers", "faults", "paper"),
    [
        ((0x12, 0x12, 0x12, 0x1E), (), Paper.LOW),
        ((0x1A, 0x32, 0x12, 0x7E), (PrintReason.PAPER_OUT,), Paper.OUT),
        ((0x1A, 0x16, 0x12, 0x12), (PrintReason.COVER_OPEN,), Paper.FULL),
        ((0x1A, 0x52, 0x1A, 0x12), (PrintReason.CUTTER_ERROR,), Paper.FULL),
        ((0x1A, 0x52, 0x16, 0x12), (PrintReason.MECHANICAL_ERROR,), Paper.FULL),
        ((0x1A, 0x52, 0x32, 0x12), (PrintReason.UNRECOVERABLE_ERROR,), Paper.FULL),
        ((0x1A, 0x52, 0x52, 0x12), (PrintReason.HEAD_HOT,), Paper.FULL),
        # an error that the printer does not put a name to is still an error
        ((0x1A, 0x52, 0x12, 0x12), (PrintReason.MECHANICAL_ERROR,), Paper.FULL),
        ((0x1A, 0x12, 0x12, 0x12), (PrintReason.OFFLINE,), Paper.FULL),
        (
            (0x1A, 0x76, 0x3A, 0x7E),
            (
                PrintReason.UNRECOVERABLE_ERROR,
                PrintReason.CUTTER_ERROR,
                PrintReason.COVER_OPEN,
                PrintReason.PAPER_OUT,
            ),
            Paper.OUT,
        ),
    ],
)
def test_real_time_status(
    answers: tuple[int, ...], faults: tuple[PrintReason, ...], paper: Paper
) -> None:
    status = from_real_time(answers)
    assert status.faults == faults
    assert status.paper is paper
    assert status.usable is not bool(faults)


@pytest.mark.parametrize("silent", range(4))
def test_what_a_printer_does_not_say_is_no_good_news(silent: int) -> None:
    answers = [None if n == silent else byte for n, byte in enumerate(FINE)]
    status = from_real_time(answers)
    assert status.faults == (PrintReason.NO_ANSWER,)
    assert status.paper is Paper.UNKNOWN
    assert status.cover_open is None
    assert not status.usable


def test_waiting_for_recovery_shows() -> None:
    assert from_real_time((0x3A, 0x52, 0x1A, 0x12)).waiting_for_recovery


def test_both_kinds_of_status_agree_in_every_state_of_the_printer() -> None:
    flags = ("cover_open", "switched_offline", "cutter_error", "mechanical_error",
             "unrecoverable", "head_hot")  # fmt: skip
    for values in itertools.product((False, True), repeat=len(flags)):
        for paper in (Paper.FULL, Paper.LOW, Paper.OUT):
            condition = Condition(paper=paper, **dict(zip(flags, values, strict=True)))
            asked = from_real_time([condition.real_time(n) for n in range(1, 5)])
            assert from_automatic(condition.automatic()) == asked
            assert asked.usable is (not condition.offline)


def test_every_status_byte_has_the_fixed_bits_of_its_kind() -> None:
    flags = ("cover_open", "cutter_error", "mechanical_error", "unrecoverable", "head_hot",
             "cleared")  # fmt: skip
    for values in itertools.product((False, True), repeat=len(flags)):
        condition = Condition(paper=Paper.OUT, **dict(zip(flags, values, strict=True)))
        assert all(condition.real_time(n) & 0x93 == 0x12 for n in range(1, 5))
        first, *rest = condition.automatic()
        assert first & 0x93 == 0x10
        assert all(byte & 0x90 == 0 for byte in rest)


@pytest.mark.parametrize("reason", PrintReason)
def test_every_reason_says_what_to_do(reason: PrintReason) -> None:
    assert bool(RECOVERY[reason].remedy) is (reason is not PrintReason.NONE)


def test_only_faults_that_end_by_themselves_are_waited_for() -> None:
    assert resumes_by_itself(())
    assert resumes_by_itself((PrintReason.HEAD_HOT,))
    assert not resumes_by_itself((PrintReason.HEAD_HOT, PrintReason.PAPER_OUT))
    assert RECOVERY[PrintReason.UNRECOVERABLE_ERROR].by is RecoveredBy.SERVICE
