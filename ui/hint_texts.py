"""What the screen says about the document before the camera, in every language."""

from types import MappingProxyType
from typing import Final

from kiosk.visit.events import Hint
from ui.translations.mark import QT_TRANSLATE_NOOP

HINT_TEXTS: Final = MappingProxyType(
    {
        Hint.NO_DOCUMENT: QT_TRANSLATE_NOOP("Hint", "Waiting for your document"),
        Hint.TOO_FAR: QT_TRANSLATE_NOOP("Hint", "Closer: lay it flat on the glass"),
        Hint.BLURRED: QT_TRANSLATE_NOOP("Hint", "Not sharp yet: lay it flat, and let go"),
        Hint.GLARE: QT_TRANSLATE_NOOP("Hint", "There is a reflection: take off the cover"),
        Hint.TOO_DARK: QT_TRANSLATE_NOOP("Hint", "It is too dark: keep your hand out of the light"),
        Hint.TURN_OVER: QT_TRANSLATE_NOOP("Hint", "Turn it over"),
        Hint.WRONG_PAGE: QT_TRANSLATE_NOOP("Hint", "Open it at the page with your photo"),
        Hint.HOLD_STILL: QT_TRANSLATE_NOOP("Hint", "Good. Leave it still for a moment"),
        Hint.READING: QT_TRANSLATE_NOOP("Hint", "Good: one more moment"),
    }
)
"""Hint -> its text in English, by which the translations go."""
