"""The languages of the screen: their translations, and switching between them while it runs."""

from PySide6.QtCore import QCoreApplication

from kiosk.visit.events import Hint
from ui.hint_texts import HINT_TEXTS
from ui.translations.catalogues import load_translator
from ui.translations.mark import QT_TRANSLATE_NOOP

_NAME = QT_TRANSLATE_NOOP("Languages", "English")
_GREETING = QT_TRANSLATE_NOOP("Languages", "Place your passport or ID card")
_CODE_HINT = QT_TRANSLATE_NOOP("Languages", "or show your appointment code")
_DAY = QT_TRANSLATE_NOOP("Languages", "dddd, MMMM d")
"""A day as people say it; the letters are those of `QLocale.toString`."""
_READING = QT_TRANSLATE_NOOP("Languages", "Reading your document")
_START = QT_TRANSLATE_NOOP("Languages", "Start")


class Languages:
    """One translator per language, and the one that is in use."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        """Load the translations of the languages that a hall offers.

        Raises:
            TranslationError: a language has no translation, or it cannot be built.
        """
        self.tags = tags
        self._translators = {tag: load_translator(tag) for tag in tags}
        self._active = ""

    def activate(self, tag: str) -> bool:
        """Make a language the one of all texts; False where it was already."""
        if tag == self._active:
            return False
        if self._active in self._translators:
            QCoreApplication.removeTranslator(self._translators[self._active])
        if tag in self._translators:
            QCoreApplication.installTranslator(self._translators[tag])
        self._active = tag
        return True

    def deactivate(self) -> None:
        """Leave the application without a translation, for the next window to choose its own."""
        self.activate("")

    def name(self, tag: str) -> str:
        """A language's own name, e.g. ``中文``."""
        return self._in(tag, _NAME)

    def greeting(self, tag: str) -> str:
        return self._in(tag, _GREETING)

    def code_hint(self, tag: str) -> str:
        return self._in(tag, _CODE_HINT)

    def day_format(self, tag: str) -> str:
        return self._in(tag, _DAY)

    def start(self, tag: str) -> str:
        return self._in(tag, _START)

    def reading(self, tag: str) -> str:
        return self._in(tag, _READING)

    def hint(self, tag: str, hint: Hint) -> str:
        return self._in(tag, HINT_TEXTS[hint], "Hint")

    def other(self, tag: str) -> str:
        """The language to say something in as well, to who may not read this one."""
        return next((one for one in self.tags[:2] if one != tag), tag)

    def _in(self, tag: str, text: str, context: str = "Languages") -> str:
        translator = self._translators.get(tag)
        return (translator and translator.translate(context, text)) or text
