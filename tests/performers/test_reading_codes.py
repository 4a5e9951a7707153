"""Reservation codes before the camera: the signed ones count, and every other ends defined."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from devices.camera.contract import (
    BarcodeReading,
    Code,
    Guidance,
    GuidanceChanged,
    ReadDocument,
)
from devices.command import CommandFailed, CompletionCode
from devices.documents.identity import Source
from kiosk.performers.reading_attempt import Patience
from kiosk.reservations.acceptance import Acceptance
from kiosk.reservations.qr import SignedReservation, sign
from kiosk.visit.events import CodeRead, Event, Hint, HintChanged, ReadingFailed
from kiosk.visit.failures import Failure
from tests.performers.desk import FOR_EVER, HASTY, NOW, Desk, page
from tests.performers.scripted_device import Call

KEY = Ed25519PrivateKey.from_private_bytes(b"r" * 32)
STRANGER = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
SIGNED_ONLY = Acceptance((KEY.public_key(),), unsigned=False)


def signed(key: Ed25519PrivateKey = KEY, *, hours: int = 8) -> str:
    expires = NOW + timedelta(hours=hours)
    return sign(SignedReservation("ABCD-2345", expires - timedelta(days=3), expires), key)


def answer_to(*texts: str, patience: Patience = FOR_EVER) -> Event:
    with Desk(patience, codes=SIGNED_ONLY) as desk:
        desk.start()
        seen = tuple(Code(text, "QRCode") for text in texts)
        desk.camera.driver.next_call().returns(BarcodeReading(seen))
        return desk.answer()


def test_a_signed_code_gives_the_reservation() -> None:
    assert answer_to(signed()) == CodeRead(1, "ABCD-2345")


def test_a_line_end_that_a_scanner_reads_along_does_not_count() -> None:
    assert answer_to(f" {signed()}\r\n") == CodeRead(1, "ABCD-2345")


WEB = "https://example.org/way"


@pytest.mark.parametrize(
    "texts",
    [(WEB, signed()), (signed(), WEB), (signed(hours=-1), WEB, signed())],
    ids=["after", "before", "after-an-old-one"],
)
def test_a_reservation_is_found_among_other_codes(texts: tuple[str, ...]) -> None:
    assert answer_to(*texts) == CodeRead(1, "ABCD-2345")


def test_a_reservation_that_is_not_taken_is_said_also_beside_other_codes() -> None:
    assert answer_to(WEB, signed(hours=-1)) == ReadingFailed(1, Failure.RESERVATION_UNKNOWN)


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        (signed(STRANGER), Failure.CODE_NOT_A_RESERVATION),
        (signed(hours=9)[:40] + signed()[40:], Failure.CODE_NOT_A_RESERVATION),
        ("HKR1:", Failure.CODE_NOT_A_RESERVATION),
        ("HKR1:预约", Failure.CODE_NOT_A_RESERVATION),
        (signed(hours=-1), Failure.RESERVATION_UNKNOWN),
        (signed(hours=80), Failure.RESERVATION_UNKNOWN),
        ("HK1:ABCD-2345", Failure.CODE_NOT_A_RESERVATION),
    ],
    ids=["foreign-key", "forged", "empty", "damaged", "expired", "not-yet", "unsigned"],
)
def test_a_code_that_is_not_taken_is_refused_at_once(text: str, failure: Failure) -> None:
    """Nothing is waited for: this patience would last for ever."""
    assert answer_to(text) == ReadingFailed(1, failure)


@pytest.mark.parametrize(
    "text",
    [
        "M1DOE/JOHN            EABC123 FRAJFKAF 0001 001Y001A0001 100",
        "https://example.org/HKR1:",
        "HKT1:I:P4DLWNDG1U",
        "@\n\x1e\rANSI 636000",
    ],
    ids=["boarding-pass", "address", "ticket", "driving-licence"],
)
def test_codes_of_others_are_no_reservation(text: str) -> None:
    failed = ReadingFailed(1, Failure.CODE_NOT_A_RESERVATION)
    assert answer_to(text, patience=HASTY) == failed


# -- codes for something else ----------------------------------------------------------------------

FOREIGN = Code("M1DOE/JOHN", "PDF417")
EVERYTHING = ReadDocument()
NOT_A_RESERVATION = ReadingFailed(1, Failure.CODE_NOT_A_RESERVATION)
TIME_OUT = CommandFailed(CompletionCode.TIME_OUT)


def all_but(*codes: Code) -> ReadDocument:
    return ReadDocument(known=frozenset(codes))


def seen(*codes: Code, document: bool = False) -> BarcodeReading:
    return BarcodeReading(codes, document)


def foreign_code_seen(desk: Desk, *, document: bool = False) -> Call:
    """Something was laid down with it, and what is asked of the camera then."""
    desk.start()
    desk.camera.insert()
    first = desk.camera.driver.next_call()
    assert first.command == EVERYTHING
    first.returns(seen(FOREIGN, document=document))
    return desk.camera.driver.next_call()


def test_a_code_of_the_document_does_not_end_its_reading_however_long_it_takes() -> None:
    """This patience is over at once, and yet the camera is not called off."""
    with Desk(HASTY) as desk:
        camera = foreign_code_seen(desk, document=True)
        assert camera.command == all_but(FOREIGN)
        assert camera.run.remaining(1000.0) == 1000.0, "it has no time of its own"
        camera.returns(page())
        assert desk.identity().document_number == page().identity().document_number


def test_what_to_do_with_a_document_that_has_a_code_is_hinted_at() -> None:
    with Desk() as desk:
        run = foreign_code_seen(desk, document=True).run
        run.emit(GuidanceChanged(run.request_id, Guidance.TURN_OVER))
        desk.settle()
        assert desk.posted.of(HintChanged) == [HintChanged(1, Hint.TURN_OVER)]


def test_leaving_out_a_code_does_not_say_that_all_is_well_for_a_moment() -> None:
    with Desk() as desk:
        run = foreign_code_seen(desk, document=True).run
        said = (Guidance.READING, Guidance.TURN_OVER, Guidance.HOLD_STILL, Guidance.READING)
        for guidance in said:
            run.emit(GuidanceChanged(run.request_id, guidance))
        desk.settle()
        hints = [HintChanged(1, Hint(guidance.value)) for guidance in said[1:]]
        assert desk.posted.of(HintChanged) == hints


def test_a_second_code_of_the_document_is_left_out_as_well() -> None:
    with Desk() as desk:
        other = Code("https://example.org", "QRCode")
        foreign_code_seen(desk, document=True).returns(seen(other, document=True))
        assert desk.camera.driver.next_call().command == all_but(FOREIGN, other)


def test_a_page_beside_a_code_is_read_also_where_nobody_took_it_for_a_document() -> None:
    with Desk(without=frozenset({Source.CHIP})) as desk:
        camera = foreign_code_seen(desk)
        assert camera.command == all_but(FOREIGN)
        camera.returns(page())
        assert desk.identity().document_number == page().identity().document_number


def test_a_reservation_that_is_seen_later_is_taken() -> None:
    with Desk() as desk:
        foreign_code_seen(desk).returns(seen(Code("HK1:ABCD-2345", "QRCode")))
        assert desk.answer() == CodeRead(1, "ABCD-2345")


def test_who_shows_a_code_alone_is_not_asked_to_turn_it_over() -> None:
    with Desk() as desk:
        run = foreign_code_seen(desk).run
        run.emit(GuidanceChanged(run.request_id, Guidance.TURN_OVER))
        desk.settle()
        assert desk.posted.of(HintChanged) == []


def test_a_code_alone_that_is_seen_again_is_no_reservation() -> None:
    with Desk() as desk:
        foreign_code_seen(desk).raises(TIME_OUT)
        again = desk.camera.driver.next_call()
        assert again.command == EVERYTHING
        assert desk.answers() == []
        again.returns(seen(FOREIGN))
        assert desk.answer() == NOT_A_RESERVATION


def test_a_code_alone_that_was_taken_away_is_no_reservation() -> None:
    with Desk(HASTY) as desk:
        foreign_code_seen(desk)
        desk.camera.remove()
        assert desk.answer() == NOT_A_RESERVATION


def test_a_document_that_is_one_only_at_the_second_look_is_read_on() -> None:
    """A hand was on it before, or a phone was shown first."""
    with Desk() as desk:
        foreign_code_seen(desk).raises(TIME_OUT)
        desk.camera.driver.next_call().returns(seen(FOREIGN, document=True))
        camera = desk.camera.driver.next_call()
        assert camera.command == all_but(FOREIGN)
        assert camera.run.remaining(1000.0) == 1000.0
        run = camera.run
        run.emit(GuidanceChanged(run.request_id, Guidance.GLARE))
        desk.settle()
        assert desk.posted.of(HintChanged) == [HintChanged(1, Hint.GLARE)]


def test_no_code_outlives_its_reading() -> None:
    with Desk() as desk:
        foreign_code_seen(desk)
        attempt = desk.reading._attempt
        assert attempt is not None
        assert attempt.foreign
        desk.reading.wipe()
        assert not attempt.foreign
