"""What a reading answers: page, chip, ID card and code, in every order and with every end."""

from collections.abc import Callable
from datetime import date

import pytest

from devices.camera.contract import BarcodeReading, Code, Guidance, GuidanceChanged, ReadDocument
from devices.chip.contract import (
    ACCESS_DENIED,
    COMMUNICATION_ERROR,
    INVALID_MEDIA,
    NO_MEDIA,
    ZONE_MISMATCH,
    ReadChip,
)
from devices.chip.reading import Step
from devices.command import CommandFailed, CompletionCode, DeviceGone
from devices.documents.identity import Source, Verdict
from devices.idcard.cards import CardKind
from devices.idcard.contract import IdCardReading, ReadIdCard
from kiosk.visit.events import (
    CodeRead,
    DocumentPlaced,
    DocumentRead,
    DocumentRemoved,
    Hint,
    HintChanged,
    ReadingFailed,
    ReadingProgress,
    ReadingStep,
)
from kiosk.visit.failures import Failure
from tests.performers.desk import FOR_EVER, HASTY, Desk, chip_of, page
from tests.performers.scripted_device import Call


def refused(error_code: str) -> CommandFailed:
    return CommandFailed(CompletionCode.COMMAND_ERROR_CODE, error_code=error_code)


def chip_asked(desk: Desk, request: int = 1) -> Call:
    """The page has been read with the chip on the reader, and the chip is being asked."""
    desk.chip.insert()
    desk.start(request)
    desk.camera.driver.next_call().returns(page())
    return desk.chip.driver.next_call()


# -- page and chip ---------------------------------------------------------------------------------


def test_page_then_chip_gives_what_the_chip_proves() -> None:
    with Desk() as desk:
        desk.start()
        camera = desk.camera.driver.next_call()
        assert camera.command == ReadDocument()
        camera.returns(page())
        desk.posted.wait(ReadingProgress)
        desk.settle()
        assert desk.answers() == [], "a chip may still be noticed"
        desk.chip.insert()
        chip = desk.chip.driver.next_call()
        assert isinstance(chip.command, ReadChip)
        assert chip.command.request.camera_zone == page().mrz
        chip.returns(chip_of(page()))
        identity = desk.identity()
    assert identity.source is Source.CHIP
    assert identity.proof.chip_genuine is Verdict.YES


def test_chip_before_page_waits_for_the_page_that_opens_it() -> None:
    with Desk() as desk:
        desk.start()
        desk.chip.insert()
        desk.settle()
        assert desk.chip.driver.idle()
        desk.camera.driver.next_call().returns(page())
        desk.chip.driver.next_call().returns(chip_of(page()))
        assert desk.identity().source is Source.CHIP


def test_a_chip_that_lay_there_before_the_visit_is_read() -> None:
    with Desk() as desk:
        chip_asked(desk).returns(chip_of(page()))
        assert desk.identity().source is Source.CHIP
        assert desk.posted.of(DocumentPlaced)[-1] == DocumentPlaced(Source.CHIP)


def test_a_chip_torn_away_is_a_document_removed() -> None:
    with Desk() as desk:
        chip_asked(desk).raises(refused(NO_MEDIA))
        assert desk.answer() == ReadingFailed(1, Failure.DOCUMENT_REMOVED)


def test_a_chip_that_says_something_else_than_the_page_is_said_to() -> None:
    with Desk() as desk:
        chip_asked(desk).raises(refused(ZONE_MISMATCH))
        assert desk.answer() == ReadingFailed(1, Failure.CHIP_MISMATCH)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (lambda: refused(ACCESS_DENIED), "accessDenied"),
        (lambda: refused(INVALID_MEDIA), "invalidMedia"),
        (lambda: refused(COMMUNICATION_ERROR), "communicationError"),
        (lambda: CommandFailed(CompletionCode.HARDWARE_ERROR), "hardwareError"),
        (lambda: DeviceGone("unplugged"), "deviceNotReady"),
        (lambda: RuntimeError("a fault of the driver"), "internalError"),
    ],
)
def test_a_chip_that_cannot_be_read_leaves_the_page_with_the_reason(
    error: Callable[[], Exception], reason: str
) -> None:
    with Desk() as desk:
        chip_asked(desk).raises(error())
        identity = desk.identity()
    assert identity.source is Source.CAMERA
    assert identity.proof.reasons == (f"chip not read: {reason}",)
    assert identity.proof.data_authentic is Verdict.UNKNOWN


