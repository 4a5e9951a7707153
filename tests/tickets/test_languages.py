"""The fixed texts: complete and with the same places to fill in, in every language."""

import re
import tomllib
from importlib.resources import files

import pytest

from kiosk.tickets.content import best_language, localize
from kiosk.tickets.languages import languages, texts

DATA = tomllib.loads(files("kiosk.tickets").joinpath("languages.toml").read_text(encoding="utf-8"))
KEYS = set(DATA["zh"])


@pytest.mark.parametrize("language", DATA)
def test_no_text_is_missing_and_none_is_too_many(language: str) -> None:
    assert set(DATA[language]) == KEYS
    assert all(text.strip() == text != "" for text in DATA[language].values())


@pytest.mark.parametrize("language", DATA)
def test_the_same_is_filled_in(language: str) -> None:
    for key, text in DATA[language].items():
        fields = re.findall(r"\{\w*\}", text)
        assert sorted(fields) == sorted(re.findall(r"\{\w*\}", DATA["zh"][key])), key


@pytest.mark.parametrize("language", DATA)
def test_a_language_is_not_another_one_by_mistake(language: str) -> None:
    """A text left in English would be missing in all but name."""
    same = [key for key in KEYS if language != "en" and DATA[language][key] == DATA["en"][key]]
    assert same == []


def test_the_languages_asked_for_are_there() -> None:
    assert {"zh", "en", "ru", "ar", "ko", "th", "ja", "fr", "es", "de", "vi"} <= set(languages())


def test_the_nearest_language_is_taken_where_one_is_missing() -> None:
    number = texts()["number"]
    assert localize(number, "pt-BR") == number["pt"]
    assert localize(number, "xx") == number["en"]
    assert localize({"zh": "甲"}, "fr") == "甲"
    assert localize({}, "fr") == ""


def test_a_text_in_another_language_says_in_which() -> None:
    """English within an Arabic ticket runs from left to right all the same."""
    assert best_language({"zh": "甲", "en": "A"}, "ar") == "en"
    assert best_language({"fr": "A"}, "ar") == "fr"
    assert best_language({"zh-Hant": "甲", "zh": "乙"}, "zh-Hant") == "zh-Hant"
    assert best_language({}, "ar") == ""
