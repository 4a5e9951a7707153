"""What every ID-card reader does for the kiosk, whichever URI names it."""

import logging
from collections.abc import Iterator

import pytest

from devices.command import Command, CompletionCode
from devices.event import MediaInserted, MediaRemoved, Progress
from devices.idcard.cards import CardKind
from devices.idcard.contract import INVALID_MEDIA, NO_MEDIA, ReadSamInfo
from devices.idcard.virtual.card_files import load, names
from devices.status import CardReaderStatus, DeviceState, Media
from tests.idcard.bench import Bench, on_the_bench, until


class Unheard(Command[None]):
    """A command that no ID-card reader knows."""


def media(bench: Bench) -> Media:
    status = bench.device.status
    assert isinstance(status, CardReaderStatus)
    return status.media


@pytest.fixture(params=["serial", "sim"])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    with on_the_bench(request.param) as bench:
        bench.events.wait_state(DeviceState.ONLINE)
        yield bench


def test_an_empty_reader_is_online_without_media(bench: Bench) -> None:
    assert bench.device.status == CardReaderStatus(DeviceState.ONLINE, media=Media.NOT_PRESENT)


def test_a_card_is_noticed_read_and_taken_away(bench: Bench) -> None:
    bench.place("kowalska-2023")
    until(lambda: media(bench) is Media.PRESENT)
    completion = bench.read()
    assert completion.code is CompletionCode.SUCCESS
    assert completion.result is not None
    assert completion.result.identity is not None
    assert completion.result.identity.numbers() == ("911616199102280024", "POL110191022849")
    bench.lift()
    until(lambda: media(bench) is Media.NOT_PRESENT)


@pytest.mark.parametrize("name", [n for n in names() if not n.startswith("wrong")])
def test_every_type_of_card_is_told(bench: Bench, name: str) -> None:
    bench.place(name)
    completion = bench.read()
    assert completion.result is not None
    assert completion.result.kind is load(name).KIND
    wrong = completion.result.kind in {CardKind.CITIZEN, CardKind.HMT_RESIDENCE_PERMIT}
    assert completion.result.wrong_card == wrong
    assert (completion.result.identity is None) == wrong


def test_reading_tells_how_far_it_is(bench: Bench) -> None:
    bench.place("moreau-2017")
    request = bench.read().request_id
    progress = [event for event in bench.events.all if isinstance(event, Progress)]
    assert [event.step for event in progress] == ["select", "read"]
    assert {event.request_id for event in progress} == {request}
    fractions = [event.fraction for event in progress]
    assert fractions == sorted(fractions)
    assert 0.0 <= fractions[0] < fractions[-1] <= 1.0


def test_a_card_that_lies_there_can_be_read_again(bench: Bench) -> None:
    bench.place("moreau-2017")
    assert bench.read().result == bench.read().result is not None


def test_a_card_that_was_read_is_present_until_it_is_lifted(bench: Bench) -> None:
    bench.place("moreau-2017")
    bench.read()
    asked = bench.virtual.reader.asked
    before = asked.total()
    until(lambda: asked.total() > before + 3)
    assert bench.media_events() == [MediaInserted]
    bench.lift()
    assert bench.media_events() == [MediaRemoved]


def test_a_card_that_was_not_read_is_present_until_it_is_lifted(bench: Bench) -> None:
    bench.place("moreau-2017")
    asked = bench.virtual.reader.asked
    before = asked.total()
    until(lambda: asked.total() > before + 3)
    assert bench.media_events() == [MediaInserted]
    bench.lift()


def test_cards_one_after_the_other(bench: Bench) -> None:
    for name in ("moreau-2017", "li-citizen", "weber-2023"):
        bench.place(name)
        completion = bench.read()
        assert completion.result is not None
        assert completion.result.kind is load(name).KIND
        bench.lift()


def test_without_card_there_is_nothing_to_read(bench: Bench) -> None:
    completion = bench.read()
    assert completion.code is CompletionCode.COMMAND_ERROR_CODE
    assert completion.error_code == NO_MEDIA


def test_a_card_need_not_have_been_noticed_before_it_is_read(bench: Bench) -> None:
    bench.driver.poll_seconds = 3600.0
    bench.device.call(ReadSamInfo())
    bench.driver._next_find = 0.0
    bench.virtual.do("place moreau-2017")
    assert bench.read().code is CompletionCode.SUCCESS
    assert MediaInserted in bench.media_events()


def test_a_number_with_a_wrong_check_character_is_refused(bench: Bench) -> None:
    bench.place("wrong-check-digit-2023")
    completion = bench.read()
    assert completion.code is CompletionCode.COMMAND_ERROR_CODE
    assert completion.error_code == INVALID_MEDIA
    assert "wrong check character" in completion.detail
    assert load("wrong-check-digit-2023").number not in str(completion)
    bench.lift()


def test_the_sam_gives_its_number(bench: Bench) -> None:
    completion = bench.device.call(ReadSamInfo())
    assert completion.result is not None
    assert completion.result.sam_id == "05.01-20230915-0001234567-0987654321"


def test_an_unheard_command_is_unsupported(bench: Bench) -> None:
    assert bench.device.call(Unheard()).code is CompletionCode.UNSUPPORTED_COMMAND


def test_nothing_personal_is_logged(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        bench.place("kowalska-2023")
        bench.read()
        bench.virtual.do("once lift-midway address")
        bench.wait(MediaRemoved)
    for word in ("KOWALSKA", "ZOFIA", "911616199102280024", "POL1101", "19910228"):
        assert word not in caplog.text


def test_a_reader_may_be_unplugged_and_plugged_in_again(bench: Bench) -> None:
    bench.place("moreau-2017")
    bench.events.forget()
    bench.virtual.do("unplug")
    bench.wait(MediaRemoved)
    bench.events.wait_state(DeviceState.NO_DEVICE)
    assert bench.read().code is CompletionCode.DEVICE_NOT_READY
    bench.events.forget()
    bench.virtual.do("plug")
    bench.events.wait_state(DeviceState.ONLINE)
    bench.virtual.do("place moreau-2017")
    bench.wait(MediaInserted)
    assert bench.read().code is CompletionCode.SUCCESS