def test_no_chip_within_its_time_leaves_the_page() -> None:
    with Desk(HASTY) as desk:
        desk.start()
        desk.camera.driver.next_call().returns(page())
        assert desk.identity().source is Source.CAMERA
        assert desk.chip.driver.idle()


def test_a_chip_under_way_is_not_overtaken_by_the_page_alone() -> None:
    with Desk(HASTY) as desk:
        desk.chip.driver.deaf = True
        desk.start()
        desk.chip.insert()
        desk.camera.driver.next_call().returns(page())
        chip = desk.chip.driver.next_call()
        desk.settle()
        assert desk.answers() == []
        chip.returns(chip_of(page()))
        assert desk.identity().source is Source.CHIP


def test_without_a_chip_reader_the_page_is_enough_at_once() -> None:
    with Desk(FOR_EVER, without=frozenset({Source.CHIP})) as desk:
        desk.start()
        desk.camera.driver.next_call().returns(page())
        assert desk.identity().source is Source.CAMERA


def test_with_the_chip_reader_unplugged_the_page_is_enough_at_once() -> None:
    with Desk(FOR_EVER) as desk:
        desk.chip.unplug()
        desk.start()
        desk.camera.driver.next_call().returns(page())
        assert desk.identity().source is Source.CAMERA


@pytest.mark.parametrize(
    ("name", "expired"), [("lindqvist-utopia", False), ("suhartini-indonesia", None)]
)
def test_expiry_is_judged_by_the_halls_day(name: str, expired: bool | None) -> None:
    with Desk(HASTY) as desk:
        desk.start()
        desk.camera.driver.next_call().returns(page(name))
        answer = desk.answer()
    assert isinstance(answer, DocumentRead)
    until = answer.identity.expiry_date
    assert until is not None
    assert answer.expired is (until < date(2026, 3, 4))
    if expired is not None:
        assert answer.expired is expired


def test_a_kiosk_fault_while_reading_is_answered_as_one() -> None:
    def broken(_: object) -> ReadChip:
        raise ValueError("cannot be asked")

    with Desk(read_chip=broken) as desk:
        desk.chip.insert()
        desk.start()
        desk.camera.driver.next_call().returns(page())
        assert desk.answer() == ReadingFailed(1, Failure.INTERNAL_ERROR)


# -- codes -----------------------------------------------------------------------------------------


def test_a_reservation_code_is_an_answer_without_its_prefix() -> None:
    with Desk() as desk:
        desk.start()
        desk.camera.driver.next_call().returns(BarcodeReading((Code("HK1:ABCD-2345", "QRCode"),)))
        assert desk.answer() == CodeRead(1, "ABCD-2345")


# -- ID cards --------------------------------------------------------------------------------------


def test_an_id_card_is_read_by_its_own_reader_and_calls_the_camera_off() -> None:
    with Desk() as desk:
        desk.start()
        camera = desk.camera.driver.next_call()
        desk.card.insert()
        card = desk.card.driver.next_call()
        assert card.command == ReadIdCard()
        card.returns(IdCardReading(CardKind.PERMANENT_RESIDENT_2023, page().identity()))
        assert isinstance(desk.answer(), DocumentRead)
        assert camera.ended.wait(20)


