from datetime import date

import pytest

from devices.documents.identity import PartialDate
from devices.documents.masking import mask_birth_date, mask_name, mask_number
from devices.documents.mrz import transliterate
from devices.documents.states import StateKind, lookup, states


def test_every_iso_3166_state_and_every_special_code_has_both_names() -> None:
    table = states()
    kinds = [state.kind for state in table.values()]
    # ISO 3166-1 has 249 entries; Germany is among the variants as D
    assert kinds.count(StateKind.STATE) == 248
    special = (
        "D GBD GBN GBO GBP GBS RKS EUE UNO UNA UNK XOM XPO XBA XIM XCC XCE XCO XDC XEC XES XMP "
        "IAO XXA XXB XXC XXX UTO"
    )
    assert set(special.split()) <= set(table)
    for state in table.values():
        assert state.english.isprintable()
        assert any("一" <= character <= "鿿" for character in state.chinese)
        assert state.code.isalpha()
        assert len(state.code) in {1, 3}


def test_lookup_takes_codes_with_and_without_filler() -> None:
    germany = lookup("D<<")
    assert germany is not None
    assert (germany.english, germany.chinese) == ("Germany", "德国")
    assert lookup("D") is germany
    assert lookup("QQQ") is None
    assert lookup("") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Straße", "STRASSE"),
        ("Ångström", "AANGSTROEM"),
        ("İstanbullu", "ISTANBULLU"),
        ("D’Artagnan", "DARTAGNAN"),
        ("Łódź", "LODZ"),
        ("Nuñez", "NUNEZ"),
        ("J. R.", "J R"),
        ("Хрущёв", "KHRUSHCHEV"),
        ("Соловьёв", "SOLOVEV"),
        ("Љиљана", "LJILJANA"),
        ("محمد", "MXHMD"),
        ("هارون", "HARWN"),
    ],
)
def test_transliteration(text: str, expected: str) -> None:
    assert transliterate(text) == expected


def test_arabic_shadda_doubles_the_letter() -> None:
    assert transliterate("مكّة") == "MKKXTA"


@pytest.mark.parametrize("text", ["王", "ANNA 2", "Ελένη", "A&B", "\u00df9"])
def test_letters_without_a_transliteration_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no letters for"):
        transliterate(text)


def test_masks_show_enough_to_recognise_and_no_more() -> None:
    assert mask_name("ERIKSSON", "ANNA MARIA") == "E••• A••• M•••"
    assert mask_name("O") == "•••"
    assert mask_number("L898902C3") == "L•••C3"
    assert mask_number("12") == "•••2"
    assert mask_number("") == "•••"
    assert mask_birth_date(PartialDate(1974, 8, 12)) == "1974-••-••"
    assert mask_birth_date(PartialDate(None)) == "••••-••-••"
    assert mask_birth_date(date(2000, 1, 1)) == "2000-••-••"
