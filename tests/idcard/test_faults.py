"""Everything that can go wrong between card, reader and host, through the pseudo-terminal."""

from collections.abc import Iterator

import pytest

from devices.command import Completion, CompletionCode
from devices.event import MediaInserted, MediaRemoved
from devices.idcard.codes import SamCommand, Sw3
from devices.idcard.contract import (
    ERROR_CODES,
    INVALID_MEDIA,
    NO_MEDIA,
    PROTOCOL_NOT_SUPPORTED,
    IdCardReading,
    ReadIdCard,
)
from devices.status import CardReaderStatus, DeviceState, Media
from tests.devices.scripted import PATIENCE, Completions
from tests.idcard.bench import Bench, on_the_bench, until


@pytest.fixture
def bench() -> Iterator[Bench]:
    with on_the_bench() as bench:
        bench.events.wait_state(DeviceState.ONLINE)
        yield bench


@pytest.fixture
def hasty() -> Iterator[Bench]:
    """A driver that soon gives up waiting for the reader, so that the test does."""
    with on_the_bench(patience=0.25) as bench:
        bench.events.wait_state(DeviceState.ONLINE)
        yield bench


def outcome(completion: Completion[IdCardReading]) -> str:
    return completion.error_code or completion.code.value


HARDWARE = CompletionCode.HARDWARE_ERROR.value

OUTCOMES = {
    Sw3.NO_SUCH_ITEM: INVALID_MEDIA,
    Sw3.COMMAND_WRONG: HARDWARE,
    Sw3.NOT_PERMITTED: NO_MEDIA,
    Sw3.UNKNOWN_COMMAND: HARDWARE,
    Sw3.CARD_AUTHENTICATION: INVALID_MEDIA,
    Sw3.SAM_AUTHENTICATION: INVALID_MEDIA,
    Sw3.VERIFICATION: INVALID_MEDIA,
    Sw3.FINGERPRINT: INVALID_MEDIA,
    Sw3.DATA_LENGTH: INVALID_MEDIA,
    Sw3.WRONG_CARD: PROTOCOL_NOT_SUPPORTED,
    Sw3.READ_FAILED: NO_MEDIA,
    Sw3.RANDOM_NUMBER: NO_MEDIA,
    Sw3.SELF_TEST: HARDWARE,
    Sw3.NOT_AUTHORISED: HARDWARE,
}
"""How `ReadIdCard` ends when selecting or reading is answered like this."""


@pytest.mark.parametrize("sw3", OUTCOMES)
@pytest.mark.parametrize("command", ["select", "read"])
def test_every_refusal_of_a_card_has_its_outcome(bench: Bench, sw3: Sw3, command: str) -> None:
    bench.place("moreau-2017")
    bench.virtual.do(f"once refuse {sw3:02X} {command}")
    completion = bench.read()
    assert outcome(completion) == OUTCOMES[sw3]
    assert f"SW3 {sw3:02X}" in completion.detail
    assert completion.error_code in ERROR_CODES | {""}


def test_the_table_of_outcomes_is_whole() -> None:
    elsewhere = {Sw3.SUCCESS, Sw3.FOUND, Sw3.FIND_FAILED, Sw3.SELECT_FAILED}
    line = {Sw3.HOST_CHECKSUM, Sw3.HOST_LENGTH}
    assert set(OUTCOMES) | elsewhere | line == set(Sw3)


def test_a_status_that_no_standard_has_is_a_refusal(bench: Bench) -> None:
    bench.place("moreau-2017")
    bench.virtual.do("once refuse 5C read")
    completion = bench.read()
    assert outcome(completion) == INVALID_MEDIA
    assert "unknown status (SW3 5C)" in completion.detail


def test_select_failed(bench: Bench) -> None:
    bench.place("moreau-2017")
    bench.virtual.do("once refuse 81 select")
    assert outcome(bench.read()) == NO_MEDIA