def test_an_id_card_that_lay_there_before_the_visit_is_read() -> None:
    with Desk() as desk:
        desk.card.insert()
        desk.start()
        desk.card.driver.next_call().returns(
            IdCardReading(CardKind.PERMANENT_RESIDENT_2017, page().identity())
        )
        assert isinstance(desk.answer(), DocumentRead)


def test_an_id_card_is_read_where_there_is_no_camera() -> None:
    with Desk(without=frozenset({Source.CAMERA, Source.CHIP})) as desk:
        desk.card.insert()
        desk.start()
        desk.card.driver.next_call().returns(
            IdCardReading(CardKind.PERMANENT_RESIDENT_2023, page().identity())
        )
        assert isinstance(desk.answer(), DocumentRead)


def test_the_wrong_card_is_sent_to_the_right_place() -> None:
    with Desk() as desk:
        desk.start()
        desk.card.insert()
        desk.card.driver.next_call().returns(IdCardReading(CardKind.CITIZEN, None))
        assert desk.answer() == ReadingFailed(1, Failure.NOT_FOR_THIS_HALL)


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (lambda: refused(NO_MEDIA), Failure.DOCUMENT_REMOVED),
        (lambda: refused("invalidMedia"), Failure.DOCUMENT_UNREADABLE),
        (lambda: refused("protocolNotSupported"), Failure.DOCUMENT_UNREADABLE),
        (lambda: CommandFailed(CompletionCode.HARDWARE_ERROR), Failure.DOCUMENT_UNREADABLE),
        (lambda: DeviceGone("unplugged"), Failure.DOCUMENT_UNREADABLE),
    ],
)
def test_an_id_card_that_cannot_be_read_is_a_failure(
    error: Callable[[], Exception], failure: Failure
) -> None:
    with Desk() as desk:
        desk.start()
        desk.card.insert()
        desk.card.driver.next_call().raises(error())
        assert desk.answer() == ReadingFailed(1, failure)


# -- what is told on the way -----------------------------------------------------------------------


def test_what_lies_there_is_told_once_when_it_comes_and_once_when_it_goes() -> None:
    with Desk() as desk:
        desk.card.insert()
        desk.card.insert()
        desk.card.remove()
        desk.card.remove()
        desk.settle()
        assert desk.posted.of(DocumentPlaced, DocumentRemoved) == [
            DocumentPlaced(Source.ID_CARD),
            DocumentRemoved(Source.ID_CARD),
        ]


def test_progress_runs_from_the_page_over_the_chip_and_never_back() -> None:
    with Desk() as desk:
        chip = chip_asked(desk)
        for number, step in enumerate(Step):
            chip.run.progress(step, number / len(Step))
        desk.settle()
        told = desk.posted.of(ReadingProgress)
        fractions = [event.fraction for event in told if isinstance(event, ReadingProgress)]
        steps = [event.step for event in told if isinstance(event, ReadingProgress)]
    assert fractions == sorted(fractions)
    assert 0.3 <= fractions[0] <= fractions[-1] < 1.0
    assert set(steps) == {
        ReadingStep.CHIP_ACCESS,
        ReadingStep.CHIP_DATA,
        ReadingStep.CHIP_PROOF,
    }


def test_the_id_cards_progress_is_told_as_its_own() -> None:
    with Desk() as desk:
        desk.start()
        desk.card.insert()
        desk.card.driver.next_call().run.progress("readText", 0.5)
        progress = desk.posted.wait(ReadingProgress)
        assert progress == ReadingProgress(1, ReadingStep.ID_CARD, 0.5)


def test_every_guidance_of_the_camera_is_a_hint() -> None:
    with Desk() as desk:
        desk.start(7)
        run = desk.camera.driver.next_call().run
        for guidance in Guidance:
            run.emit(GuidanceChanged(run.request_id, guidance))
        desk.settle()
        hints = [HintChanged(7, Hint(guidance.value)) for guidance in Guidance]
        assert desk.posted.of(HintChanged) == hints
