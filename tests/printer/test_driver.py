"""The driver against the virtual printer, on every transport."""

import queue
from pathlib import Path

import pytest

from devices.command import Completion, CompletionCode, RequestId
from devices.printer.contract import (
    Cut,
    Discard,
    NativeText,
    PaperThreshold,
    Print,
    PrintJob,
    PrintOutcome,
    PrintProof,
    PrintReason,
    PrintResult,
    Probe,
    QueryStatus,
    Raster,
    Resume,
    result_of,
)
from devices.printer.virtual import Model
from devices.status import DeviceState, Paper
from tests.printer.harness import QUICK, TRANSPORTS, bench, codes, job


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_ticket_is_printed_and_proven_by_its_process_id(transport: str, tmp_path: Path) -> None:
    with bench(transport, tmp_path) as it:
        result = it.print(job("ORIGINAL"))
        assert result == PrintResult(PrintOutcome.PRINTED, proof=PrintProof.PROCESS_ID)
        assert codes(it.printer.tickets) == ["ORIGINAL"]
        assert it.printer.refusals == []


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_printer_without_process_ids_proves_that_it_processed(
    transport: str, tmp_path: Path
) -> None:
    with bench(transport, tmp_path, Model(process_id=False, automatic_status=False)) as it:
        assert it.print(job("ORIGINAL")).proof is PrintProof.PROCESSED
        assert codes(it.printer.tickets) == ["ORIGINAL"]


def test_a_printer_that_proves_nothing_leaves_it_unknown(tmp_path: Path) -> None:
    model = Model(process_id=False, in_order_status=False)
    with bench("tcp", tmp_path, model, query="proof=none") as it:
        result = it.print(job("ORIGINAL"))
        assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, PrintReason.NO_PROOF)
        assert codes(it.printer.wait_for_tickets(1)) == ["ORIGINAL"]


def test_without_proof_configured_such_a_printer_is_sent_nothing(tmp_path: Path) -> None:
    model = Model(process_id=False, in_order_status=False)
    with bench("tcp", tmp_path, model, limits=QUICK) as it:
        result = it.print(job("ORIGINAL"))
        assert (result.outcome, result.reason) == (PrintOutcome.NOT_PRINTED, PrintReason.BUSY)
        assert "proof=none" in result.detail


def test_one_ticket_after_the_other(tmp_path: Path) -> None:
    with bench("tcp", tmp_path) as it:
        for number in range(5):
            assert it.print(job(f"T{number}")).outcome is PrintOutcome.PRINTED
        assert codes(it.printer.tickets) == [f"T{number}" for number in range(5)]


def test_a_job_wider_than_the_paper_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    with bench("tcp", tmp_path, query="paper=58") as it:
        before = it.printer.bytes_received
        result = it.print(PrintJob((Raster(576, 1, bytes(72)), Cut())))
        assert (result.outcome, result.reason) == (
            PrintOutcome.NOT_PRINTED,
            PrintReason.INVALID_DATA,
        )
        assert "384" in result.detail
        assert it.printer.bytes_received - before < 40  # status requests at most


def test_a_print_cancelled_before_its_content_left_is_not_printed(tmp_path: Path) -> None:
    with bench("usb", tmp_path) as it:
        it.printer.do("busy")
        done: queue.Queue[Completion[PrintResult]] = queue.Queue()
        request = it.device.submit(Print(job("ORIGINAL")), done.put)
        it.device.cancel(request)
        result = result_of(done.get(timeout=30))
        it.printer.do("ready")
        assert (result.outcome, result.reason) == (PrintOutcome.NOT_PRINTED, PrintReason.CANCELED)
        assert it.print(job("NEXT")).outcome is PrintOutcome.PRINTED
        assert codes(it.printer.tickets) == ["NEXT"]


def test_a_print_whose_time_is_over_before_its_content_left_is_not_printed(tmp_path: Path) -> None:
    with bench("usb", tmp_path) as it:
        it.printer.do("busy")
        result = result_of(it.do(Print(job("ORIGINAL")), timeout=0.5))
        it.printer.do("ready")
        assert (result.outcome, result.reason) == (PrintOutcome.NOT_PRINTED, PrintReason.TIME_OUT)
        assert it.print(job("NEXT")).outcome is PrintOutcome.PRINTED
        assert codes(it.printer.tickets) == ["NEXT"]


def test_a_print_whose_time_is_over_in_the_middle_is_unknown(tmp_path: Path) -> None:
    with bench("usb", tmp_path) as it:
        it.printer.do("after 20 mm busy")
        result = result_of(it.do(Print(job("ORIGINAL")), timeout=0.5))
        it.printer.do("ready")
        assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, PrintReason.TIME_OUT)