@pytest.mark.parametrize("sw3", [Sw3.HOST_CHECKSUM, Sw3.HOST_LENGTH])
def test_a_command_that_was_damaged_on_its_way_is_sent_again(bench: Bench, sw3: Sw3) -> None:
    bench.place("moreau-2017")
    bench.virtual.do(f"once refuse {sw3:02X} find")
    bench.virtual.do(f"once refuse {sw3:02X} status")
    asked = bench.virtual.reader.asked
    before = asked[SamCommand.FIND_CARD]
    until(lambda: asked[SamCommand.FIND_CARD] > before + 2)
    assert bench.media_events() == [MediaInserted]
    assert bench.read().code is CompletionCode.SUCCESS


def test_a_line_that_damages_every_command_is_no_reader(bench: Bench) -> None:
    bench.events.forget()
    bench.virtual.do("refuse 10")
    assert (
        "wrong checksum: check the cable" in bench.events.wait_state(DeviceState.NO_DEVICE).detail
    )
    bench.events.forget()
    bench.virtual.do("clear")
    bench.events.wait_state(DeviceState.ONLINE)


@pytest.mark.parametrize(
    "sw3", [Sw3.SELF_TEST, Sw3.NOT_AUTHORISED, Sw3.UNKNOWN_COMMAND, Sw3.COMMAND_WRONG]
)
def test_a_sam_that_does_not_work_is_a_hardware_error_until_it_does(bench: Bench, sw3: Sw3) -> None:
    bench.events.forget()
    bench.virtual.do(f"refuse {sw3:02X}")
    assert f"SW3 {sw3:02X}" in bench.events.wait_state(DeviceState.HARDWARE_ERROR).detail
    completion = bench.read()
    assert completion.code is CompletionCode.HARDWARE_ERROR
    assert f"SW3 {sw3:02X}" in completion.detail
    bench.events.forget()
    bench.virtual.do("clear")
    bench.events.wait_state(DeviceState.ONLINE)
    bench.place("moreau-2017")
    assert bench.read().code is CompletionCode.SUCCESS


# -- the card is moved -----------------------------------------------------------------------


def test_a_card_lifted_while_it_is_read_has_to_be_placed_again(bench: Bench) -> None:
    bench.place("moreau-2017")
    bench.virtual.do("once lift-midway")
    completion = bench.read()
    assert outcome(completion) == NO_MEDIA
    assert "lift the card and place it again" in completion.detail
    bench.wait(MediaRemoved)
    bench.place("moreau-2017")
    assert bench.read().code is CompletionCode.SUCCESS


def test_after_an_error_a_card_is_not_found_before_it_is_lifted(bench: Bench) -> None:
    bench.place("moreau-2017")
    bench.virtual.do("once refuse 31 select")
    bench.read()
    bench.wait(MediaRemoved)
    status = bench.device.status
    assert isinstance(status, CardReaderStatus)
    assert status.media is Media.UNKNOWN
    assert outcome(bench.read()) == NO_MEDIA
    assert MediaInserted not in bench.media_events()[1:]
    bench.virtual.do("lift")
    bench.place("moreau-2017")
    assert bench.read().code is CompletionCode.SUCCESS


def test_a_card_placed_anew_between_two_polls_is_said_to_have_been_lifted(bench: Bench) -> None:
    bench.place("moreau-2017")
    bench.driver.poll_seconds = 0.2
    bench.virtual.do("once refuse 41 read")
    bench.read()
    bench.events.forget()
    bench.virtual.do("lift")
    bench.virtual.do("place moreau-2017")
    bench.wait(MediaInserted)
    assert bench.media_events() == [MediaRemoved, MediaInserted]


def test_a_card_lifted_between_notice_and_reading(bench: Bench) -> None:
    bench.place("moreau-2017")
    bench.driver.poll_seconds = 3600.0
    bench.read()
    bench.virtual.do("lift")
    assert outcome(bench.read()) == NO_MEDIA


# -- the line ----------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["noise", "drip"])
def test_noise_and_drip_do_not_matter(bench: Bench, fault: str) -> None:
    bench.virtual.do(fault)
    bench.place("santos-2023")
    assert bench.read().code is CompletionCode.SUCCESS
    bench.lift()


