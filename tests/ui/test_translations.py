import os
import shutil
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from kiosk.visit.events import Hint
from ui.app import application
from ui.languages import Languages
from ui.translations import catalogues, check
from ui.translations.catalogues import TranslationError, build, load_translator, source_files
from ui.translations.check import message_problems, problems


def test_all_translations_are_complete() -> None:
    assert problems() == []


def test_chinese_and_english_are_there() -> None:
    assert {"zh", "en"} <= set(source_files())


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Desk %1", "<translation>窗口</translation>"),
        ("Desk %1", "<translation>%2 号窗口</translation>"),
        ("%1–%2 min", "<translation>%1 分钟</translation>"),
        ("Cancel", "<translation></translation>"),
        ("Cancel", '<translation type="unfinished">取消</translation>'),
        ("Cancel", '<translation type="vanished">取消</translation>'),
        ("%n people", "<translation><numerusform>%1 人</numerusform></translation>"),
    ],
)
def test_a_wrong_translation_is_found(source: str, translation: str) -> None:
    message = Xml.fromstring(f"<message><source>{source}</source>{translation}</message>")
    assert len(list(message_problems(message))) == 1


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("%1 of %2", "<translation>共 %2，第 %1</translation>"),
        ("%n people", "<translation><numerusform>one</numerusform></translation>"),
    ],
)
def test_a_right_translation_is_left_alone(source: str, translation: str) -> None:
    message = Xml.fromstring(f"<message><source>{source}</source>{translation}</message>")
    assert list(message_problems(message)) == []


def test_a_text_that_no_screen_has_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = tmp_path / "hall-kiosk_zh.ts"
    text = source_files()["zh"].read_text(encoding="utf-8")
    message = "<message><source>Gone</source><translation>没有</translation></message>"
    extra.write_text(text.replace("</name>", f"</name>{message}", 1), encoding="utf-8")
    monkeypatch.setattr(check, "source_files", lambda: {"zh": extra})
    found = problems()
    assert len(found) == 1
    assert "'Gone'" in found[0]


def test_a_translation_is_built_when_its_source_is_newer(tmp_path: Path) -> None:
    source = tmp_path / "hall-kiosk_zh.ts"
    shutil.copyfile(source_files()["zh"], source)
    built = build(source)
    before = built.stat().st_mtime_ns
    assert build(source) == built
    assert built.stat().st_mtime_ns == before
    later = built.stat().st_mtime + 10
    os.utime(source, (later, later))
    os.utime(built, (later - 20, later - 20))
    build(source)
    assert built.stat().st_mtime_ns != before


def test_a_broken_translation_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "hall-kiosk_xx.ts"
    broken.write_text("<TS", encoding="utf-8")
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    with pytest.raises(TranslationError, match=r"hall-kiosk_xx\.ts could not be built"):
        load_translator("xx")


def test_a_language_without_a_translation_is_told_with_those_that_there_are() -> None:
    with pytest.raises(TranslationError, match=r"'tlh'.*hall-kiosk_tlh\.ts.*en, zh"):
        load_translator("tlh")


def test_every_language_has_its_own_name() -> None:
    languages = Languages(("zh", "en"))
    assert languages.name("zh") == "中文"
    assert languages.name("en") == "English"
    assert languages.greeting("zh") != languages.greeting("en")


def test_every_hint_is_said_in_either_language_whatever_the_screens_is() -> None:
    languages = Languages(("zh", "en"))
    for hint in Hint:
        assert languages.hint("en", hint).isascii()
        assert not languages.hint("zh", hint).isascii()


def test_what_is_said_twice_is_said_in_the_halls_first_two_languages() -> None:
    languages = Languages(("zh", "en"))
    assert languages.other("zh") == "en"
    assert languages.other("en") == "zh"
    assert Languages(("zh",)).other("zh") == "zh", "there is no other"


def test_a_language_is_put_into_use_once() -> None:
    application()
    languages = Languages(("zh", "en"))
    assert languages.activate("en")
    assert not languages.activate("en")
    languages.deactivate()
