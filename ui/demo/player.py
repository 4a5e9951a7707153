"""Plays a scripted visit through the real screens: waits for screens, taps, keeps pictures."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from ui.app import KioskWindow
from ui.demo.hall import DemoHall
from ui.demo.hands import Hands
from ui.view_model import SETTLE_SECONDS

_STEP_MILLISECONDS = 10
_BUTTON_SECONDS = 2.0
"""How long a button may take to come up."""


class ScriptError(AssertionError):
    """The visit did not go as its script says; the text says what was shown instead."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One screenshot, with what it shows."""

    path: Path
    screen: str
    seconds: float
    """Since the visit's script began."""


@dataclass
class Player:
    """The hands and eyes of a visitor at the demo's kiosk."""

    hall: DemoHall
    hands: Hands
    window: KioskWindow
    out: Path
    pictures: list[Picture] = field(default_factory=list)
    _began: float = field(default_factory=time.monotonic)
    _shown_at: float = 0.0
    _unseen: list[str] = field(default_factory=list)
    """Screens that have been shown since the last one that the script waited for."""

    def __post_init__(self) -> None:
        self.window.view_model.screenChanged.connect(self._screen_changed)
        self._screen_changed()

    def keep_pictures(self) -> None:
        """Keep a picture of every screen from now on."""
        self.out.mkdir(parents=True, exist_ok=True)
        self.picture()
        self.window.view_model.screenChanged.connect(self.picture)

    def see(self, screen: str, seconds: float = 20.0) -> None:
        """Wait until a screen has been shown since the last one that was seen.

        Raises:
            ScriptError: it did not come in time.
        """
        if not self.wait(lambda: screen in self._unseen, seconds):
            raise ScriptError(f"{screen} was expected, and {self.screen} is shown")
        del self._unseen[: self._unseen.index(screen) + 1]

    def tap(self, name: str) -> None:
        """Press a button, as a finger does: on the screen, where the button is.

        Raises:
            ScriptError: there is no such button on the screen, or it is disabled.
        """
        self.wait(lambda: time.monotonic() - self._shown_at > SETTLE_SECONDS, 2 * SETTLE_SECONDS)
        self.wait(lambda: self._find(name) is not None, _BUTTON_SECONDS)
        button = self._find(name)
        if button is None:
            raise ScriptError(f"{self.screen} has no button {name!r} to press")
        middle = button.mapToScene(button.boundingRect().center())
        QTest.mouseClick(
            self.window.window,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(round(middle.x()), round(middle.y())),
        )

    def picture(self, note: str = "") -> None:
        """Keep a picture of the screen as it is now."""
        name = f"{len(self.pictures) + 1:02}-{self.screen}{'-' + note if note else ''}.png"
        path = self.out / name
        self.window.picture().save(str(path))
        self.pictures.append(Picture(path, self.screen, time.monotonic() - self._began))

    def wait(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Let the kiosk go on until the condition holds; False where it did not in time."""
        until = time.monotonic() + seconds
        while not condition():
            if time.monotonic() >= until:
                return False
            _let_go_on()
        return True

    @property
    def screen(self) -> str:
        return str(self.window.view_model.screen)

    def _screen_changed(self) -> None:
        self._shown_at = time.monotonic()
        self._unseen.append(self.screen)

    def _find(self, name: str) -> QQuickItem | None:
        return next(
            (
                item
                for item in _items(self.window.window.contentItem())
                if item.objectName() == name and item.isEnabled() and item.width() > 0
            ),
            None,
        )


def _let_go_on() -> None:
    """Run the event loop for a moment; unlike `QTest.qWait` it lets other threads run."""
    loop = QEventLoop()
    QTimer.singleShot(_STEP_MILLISECONDS, loop.quit)
    loop.exec()


def _items(item: QQuickItem) -> Iterator[QQuickItem]:
    """Everything visible in an item; what a Repeater makes is a child only to the eye."""
    if item.isVisible():
        yield item
        for child in item.childItems():
            yield from _items(child)