@pytest.mark.parametrize("command", ["find", "read"])
@pytest.mark.parametrize("fault", ["silent", "half", "checksum", "length"])
def test_one_reply_that_is_lost_or_damaged_is_asked_for_again(
    hasty: Bench, fault: str, command: str
) -> None:
    hasty.place("santos-2023")
    hasty.events.forget()
    hasty.virtual.do(f"once {fault} {command}")
    if command == "find":
        until(lambda: "times" not in hasty.virtual.describe())
    assert hasty.read().code is CompletionCode.SUCCESS
    assert hasty.media_events() == []


@pytest.mark.parametrize("fault", ["silent", "half", "checksum", "length"])
def test_a_reader_that_never_answers_well_is_gone_until_it_does(hasty: Bench, fault: str) -> None:
    hasty.place("moreau-2017")
    hasty.events.forget()
    hasty.virtual.do(fault)
    assert "check its cable" in hasty.events.wait_state(DeviceState.NO_DEVICE).detail
    hasty.wait(MediaRemoved)
    assert hasty.read().code is CompletionCode.DEVICE_NOT_READY
    hasty.events.forget()
    hasty.virtual.do("clear")
    hasty.events.wait_state(DeviceState.ONLINE)


@pytest.mark.parametrize("command", ["find", "select", "read", "address"])
def test_a_reply_that_comes_too_late_is_not_taken_for_another(hasty: Bench, command: str) -> None:
    hasty.virtual.do(f"once slow 0.3 {command}")
    hasty.place("kowalska-2023")
    first = hasty.read()
    if command == "address":
        until(lambda: "times" not in hasty.virtual.describe())
    # A selection that was sent twice is refused the second time, as a reader does.
    assert outcome(first) in ({"success", NO_MEDIA} if command == "select" else {"success"})
    hasty.virtual.do("lift")
    hasty.wait(MediaRemoved)
    hasty.place("weber-2023")
    second = hasty.read()
    assert second.result is not None
    assert second.result.identity is not None
    assert second.result.identity.nationality == "D"


def test_a_slow_reader_is_waited_for(bench: Bench) -> None:
    bench.virtual.do("slow 0.05")
    bench.place("moreau-2017")
    assert bench.read().code is CompletionCode.SUCCESS


def test_a_reader_unplugged_while_it_reads(bench: Bench) -> None:
    bench.place("moreau-2017")
    bench.virtual.do("once slow 600 read")
    completions = Completions()
    bench.device.submit(ReadIdCard(), completions)  # type: ignore[arg-type] # only its code counts
    until(lambda: bench.virtual.reader.asked[SamCommand.READ_TEXT_AND_PHOTO] == 1)
    bench.events.forget()
    bench.virtual.do("unplug")
    assert completions.wait()[0].code is CompletionCode.DEVICE_NOT_READY
    bench.wait(MediaRemoved)
    bench.virtual.do("plug")
    bench.events.wait_state(DeviceState.ONLINE)
    bench.place("moreau-2017")
    assert bench.read().code is CompletionCode.SUCCESS


def test_a_reading_that_is_cancelled_ends_soon_and_can_be_repeated(bench: Bench) -> None:
    bench.place("moreau-2017")
    bench.virtual.do("once slow 0.2 read")
    completions = Completions()
    request = bench.device.submit(ReadIdCard(), completions)  # type: ignore[arg-type] # as above
    until(lambda: bench.virtual.reader.asked[SamCommand.READ_TEXT_AND_PHOTO] == 1)
    bench.device.cancel(request)
    assert completions.wait()[0].code is CompletionCode.CANCELED
    assert bench.read().code is CompletionCode.SUCCESS


def test_a_reading_ends_when_its_time_is_over(bench: Bench) -> None:
    bench.place("moreau-2017")
    bench.virtual.do("silent read")
    assert bench.read(timeout=0.05).code is CompletionCode.TIME_OUT
    bench.virtual.do("clear")
    assert bench.read(timeout=PATIENCE).code is CompletionCode.SUCCESS


def test_a_port_on_which_no_reader_answers_is_no_device() -> None:
    with on_the_bench(patience=0.05) as bench:
        bench.virtual.do("silent")
        status = bench.events.wait_state(DeviceState.NO_DEVICE)
        assert "gives no usable answer" in status.detail
