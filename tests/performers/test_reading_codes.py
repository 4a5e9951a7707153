"""Reservation codes before the camera: the signed ones count, and every other ends defined."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from devices.camera.contract import BarcodeReading, Code
from kiosk.performers.reading_attempt import Patience
from kiosk.reservations.acceptance import Acceptance
from kiosk.reservations.qr import SignedReservation, sign
from kiosk.visit.events import CodeRead, Event, ReadingFailed
from kiosk.visit.failures import Failure
from tests.performers.desk import FOR_EVER, HASTY, NOW, Desk

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
        ("HK1:ABCD-2345", Failure.CODE_NOT_A_RESERVATION),
    ],
    ids=["foreign-key", "forged", "empty", "damaged", "expired", "unsigned"],
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
