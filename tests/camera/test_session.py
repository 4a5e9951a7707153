"""Frames in, guidance and readings out: without a thread, a clock or a camera."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from devices.camera.contract import (
    BarcodeReading,
    Code,
    DocumentReading,
    Guidance,
    MrzReading,
    ReadDocument,
)
from devices.camera.frame import Pixels
from devices.camera.mrz import MrzReader, MrzSighting
from devices.camera.mrz.picture import Grey
from devices.camera.observer import Observer
from devices.camera.scene import empty_tray
from devices.camera.session import ReadingSession
from devices.documents.drawing import Drawing, Side
from kiosk.visit.events import Hint
from tests.camera.pictures import drawing, frame, grey, letter, lines, phone, with_code

READER = MrzReader()
PASSPORT = "lindqvist-utopia"


class Visitor:
    """Holds things before a session, and notes what it is told."""

    def __init__(self, command: ReadDocument | None = None, fps: float = 20.0) -> None:
        self.session = ReadingSession(command or ReadDocument(), READER, date(2026, 11, 21))
        self.observer = Observer()
        self.now = 0.0
        """In seconds, of the last frame."""
        self.fps = fps
        self.told: list[Guidance] = []

    def shows(self, *pictures: Pixels) -> DocumentReading | None:
        for picture in pictures:
            seen = grey(picture)
            self.now += 1 / self.fps
            reading = self.session.look(seen, self.observer.look(seen), self.now)
            if reading is not None:
                return reading
            guidance = self.session.guidance
            if guidance is not None and (not self.told or self.told[-1] is not guidance):
                self.told.append(guidance)
        return None


class CountingReader(MrzReader):
    """Reads, and counts how often it has to."""

    looks = 0

    def read(self, grey: Grey, *, today: date) -> MrzSighting | None:
        self.looks += 1
        return super().read(grey, today=today)


def looks_at(*pictures: Pixels) -> int:
    """How many of the pictures are searched for a zone."""
    visitor, reader = Visitor(), CountingReader()
    visitor.session = ReadingSession(ReadDocument(), reader, date(2026, 11, 21))
    visitor.shows(*pictures)
    return reader.looks


def still(drawn: Any, count: int, **placement: Any) -> list[Pixels]:
    return [frame(drawn, seed=seed, **placement) for seed in range(count)]


def test_one_frame_is_never_enough_for_a_zone() -> None:
    visitor = Visitor()
    assert visitor.shows(frame(drawing(PASSPORT), seed=1)) is None
    reading = visitor.shows(frame(drawing(PASSPORT), seed=2))
    assert isinstance(reading, MrzReading)
    assert reading.mrz.lines == lines(PASSPORT)
    assert reading.frames == 2


def test_the_same_picture_again_is_no_second_opinion() -> None:
    visitor = Visitor()
    picture = frame(drawing(PASSPORT))
    between = frame(drawing(PASSPORT), blur=6)  # nothing can be read in it
    assert visitor.shows(picture, picture, picture, between, picture, between, picture) is None


def test_frames_of_two_documents_do_not_agree() -> None:
    visitor = Visitor()
    assert visitor.shows(frame(drawing(PASSPORT), seed=1)) is None
    assert visitor.shows(frame(drawing("wang-china"), seed=2)) is None
    assert visitor.shows(frame(drawing(PASSPORT), seed=3)) is None, "what was before has been left"
    reading = visitor.shows(frame(drawing(PASSPORT), seed=4))
    assert isinstance(reading, MrzReading)
    assert reading.mrz.lines == lines(PASSPORT)


def test_what_has_been_looked_at_is_not_read_again() -> None:
    cover = frame(drawing(PASSPORT, Side.BACK))
    assert looks_at(*[cover] * 6) == 1
    assert looks_at(*still(None, 6)) == 0, "there is nothing to be read"
    assert looks_at(*[cover] * 2, *still(None, 2), *[cover] * 2) == 2


def test_what_lies_there_for_long_is_looked_at_now_and_then() -> None:
    """Ten times a second, of twenty frames; until then every frame is."""
    resting = still(drawing(PASSPORT, Side.BACK), 3) * 10
    assert looks_at(*resting) == 13 + 17 // 2


def test_a_frozen_picture_still_says_what_to_do() -> None:
    visitor = Visitor()
    visitor.shows(*still(None, 2), *[empty_tray() * 0] * 3)
    assert visitor.session.guidance is Guidance.TOO_DARK


def test_a_highlight_that_moves_away_is_no_matter_any_more() -> None:
    """What it hid was seen in other frames; nobody is asked to do anything about it."""
    visitor = Visitor()
    wandering = [
        frame(drawing("de-boer-netherlands"), seed=k, glare=0.55, glare_x=0.2 + 0.12 * k)
        for k in range(7)
    ]
    reading = visitor.shows(*wandering)
    assert isinstance(reading, MrzReading)
    assert reading.mrz.lines == lines("de-boer-netherlands")


def test_taking_the_document_away_starts_over() -> None:
    visitor = Visitor()
    seen = (frame(drawing(PASSPORT), seed=1), frame(None), frame(drawing(PASSPORT), seed=2))
    assert visitor.shows(*seen) is None
    assert visitor.shows(frame(drawing(PASSPORT), seed=3)) is not None


def test_a_code_is_read_at_once_and_linear_ones_have_to_be_seen_twice() -> None:
    assert isinstance(Visitor().shows(*still(phone("HK1:A"), 2)), BarcodeReading)
    reading = Visitor().shows(*still(phone("LETTER-7", "Code128"), 24))
    assert reading == BarcodeReading((Code("LETTER-7", "Code128"),))


@pytest.mark.parametrize("symbology", ["QRCode", "Aztec", "DataMatrix", "PDF417", "Code128"])
def test_every_symbology_is_read_within_a_second_of_frames(symbology: str) -> None:
    reading = Visitor().shows(*still(phone("HK1:DEMO-77", symbology), 20))
    assert reading == BarcodeReading((Code("HK1:DEMO-77", symbology),))


def test_dark_mode_codes_are_read() -> None:
    reading = Visitor().shows(*still(phone("HK1:DARK", dark=True), 8))
    assert reading == BarcodeReading((Code("HK1:DARK", "QRCode"),))


def test_what_is_not_asked_for_is_not_read() -> None:
    no_codes = Visitor(ReadDocument(barcodes=False))
    assert no_codes.shows(*still(phone("HK1:A"), 6)) is None
    no_zones = Visitor(ReadDocument(mrz=False))
    assert no_zones.shows(*still(drawing(PASSPORT), 6)) is None


@pytest.mark.parametrize(
    ("pictures", "guidance"),
    [
        (lambda: still(None, 3), Guidance.NO_DOCUMENT),
        (lambda: [empty_tray() * 0] * 3, Guidance.TOO_DARK),
        (lambda: still(drawing(PASSPORT), 4, blur=5), Guidance.BLURRED),
        (lambda: still(drawing(PASSPORT), 4, size=0.22), Guidance.TOO_FAR),
        (lambda: still(drawing("brandt-germany"), 4, glare=1.0), Guidance.GLARE),
        (lambda: still(drawing(PASSPORT, Side.BACK), 18), Guidance.WRONG_PAGE),
        (lambda: still(drawing(PASSPORT, Side.BACK), 18, angle=80, size=0.8), Guidance.WRONG_PAGE),
        (lambda: still(drawing("claes-belgium", Side.FRONT), 18, angle=35), Guidance.TURN_OVER),
        (lambda: still(drawing("claes-belgium", Side.FRONT), 18), Guidance.TURN_OVER),
        (
            lambda: [frame(drawing(PASSPORT, Side.BACK), y_mm=40.0 * (i % 2)) for i in range(4)],
            Guidance.HOLD_STILL,
        ),
    ],
    ids=[
        "empty",
        "black",
        "blurred",
        "far",
        "glare",
        "cover",
        "cover-upright",
        "front-aslant",
        "front-of-card",
        "moving",
    ],
)
def test_guidance_says_what_is_wrong(pictures: Any, guidance: Guidance) -> None:
    visitor = Visitor()
    assert visitor.shows(*pictures()) is None
    assert visitor.told[-1] is guidance


@pytest.mark.parametrize(
    ("shown", "command"),
    [
        (lambda: phone("HK1:A"), ReadDocument(barcodes=False)),
        (lambda: letter(white=252), ReadDocument()),
        (lambda: with_code(drawing("claes-belgium", Side.FRONT), "A", "PDF417", 0.5, 0.95), None),
    ],
    ids=["phone", "letter", "white-field-on-a-card"],
)
def test_bright_screens_and_white_paper_are_no_reflection(
    shown: Callable[[], Drawing], command: ReadDocument | None
) -> None:
    visitor = Visitor(command or ReadDocument(known=frozenset({Code("A", "PDF417")})))
    assert visitor.shows(*still(shown(), 3)) is None
    assert visitor.told == [Guidance.READING]


@pytest.mark.parametrize("placement", [{"glare_y": 0.5}, {"glare_x": 0.3, "glare_y": 0.3}], ids=str)
@pytest.mark.parametrize("name", [PASSPORT, "claes-belgium"])
def test_a_lamps_reflection_is_told(name: str, placement: dict[str, float]) -> None:
    side = Side.BACK if name == PASSPORT else Side.FRONT
    visitor = Visitor()
    visitor.shows(*still(drawing(name, side), 2, glare=0.8, **placement))
    assert visitor.told == [Guidance.GLARE]


def test_guidance_does_not_flicker() -> None:
    visitor = Visitor()
    cover = drawing(PASSPORT, Side.BACK)
    visitor.shows(*still(cover, 18), frame(None), *still(cover, 18))
    assert visitor.told[-1] is Guidance.WRONG_PAGE
    assert Guidance.NO_DOCUMENT not in visitor.told


def test_who_cannot_follow_an_advice_gets_another_one_in_time() -> None:
    visitor = Visitor(ReadDocument(barcodes=False))
    visitor.shows(*still(drawing("claes-belgium", Side.FRONT), 3) * 45)
    assert visitor.told[-2:] == [Guidance.TURN_OVER, Guidance.WRONG_PAGE]


COVER = (PASSPORT, Side.BACK)
SPOILT: list[tuple[dict[str, float], Guidance]] = [
    ({"blur": 5.0}, Guidance.BLURRED),
    ({"glare": 0.8, "glare_y": 0.5}, Guidance.GLARE),
]


@pytest.mark.parametrize("fps", [10, 30])
@pytest.mark.parametrize(("spoilt", "guidance"), SPOILT, ids=str)
def test_a_change_at_rest_is_told_within_200_ms(
    fps: int, spoilt: dict[str, float], guidance: Guidance
) -> None:
    """However many frames there are in a second, and just after a look at what is at rest."""
    visitor = Visitor(fps=fps)
    cover = still(drawing(*COVER), 3)
    reader = CountingReader()
    visitor.session = ReadingSession(ReadDocument(), reader, date(2026, 11, 21))
    looks = -1
    while visitor.now < 0.8 or reader.looks == looks:
        looks = reader.looks
        visitor.shows(cover[round(visitor.now * fps) % 3])
    assert visitor.told[-1] is Guidance.WRONG_PAGE
    since = visitor.now + 1 / fps
    for picture in still(drawing(*COVER), 3, **spoilt) * 3:
        visitor.shows(picture)
        if visitor.told[-1] is guidance:
            break
    assert visitor.told[-1] is guidance
    assert visitor.now - since <= 0.15, "and 50 ms are left to look at the frame"


@pytest.mark.parametrize("fps", [10, 30])
def test_the_wrong_side_is_told_after_the_same_time_at_any_frame_rate(fps: int) -> None:
    visitor = Visitor(fps=fps)
    pictures = still(drawing("claes-belgium", Side.FRONT), 3)
    for number in range(2 * fps):
        visitor.shows(pictures[number % 3])
        if visitor.told[-1] is Guidance.TURN_OVER:
            break
    assert 0.6 <= visitor.now <= 0.85


# -- codes on documents ---------------------------------------------------------------------------

OWN = Code("IDBEL592184730", "PDF417")


def card_with_code() -> Drawing:
    return with_code(drawing("claes-belgium", Side.FRONT), OWN.text, OWN.symbology, 0.5, 0.95)


def test_guidance_goes_on_when_a_documents_own_code_is_known() -> None:
    card = card_with_code()
    reading = Visitor().shows(*still(card, 24))
    assert reading == BarcodeReading((OWN,))
    told_of_it = Visitor(ReadDocument(known=frozenset({OWN})))
    assert told_of_it.shows(*still(card, 24)) is None
    assert told_of_it.told == [Guidance.READING, Guidance.TURN_OVER]
    assert isinstance(told_of_it.shows(*still(drawing("claes-belgium"), 4)), MrzReading)


def test_another_code_beside_a_known_one_is_told_alone() -> None:
    web, ours = Code("https://example.org", "QRCode"), Code("HK1:A", "QRCode")
    page = letter((web.text, web.symbology), (ours.text, ours.symbology))
    both = Visitor().shows(*still(page, 2))
    assert isinstance(both, BarcodeReading)
    assert set(both.codes) == {web, ours}
    reading = Visitor(ReadDocument(known=frozenset({web}))).shows(*still(page, 2))
    assert reading == BarcodeReading((ours,))


@pytest.mark.parametrize(
    ("shown", "document"),
    [
        (card_with_code, True),
        (lambda: phone("M1DOE/JOHN", "PDF417"), False),
        (lambda: phone("https://example.org", dark=True), False),
        (lambda: letter(("https://example.org", "QRCode")), False),
    ],
    ids=["card", "phone", "phone-dark", "letter"],
)
def test_it_is_said_whether_a_document_lies_there_with_a_code(
    shown: Callable[[], Drawing], document: bool
) -> None:
    reading = Visitor().shows(*still(shown(), 24))
    assert isinstance(reading, BarcodeReading)
    assert reading.document is document


def test_a_zone_in_sight_makes_it_a_document_and_goes_first() -> None:
    """Under glare the zone is not read; its guidance comes before the code, which comes in time."""
    page = with_code(drawing("brandt-germany"), "DOC-OWN", "QRCode", 0.98, 0.05)
    visitor = Visitor()
    reading = visitor.shows(*still(page, 20, glare=0.6, x_mm=30.0))
    assert Guidance.GLARE in visitor.told
    assert isinstance(reading, BarcodeReading)
    assert reading.document
    assert 0.75 <= visitor.now <= 0.9


def test_a_code_waits_for_what_is_still_on_its_way_into_the_picture() -> None:
    """Cut by the border, a card has no shape, and is taken for something else."""
    card = with_code(drawing("claes-belgium", Side.FRONT), "OWN", "QRCode", 0.5, 0.1)
    arriving = [frame(card, y_mm=60.0 - 4 * i, x_mm=4.0 * (i % 2)) for i in range(8)]
    visitor = Visitor()
    assert visitor.shows(*arriving) is None
    reading = visitor.shows(*still(card, 2))
    assert isinstance(reading, BarcodeReading)
    assert reading.document


def test_a_code_in_an_unsteady_hand_is_read_while_it_moves() -> None:
    visitor = Visitor()
    shaking = [frame(phone("HK1:A"), y_mm=3.0, x_mm=12.0 * (i % 2)) for i in range(24)]
    reading = visitor.shows(*shaking)
    assert reading == BarcodeReading((Code("HK1:A", "QRCode"),))
    assert visitor.now <= 1.0


def test_the_screen_has_a_hint_for_everything_that_is_said() -> None:
    """The kiosk turns the one into the other by its value (kiosk/performers/reading.py)."""
    assert {guidance.value for guidance in Guidance} == {hint.value for hint in Hint}


def test_sideways_documents_are_read_too() -> None:
    reading = Visitor().shows(*still(drawing("claes-belgium"), 12, angle=90))
    assert isinstance(reading, MrzReading)
    assert reading.mrz.lines == lines("claes-belgium")


def test_a_zone_goes_before_a_code_beside_it() -> None:
    """Cards and visa stickers carry both; what is asked for first is the document."""
    pictures = []
    for seed in range(6):
        picture = frame(drawing("claes-belgium"), seed=seed, x_mm=-35.0)
        code = frame(phone("OTHER"), seed=seed, x_mm=45.0)
        picture[:, 930:] = code[:, 930:]
        pictures.append(picture)
    assert isinstance(Visitor().shows(*pictures), MrzReading)
