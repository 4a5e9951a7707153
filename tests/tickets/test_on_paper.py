"""Whole tickets, printed and read again."""

import re

import numpy as np
import pytest

from config.catalogue import Service
from config.loading import load_catalogue
from devices.printer.contract import NativeText, PaperWidth
from devices.printer.encode import encode
from kiosk.tickets import specimen
from kiosk.tickets.content import Localized, Place, PlaceKind
from kiosk.tickets.drawing import compose
from kiosk.tickets.languages import languages, texts
from kiosk.tickets.qr import verify
from tests.tickets.printing import on_paper
from tests.tickets.reading import code, large_lines
from ui.ticket.artist import QtTicketArtist

WIDE, NARROW = PaperWidth.MM_80, PaperWidth.MM_58

LONG: Localized = {
    "zh": "外国人永久居留身份证件申请、换发、补发以及永久居留外国人家属团聚类居留许可合并办理服务"
    * 2,
    "en": "Joint application for a residence permit for family reunion of permanent residents " * 2,
    "ru": "Достопримечательнообщежительственнорегистрационная заявка на воссоединение семьи " * 2,
    "ar": "طلب مشترك للحصول على تصريح إقامة لم شمل الأسرة للمقيمين الدائمين الأجانب " * 2,
    "ko": "외국인영구거류신분증및가족결합거류허가공동신청서비스외국인영구거류신분증" * 2,
    "th": "คำขอร่วมสำหรับใบอนุญาตพำนักเพื่อการรวมครอบครัวของผู้มีถิ่นที่อยู่ถาวรชาวต่างชาติในเมือง" * 2,
    "de": "Aufenthaltserlaubnisfamilienzusammenführungsgemeinschaftsantragstellungsverfahren " * 2,
    "vi": "Đơn xin chung giấy phép cư trú đoàn tụ gia đình cho người nước ngoài thường trú " * 2,
}


@pytest.mark.parametrize("language", languages())
def test_a_ticket_in_every_language_says_where_to_go(language: str, artist: QtTicketArtist) -> None:
    content = specimen.ticket(language, number="B 012")
    image = on_paper(compose(content, WIDE, artist))
    assert large_lines(image) == ["B012", "4"]
    assert code(image) == content.qr
    found = verify(code(image), [specimen.KEY.public_key()])
    assert (found.number, found.series, found.hall_id) == ("B 012", "B", "urban")


@pytest.mark.parametrize("number", ["A 001", "C 357", "H 689", "Z 00412"])
@pytest.mark.parametrize("place", [Place(PlaceKind.DESK, "12", {}), Place(PlaceKind.ZONE, "B", {})])
@pytest.mark.parametrize("paper", PaperWidth)
def test_number_and_place_are_read_back(
    number: str, place: Place, paper: PaperWidth, artist: QtTicketArtist
) -> None:
    content = specimen.ticket("ko", number=number, place=place)
    image = on_paper(compose(content, paper, artist), paper)
    assert large_lines(image) == [number.replace(" ", ""), place.code]
    assert code(image) == content.qr


@pytest.mark.parametrize("paper", PaperWidth)
@pytest.mark.parametrize("language", LONG)
def test_long_texts_never_leave_the_paper(
    language: str, paper: PaperWidth, artist: QtTicketArtist
) -> None:
    """The outermost dots are kept free of text; what touches them would be cut off."""
    content = specimen.ticket(
        language,
        services=(LONG, LONG),
        materials=(LONG,),
        place=Place(PlaceKind.ZONE, "B", LONG),
        people_ahead=99999,
        wait_minutes=(1000, 9999),
    )
    ink = np.asarray(on_paper(compose(content, paper, artist), paper)) < 128
    margin = (ink.shape[1] - paper.dots) // 2
    text = ink[~_rules(ink)]
    assert not text[:, : margin + 1].any()
    assert not text[:, ink.shape[1] - margin - 1 :].any()
    assert ink[_rules(ink)].shape[0] >= 2 * 3


def _rules(ink: np.ndarray) -> np.ndarray:
    """Rows of the lines that go across the paper."""
    rows: np.ndarray = ink.mean(axis=1) > 0.8
    return rows


@pytest.mark.parametrize("service", load_catalogue().services, ids=lambda service: service.id)
def test_a_full_ticket_of_every_service_is_short_in_bytes(
    service: Service, artist: QtTicketArtist
) -> None:
    content = specimen.ticket("en", services=(service.name,), materials=service.materials)
    assert len(b"".join(encode(compose(content, WIDE, artist), WIDE))) < 20_000


@pytest.mark.parametrize("paper", PaperWidth)
def test_a_list_in_plain_latin_letters_is_typed_whole_under_its_chinese(
    paper: PaperWidth, artist: QtTicketArtist
) -> None:
    job = compose(specimen.ticket("en"), paper, artist)
    typed = [block.text for block in job.blocks if isinstance(block, NativeText)]
    lines = [line.strip() for line in typed if line.startswith("   ")]
    wanted = [material["en"] for material in specimen.ticket("en").materials]
    assert " ".join(lines) == " ".join(wanted)


def test_copies_and_training_are_marked(artist: QtTicketArtist) -> None:
    plain = on_paper(compose(specimen.ticket(), WIDE, artist))
    copies = [on_paper(compose(specimen.ticket(copy=n), WIDE, artist)) for n in (1, 2)]
    training = on_paper(compose(specimen.ticket(training=True), WIDE, artist))
    for marked in (*copies, training):
        assert marked.height > plain.height + 60
        assert large_lines(marked) == large_lines(plain)
        assert code(marked) == code(plain), "a copy has the number and the code of its original"
    assert np.asarray(copies[0]).tobytes() != np.asarray(copies[1]).tobytes()


def test_a_ticket_in_chinese_is_not_said_twice(artist: QtTicketArtist) -> None:
    once = on_paper(compose(specimen.ticket("zh"), WIDE, artist))
    twice = on_paper(compose(specimen.ticket("en"), WIDE, artist))
    assert once.height < twice.height - 200


def test_what_is_not_known_is_left_out(artist: QtTicketArtist) -> None:
    full = on_paper(compose(specimen.ticket(), WIDE, artist))
    bare = specimen.ticket(people_ahead=None, wait_minutes=None, materials=(), services=())
    image = on_paper(compose(bare, WIDE, artist))
    assert image.height < full.height
    assert large_lines(image) == ["B012", "4"]


def test_texts_have_no_hole_left_unfilled() -> None:
    for key, by_language in texts().items():
        for text in by_language.values():
            filled = text.format(count=1, low=2, high=3)
            assert not re.search(r"[{}]", filled), key
