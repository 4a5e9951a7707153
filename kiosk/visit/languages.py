"""The language of a visit whose visitor has placed a document before choosing one."""

from dataclasses import replace
from typing import Final

from config.hall_profile import HallProfile
from kiosk.visit.rules import VisitRules
from kiosk.visit.visit import Visit

CHINA: Final = "CHN"
_LANGUAGE_OF: Final = {CHINA: "zh", "TWN": "zh", "HKG": "zh", "MAC": "zh", "SGP": "zh"}
"""Nationality (ICAO Doc 9303-3, section 5) -> the language that most of its holders read."""
_COMMON: Final = "en"


def fitting(nationality: str | None, hall: HallProfile) -> str:
    """The language of the hall that a visitor is most likely to read.

    `nationality` is that of the document; None: not known yet.
    """
    wanted = _LANGUAGE_OF.get(nationality or "", _COMMON)
    for language in (wanted, _COMMON):
        if language in hall.languages:
            return language
    return hall.languages[0]


def speak_to(visit: Visit, nationality: str | None, rules: VisitRules) -> Visit:
    """The visit in the language that fits, unless the visitor has chosen one."""
    if visit.language_chosen:
        return visit
    return replace(visit, language=fitting(nationality, rules.hall))