def test_a_print_that_ends_while_it_waits_is_not_printed(tmp_path: Path) -> None:
    with bench("usb", tmp_path) as it:
        it.printer.do("busy")
        first: queue.Queue[Completion[PrintResult]] = queue.Queue()
        waiting: queue.Queue[Completion[PrintResult]] = queue.Queue()
        it.device.submit(Print(job("FIRST")), first.put)
        canceled = it.device.submit(Print(job("SECOND")), waiting.put)
        it.device.cancel(canceled)
        results = [result_of(waiting.get(timeout=30))]
        results.append(result_of(it.do(Print(job("THIRD")), timeout=0.05)))
        it.printer.do("ready")
        assert result_of(first.get(timeout=30)).outcome is PrintOutcome.PRINTED
        assert [(result.outcome, result.reason) for result in results] == [
            (PrintOutcome.NOT_PRINTED, PrintReason.CANCELED),
            (PrintOutcome.NOT_PRINTED, PrintReason.TIME_OUT),
        ]
        assert it.print(job("NEXT")).outcome is PrintOutcome.PRINTED
        assert codes(it.printer.tickets) == ["FIRST", "NEXT"]


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (CompletionCode.DEVICE_NOT_READY, PrintOutcome.NOT_PRINTED),
        (CompletionCode.CANCELED, PrintOutcome.UNKNOWN),
        (CompletionCode.TIME_OUT, PrintOutcome.UNKNOWN),
        (CompletionCode.INTERNAL_ERROR, PrintOutcome.UNKNOWN),
    ],
)
def test_a_command_that_was_cut_off_is_not_taken_for_more_than_it_says(
    code: CompletionCode, outcome: PrintOutcome
) -> None:
    assert result_of(Completion(RequestId(1), code)).outcome is outcome


def test_probing_tells_what_the_printer_is_and_can_prove(tmp_path: Path) -> None:
    with bench("serial", tmp_path, Model(name="TM-T20III")) as it:
        it.printer.do("paper low")
        report = it.do(Probe()).result
        assert report is not None
        assert (report.manufacturer, report.model) == ("EPSON", "TM-T20III")
        assert report.proof is PrintProof.PROCESS_ID
        assert report.automatic_status
        assert report.status_bytes == (0x12, 0x12, 0x12, 0x1E)
        assert report.status.paper is Paper.LOW


def test_probing_a_printer_that_answers_only_in_real_time(tmp_path: Path) -> None:
    model = Model(process_id=False, in_order_status=False, automatic_status=False)
    with bench("tcp", tmp_path, model, limits=QUICK) as it:
        report = it.do(Probe()).result
        assert report is not None
        assert report.proof is PrintProof.NONE
        assert not report.automatic_status
        assert report.model == ""
        assert report.status.device is DeviceState.ONLINE


@pytest.mark.parametrize(
    ("verb", "reason", "paper"),
    [
        ("paper low", None, Paper.LOW),
        ("paper out", PrintReason.PAPER_OUT, Paper.OUT),
        ("cover open", PrintReason.COVER_OPEN, Paper.FULL),
        ("cutter", PrintReason.CUTTER_ERROR, Paper.FULL),
        ("jam", PrintReason.MECHANICAL_ERROR, Paper.FULL),
        ("head hot", PrintReason.HEAD_HOT, Paper.FULL),
        ("fatal", PrintReason.UNRECOVERABLE_ERROR, Paper.FULL),
        ("offline", PrintReason.OFFLINE, Paper.FULL),
        ("silent", PrintReason.NO_ANSWER, Paper.UNKNOWN),
    ],
)
def test_every_state_of_the_printer_shows_in_its_status(
    verb: str, reason: PrintReason | None, paper: Paper, tmp_path: Path
) -> None:
    with bench("tcp", tmp_path, limits=QUICK) as it:
        it.printer.do(verb)
        status = it.do(QueryStatus()).result
        assert status is not None
        assert status.faults == ((reason,) if reason else ())
        assert status.paper is paper
        assert status.usable is (reason is None)
        assert bool(status.detail) is (reason is not None)


def test_a_change_of_the_paper_is_reported(tmp_path: Path) -> None:
    with bench("tcp", tmp_path) as it:
        it.printer.do("paper low")
        it.do(QueryStatus())
        thresholds = []
        while not it.events.empty():
            event = it.events.get()
            if isinstance(event, PaperThreshold):
                thresholds.append(event.paper)
        assert thresholds[-1] is Paper.LOW


@pytest.mark.parametrize("command", [Resume(), Discard()])
def test_a_printer_that_waits_for_recovery_goes_on_when_told(
    command: Resume | Discard, tmp_path: Path
) -> None:
    with bench("tcp", tmp_path) as it:
        it.print(job("FIRST"))
        it.printer.do("cutter")
        it.printer.do("clear")
        before = it.do(QueryStatus()).result
        assert before is not None
        assert before.waiting_for_recovery
        after = it.do(command).result
        assert after is not None
        assert after.usable


def test_a_printer_that_waits_for_recovery_is_recovered_by_the_next_ticket(tmp_path: Path) -> None:
    with bench("tcp", tmp_path) as it:
        it.printer.do("jam")
        it.printer.do("clear")
        assert it.print(job("NEXT")).outcome is PrintOutcome.PRINTED


def test_text_that_no_printer_font_has_is_refused_where_it_is_written() -> None:
    with pytest.raises(ValueError, match="ASCII"):
        NativeText("请")
