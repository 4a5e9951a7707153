"""The kiosk's window: Qt started, the engine made, the view model wired to the visit."""

import logging
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, cast

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QFont, QGuiApplication, QImage
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent, QQmlError
from PySide6.QtQuick import QQuickWindow

from kiosk.logs import Technical
from kiosk.visit.events import UserEvent
from kiosk.visit.visit import Visit
from ui.camera_preview import CameraPreview, FrameSource, no_camera
from ui.languages import Languages
from ui.presentation.place import Place
from ui.presentation.screen import ScreenName
from ui.view_model import KioskViewModel

log = logging.getLogger(__name__)

PORTRAIT: Final = (1080, 1920)
LANDSCAPE: Final = (1920, 1080)
_MAIN: Final = Path(__file__).parent / "Main.qml"
_SCREENS: Final = Path(__file__).parent / "screens"
_QML_TYPES: Final = (KioskViewModel, CameraPreview)
"""Importing them has made them known to QML."""


class ScreenError(RuntimeError):
    """The screen could not be loaded."""


def draw_offscreen() -> None:
    """Have Qt draw in memory, without a display or a GPU. Call it before `application`."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"


def application() -> QGuiApplication:
    """The one Qt application of the process, with the kiosk's fonts."""
    running = QGuiApplication.instance()
    if running is not None:
        return cast("QGuiApplication", running)
    app = QGuiApplication(sys.argv[:1])
    app.setApplicationName("hall-kiosk")
    # Which Chinese, Japanese or Korean font stands in is otherwise left to chance.
    QFont.insertSubstitutions("Noto Sans", ["Noto Sans CJK SC"])
    app.setFont(QFont("Noto Sans"))
    return app


class KioskWindow:
    """The kiosk's screen. It shows what it is told, and posts what the visitor does."""

    def __init__(
        self,
        place: Place,
        visit: Visit,
        post: Callable[[UserEvent], None],
        *,
        latest_frame: FrameSource = no_camera,
        animated: bool = True,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Load the screen of a visit; it appears with `show_full_screen` or `show_window`.

        `post` is called on the screen's thread and must not wait. `clock` are seconds that only
        grow; `now` is the time of day, with time zone.

        Raises:
            TranslationError: a language of the hall has no translation.
            ScreenError: the QML could not be loaded.
        """
        self.app = application()
        self._languages = Languages(place.hall.languages)
        self.view_model = KioskViewModel(place, self._languages, visit, post, clock=clock, now=now)
        self.view_model.latest_frame = latest_frame
        self.engine = QQmlApplicationEngine()
        self.engine.setOutputWarningsToStandardError(False)  # they go to the log
        # The engine takes it along when it ends, after all that is bound to it.
        self.view_model.setParent(self.engine)
        self.engine.warnings.connect(_log_warnings)
        self.engine.setInitialProperties({"kiosk": self.view_model, "animated": animated})
        self.engine.load(QUrl.fromLocalFile(_MAIN))
        if not self.engine.rootObjects():
            raise ScreenError(f"{_MAIN} could not be loaded; the log says why")
        self.window = cast("QQuickWindow", self.engine.rootObjects()[0])
        self.view_model.languageChanged.connect(self.engine.retranslate)
        self._prepared: list[QQmlComponent] = []
        self.window.frameSwapped.connect(self._prepare, Qt.ConnectionType.SingleShotConnection)

    def _prepare(self) -> None:
        """Once the first screen is there, compile the others on the engine's own thread."""
        self._prepared = [
            QQmlComponent(
                self.engine,
                QUrl.fromLocalFile(_SCREENS / f"{name}.qml"),
                QQmlComponent.CompilationMode.Asynchronous,
                self.engine,
            )
            for name in ScreenName
        ]

    def observe(self, visit: Visit) -> None:
        """Show a visit as it is now: the runner's observer. May be called from any thread."""
        self.view_model.show(visit)

    def show_full_screen(self) -> None:
        """Kiosk mode: the whole screen, without a frame or a pointer."""
        self.app.setOverrideCursor(Qt.CursorShape.BlankCursor)
        # a kiosk's display often has no window manager, which would do this on being asked
        self.window.setGeometry(self.window.screen().geometry())
        self.window.showFullScreen()

    def show_window(self, width: int, height: int) -> None:
        """An ordinary window; the layout follows its shape and scales with it."""
        self.window.resize(width, height)
        self.window.show()

    def settle(self) -> None:
        """Let all that has been shown take effect, down to the drawing."""
        self.app.sendPostedEvents()
        self.app.processEvents()
        self.app.processEvents()

    def picture(self) -> QImage:
        """What is on the screen now."""
        return self.window.grabWindow()

    def close(self) -> None:
        """Take the screen down; the application stays."""
        self.window.close()
        self._languages.deactivate()
        self.engine.deleteLater()
        self.app.sendPostedEvents(self.engine, QEvent.Type.DeferredDelete)


def _log_warnings(errors: list[QQmlError]) -> None:
    for error in errors:
        log.warning("%s", Technical(error.toString()))
