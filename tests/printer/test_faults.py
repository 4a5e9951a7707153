"""Every fault before, during and after a job, on every transport.

Whatever happens, the result is true: 'printed' has a whole ticket on paper, 'not printed' has not a
dot. Then staff put the fault right, and the kiosk prints again -- as a copy unless the result was
'not printed' -- so that no ticket is lost and none is printed twice unmarked.
"""

from pathlib import Path

import numpy as np
import pytest

from devices.printer.contract import Cut, PrintJob, PrintOutcome, PrintReason, PrintResult, Raster
from devices.printer.session import Limits
from devices.printer.virtual import Model
from tests.printer.harness import PATIENT, QUICK, TRANSPORTS, Bench, bench, codes, has_ink, job

PRINTED, NOT_PRINTED, UNKNOWN = PrintOutcome.PRINTED, PrintOutcome.NOT_PRINTED, PrintOutcome.UNKNOWN
R = PrintReason

FAULTS: dict[str, tuple[str | None, PrintReason, PrintReason]] = {
    # verb: what ends it, reason when it was there before the job, reason when it came during it
    "paper out": ("paper full", R.PAPER_OUT, R.PAPER_OUT),
    "cover open": ("cover close", R.COVER_OPEN, R.MECHANICAL_ERROR),
    "cutter": ("clear", R.CUTTER_ERROR, R.CUTTER_ERROR),
    "jam": ("clear", R.MECHANICAL_ERROR, R.MECHANICAL_ERROR),
    "fatal": ("power cycle", R.UNRECOVERABLE_ERROR, R.UNRECOVERABLE_ERROR),
    "offline": ("online", R.OFFLINE, R.OFFLINE),
    "silent": ("answer", R.NO_ANSWER, R.NO_ANSWER),
    "busy": ("ready", R.BUSY, R.TIME_OUT),  # or R.NO_ANSWER: where it cannot even be asked
}
DURING = "after 20 mm "
AFTER = "after 1 cuts "


def limits_for(verb: str) -> Limits:
    return QUICK if verb in {"silent", "busy"} else PATIENT


def print_when_connected(it: Bench, code: str) -> PrintResult:
    """Print; where nothing was sent because nobody answered yet, it is tried again."""
    while True:
        result = it.print(job(code))
        waiting = {R.CONNECTION_LOST, R.NO_ANSWER, R.BUSY}
        if result.outcome is not NOT_PRINTED or result.reason not in waiting:
            return result


def settle(it: Bench, first: PrintResult, fix: str | None) -> None:
    """Put the fault right, print again as the rules say, and look at all the paper."""
    if fix is not None:
        it.printer.do(fix)
    again = "ORIGINAL" if first.outcome is NOT_PRINTED else "COPY 1"
    if first.outcome is not PRINTED:
        assert print_when_connected(it, again).outcome is PRINTED
    found = codes(it.printer.wait_for_tickets(1))
    assert found.count("ORIGINAL") <= 1, "printed twice unmarked"
    assert found, "lost"
    if first.outcome is PRINTED:
        assert found == ["ORIGINAL"]
    elif first.outcome is NOT_PRINTED:
        assert found == ["ORIGINAL"]
        assert sum(map(has_ink, it.printer.tickets)) == 1, "'not printed' left ink on paper"
    else:
        assert found[-1] == "COPY 1"


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("verb", FAULTS)
def test_a_fault_before_the_job_is_found_before_anything_is_sent(
    verb: str, transport: str, tmp_path: Path
) -> None:
    fix, reason, _ = FAULTS[verb]
    with bench(transport, tmp_path, limits=limits_for(verb)) as it:
        it.printer.do(verb)
        result = it.print(job("ORIGINAL"))
        assert result.outcome is NOT_PRINTED
        assert result.reason in {reason, R.NO_ANSWER if verb == "busy" else reason}
        settle(it, result, fix)


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("verb", FAULTS)
def test_a_fault_during_the_job_leaves_it_unknown(
    verb: str, transport: str, tmp_path: Path
) -> None:
    fix, _, reason = FAULTS[verb]
    with bench(transport, tmp_path, limits=limits_for(verb)) as it:
        it.printer.do(DURING + verb)
        result = it.print(job("ORIGINAL"))
        assert result.outcome is UNKNOWN
        assert result.reason in {reason, R.NO_ANSWER if verb == "busy" else reason}
        settle(it, result, fix)


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("verb", FAULTS)
def test_a_fault_between_the_cut_and_its_proof_leaves_it_unknown(
    verb: str, transport: str, tmp_path: Path
) -> None:
    fix, _, _ = FAULTS[verb]
    with bench(transport, tmp_path, limits=limits_for(verb)) as it:
        it.printer.do(AFTER + verb)
        result = it.print(job("ORIGINAL"))
        assert result.outcome is UNKNOWN
        settle(it, result, fix)


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("moment", ["", DURING, AFTER])
def test_little_paper_is_no_fault(moment: str, transport: str, tmp_path: Path) -> None:
    with bench(transport, tmp_path) as it:
        it.printer.do(moment + "paper low")
        result = it.print(job("ORIGINAL"))
        assert result.outcome is PRINTED
        settle(it, result, None)


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_hot_head_is_waited_for(transport: str, tmp_path: Path) -> None:
    with bench(transport, tmp_path) as it:
        it.printer.do(DURING + "head hot")
        it.printer.do("after 12 replies head cool")
        result = it.print(job("ORIGINAL"))
        assert result.outcome is PRINTED
        settle(it, result, None)


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("verb", ["garbage", "garbage on"])
@pytest.mark.parametrize("moment", ["", DURING, AFTER])
def test_noise_on_the_line_is_never_taken_for_proof(
    moment: str, verb: str, transport: str, tmp_path: Path
) -> None:
    with bench(transport, tmp_path, limits=QUICK) as it:
        it.printer.do(moment + verb)
        settle(it, it.print(job("ORIGINAL")), "garbage off")


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("verb", ["garbage", "garbage on"])
@pytest.mark.parametrize("moment", ["", DURING, AFTER])
def test_noise_is_never_taken_for_the_weaker_proof_either(
    moment: str, verb: str, transport: str, tmp_path: Path
) -> None:
    with bench(transport, tmp_path, Model(process_id=False), limits=QUICK) as it:
        it.printer.do(moment + verb)
        settle(it, it.print(job("ORIGINAL")), "garbage off")


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("verb", ["drop", "power cycle"])
def test_a_connection_lost_while_idle_is_made_again(
    verb: str, transport: str, tmp_path: Path
) -> None:
    with bench(transport, tmp_path) as it:
        it.printer.do(verb)
        result = it.print(job("ORIGINAL"))
        assert result.outcome in {PRINTED, NOT_PRINTED}
        settle(it, result, None)


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("verb", ["drop", "power cycle"])
@pytest.mark.parametrize("moment", [DURING, AFTER])
def test_a_connection_lost_in_the_middle_leaves_it_unknown(
    moment: str, verb: str, transport: str, tmp_path: Path
) -> None:
    with bench(transport, tmp_path) as it:
        it.printer.do(moment + verb)
        result = it.print(job("ORIGINAL"))
        assert (result.outcome, result.reason) == (UNKNOWN, R.CONNECTION_LOST)
        settle(it, result, None)


