"""In which language a visit goes on whose visitor has placed a document before choosing one."""

import dataclasses

import pytest

from devices.documents.identity import Source
from kiosk.visit import events as e
from kiosk.visit import stages as s
from kiosk.visit.failures import Failure
from kiosk.visit.languages import fitting
from tests.visit import world as w
from tests.visit.test_paths import Kiosk


def of(nationality: str) -> e.DocumentRead:
    """A document of a nationality, for the first request of a kiosk."""
    identity = dataclasses.replace(w.IDENTITY, nationality=nationality)
    return e.DocumentRead(1, identity, expired=False)


@pytest.fixture
def kiosk() -> Kiosk:
    kiosk = Kiosk()
    assert kiosk.request == 1
    assert kiosk.visit.language == "zh"
    return kiosk


@pytest.mark.parametrize(
    ("nationality", "languages", "expected"),
    [
        ("CHN", ("en", "zh"), "zh"),
        ("TWN", ("en", "zh"), "zh"),
        ("HKG", ("en", "zh"), "zh"),
        ("MAC", ("en", "zh"), "zh"),
        ("SGP", ("en", "zh"), "zh"),
        ("FRA", ("zh", "en"), "en"),
        ("D", ("zh", "en"), "en"),
        (None, ("zh", "en"), "en"),
        ("FRA", ("zh", "ru"), "zh"),
        ("SGP", ("ru", "en"), "en"),
        ("SGP", ("ru", "ja"), "ru"),
    ],
)
def test_a_language_of_the_hall_fits_the_nationality(
    nationality: str | None, languages: tuple[str, ...], expected: str
) -> None:
    assert fitting(nationality, w.HALL.model_copy(update={"languages": languages})) == expected


def test_before_the_document_is_read_the_visit_is_in_english(kiosk: Kiosk) -> None:
    assert isinstance(kiosk.after(e.DocumentPlaced(Source.CHIP)), s.ReadingDocument)
    assert kiosk.visit.language == "en"
    assert not kiosk.visit.language_chosen


@pytest.mark.parametrize(("nationality", "language"), [("UTO", "en"), ("SGP", "zh")])
@pytest.mark.parametrize(
    "before",
    [(), (e.DocumentPlaced(Source.CHIP),), (e.DocumentPlaced(Source.CAMERA), e.StartPressed())],
    ids=["not noticed", "placed", "touched meanwhile"],
)
def test_the_visit_goes_on_in_the_language_that_fits_the_document(
    kiosk: Kiosk, before: tuple[e.Event, ...], nationality: str, language: str
) -> None:
    assert isinstance(kiosk.after(*before, of(nationality)), s.FindingReservation)
    assert kiosk.visit.language == language


def test_who_places_a_document_instead_of_choosing_a_language_gets_one_that_fits(
    kiosk: Kiosk,
) -> None:
    kiosk.after(e.StartPressed())
    kiosk.after(e.DocumentPlaced(Source.CHIP))
    assert kiosk.visit.language == "en"
    answer = dataclasses.replace(of("SGP"), request=kiosk.request)
    assert isinstance(kiosk.after(answer), s.FindingReservation)
    assert kiosk.visit.language == "zh"


def test_a_reservation_code_says_nothing_of_a_language(kiosk: Kiosk) -> None:
    assert isinstance(kiosk.after(e.CodeRead(1, w.CODE)), s.FindingReservation)
    assert kiosk.visit.language == "en"


def test_a_document_that_needs_staff_is_explained_in_the_language_that_fits(kiosk: Kiosk) -> None:
    identity = dataclasses.replace(w.IDENTITY, nationality="SGP")
    failed = kiosk.after(e.DocumentRead(1, identity, expired=True))
    assert failed == s.Failed(Failure.DOCUMENT_EXPIRED)
    assert kiosk.visit.language == "zh"


def test_the_holder_of_a_citizens_card_is_sent_on_in_chinese(kiosk: Kiosk) -> None:
    kiosk.after(e.DocumentPlaced(Source.ID_CARD))
    failed = kiosk.after(e.ReadingFailed(1, Failure.NOT_FOR_THIS_HALL))
    assert failed == s.Failed(Failure.NOT_FOR_THIS_HALL)
    assert kiosk.visit.language == "zh"


def test_no_document_changes_a_language_that_was_chosen(kiosk: Kiosk) -> None:
    kiosk.after(e.LanguageChosen("zh"), e.DocumentPlaced(Source.CHIP))
    answer = dataclasses.replace(of("FRA"), request=kiosk.request)
    assert isinstance(kiosk.after(answer), s.FindingReservation)
    assert kiosk.visit.language == "zh"


def test_a_language_can_be_chosen_while_the_document_is_read(kiosk: Kiosk) -> None:
    kiosk.after(e.DocumentPlaced(Source.CHIP), e.LanguageChosen("zh"), of("FRA"))
    assert kiosk.visit.language == "zh"


def test_the_next_visitor_has_chosen_nothing(kiosk: Kiosk) -> None:
    kiosk.after(e.LanguageChosen("en"), e.CancelPressed(), e.Wiped("visit-2"))
    assert isinstance(kiosk.visit.stage, s.Attract)
    assert not kiosk.visit.language_chosen
    assert kiosk.visit.language == "zh"
