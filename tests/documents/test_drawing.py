"""Drawn documents and phones: the same every time, marked, and readable where they should be."""

from pathlib import Path

import numpy as np
import pytest
import zxingcpp

from devices.documents import specimen
from devices.documents.drawing import FontMissing, Side, draw_document, draw_phone, fonts, mrz_side
from devices.documents.mrz import parse
from devices.documents.specimen_zone import zone_fields, zone_lines
from tests.documents.mrz_strategies import TODAY

ALL = specimen.load_all()


@pytest.mark.parametrize("name", ALL)
def test_the_zone_of_every_specimen_is_valid_and_says_what_is_printed(name: str) -> None:
    document = ALL[name].document
    mrz = parse(zone_lines(document), today=TODAY)
    assert mrz.format == document.format
    if not mrz.name_truncated:
        assert mrz.fields == zone_fields(document)


@pytest.mark.parametrize("name", ["lindqvist-utopia", "claes-belgium", "silva-visa-utopia"])
@pytest.mark.parametrize("side", Side)
def test_drawing_is_repeatable_and_has_the_documents_proportions(name: str, side: Side) -> None:
    document = ALL[name].document
    drawing = draw_document(document, side, pixels_per_mm=4)
    again = draw_document(document, side, pixels_per_mm=4)
    assert np.array_equal(drawing.image, again.image)
    assert drawing.image.dtype == np.uint8
    width_mm = {"TD1": 85.6, "TD3": 125.0, "MRV-A": 120.0}[document.format]
    assert drawing.image.shape[1] == round(width_mm * 4)


def test_cards_carry_the_zone_on_the_back_and_everything_else_on_the_front() -> None:
    sides = {item.document.format: mrz_side(item.document) for item in ALL.values()}
    assert sides == {
        "TD1": Side.BACK,
        "TD2": Side.FRONT,
        "TD3": Side.FRONT,
        "MRV-A": Side.FRONT,
        "MRV-B": Side.FRONT,
    }


@pytest.mark.parametrize("symbology", ["QRCode", "Aztec", "DataMatrix", "PDF417", "Code128"])
@pytest.mark.parametrize("dark", [False, True])
def test_the_phones_code_can_be_read(symbology: str, dark: bool) -> None:
    image = draw_phone("HK1:DEMO", symbology, dark=dark, pixels_per_mm=6).image
    assert [code.text for code in zxingcpp.read_barcodes(image)] == ["HK1:DEMO"]


def test_a_missing_font_is_named_with_its_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts, "_ROOT", tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path))
    fonts.font.cache_clear()
    with pytest.raises(FontMissing, match="apt-get install fonts-ocr-b"):
        fonts.font(fonts.Face.OCR_B, 12)
    fonts.font.cache_clear()