@pytest.mark.parametrize("count", [1, 20, 60, 100, 140, 200, 240, 280])
def test_a_connection_lost_after_any_number_of_bytes(count: int, tmp_path: Path) -> None:
    with bench("tcp", tmp_path) as it:
        it.printer.do(f"after {count} bytes drop")
        settle(it, it.print(job("ORIGINAL")), None)


@pytest.mark.parametrize("moment", [DURING, AFTER])
@pytest.mark.parametrize("process_id", [True, False])
def test_a_serial_printer_that_loses_power_unnoticed_is_found_out(
    process_id: bool, moment: str, tmp_path: Path
) -> None:
    """Its line stays up: only the answers that are missing tell that part of the job is lost."""
    with bench("serial", tmp_path, Model(process_id=process_id)) as it:
        it.printer.do(moment + "brown out")
        result = it.print(job("ORIGINAL"))
        assert (result.outcome, result.reason) == (UNKNOWN, R.FLUSH_FAIL)
        settle(it, result, None)


@pytest.mark.parametrize("verb", ["paper out", "cover open", "jam", "offline"])
def test_what_was_not_printed_does_not_come_out_later(verb: str, tmp_path: Path) -> None:
    """The rest of a job that failed is thrown away, not printed when the fault ends."""
    with bench("tcp", tmp_path) as it:
        it.printer.do(DURING + verb)
        assert it.print(job("ORIGINAL")).outcome is UNKNOWN
        it.printer.do(FAULTS[verb][0] or "")
        assert it.print(job("COPY 1")).outcome is PRINTED
        assert codes(it.printer.tickets) == ["COPY 1"]


def test_a_fragment_is_cut_off_before_the_next_ticket(tmp_path: Path) -> None:
    with bench("tcp", tmp_path) as it:
        it.printer.do("after 60 mm offline")
        assert it.print(job("ORIGINAL")).outcome is UNKNOWN
        it.printer.do("online")
        assert it.print(job("COPY 1")).outcome is PRINTED
        fragment, copy = it.printer.tickets
        assert has_ink(fragment)
        assert codes([copy]) == ["COPY 1"]
        clean = it.print(job("NEXT"))
        assert clean.outcome is PRINTED
        assert it.printer.tickets[2].image.size == copy.image.size


def large_job(code: str) -> PrintJob:
    """More than the printer's buffer and the system's take: the end waits in the kiosk."""
    noise = np.random.default_rng(7).bytes(72 * 3000)
    return PrintJob((*job(code).blocks[:-1], Raster(576, 3000, noise), Cut()))


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize(
    ("verb", "fix", "reason"),
    [
        ("paper out", "paper full", R.PAPER_OUT),
        ("jam", "clear", R.MECHANICAL_ERROR),
        ("drop", None, R.CONNECTION_LOST),
        ("offline", "online", R.OFFLINE),
    ],
)
def test_a_fault_while_the_job_is_still_being_sent(
    verb: str, fix: str | None, reason: PrintReason, transport: str, tmp_path: Path
) -> None:
    with bench(transport, tmp_path, limits=QUICK) as it:
        it.printer.do("after 100 mm " + verb)
        result = it.print(large_job("ORIGINAL"))
        assert (result.outcome, result.reason) == (UNKNOWN, reason)
        if fix is not None:
            it.printer.do(fix)
        assert print_when_connected(it, "COPY 1").outcome is PRINTED
        whole = [ticket for ticket in it.printer.tickets if ticket.image.height > 3000]
        assert whole == [], "the rest came out although the job was given up"
        assert codes(it.printer.tickets[-1:]) == ["COPY 1"]


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_large_job_is_printed_whole(transport: str, tmp_path: Path) -> None:
    with bench(transport, tmp_path) as it:
        assert it.print(large_job("ORIGINAL")).outcome is PRINTED
        assert it.printer.tickets[0].image.height > 3000
