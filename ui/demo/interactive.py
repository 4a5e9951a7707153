"""The demo in a window, with the control panel beside it."""

from pathlib import Path
from typing import Final, cast

from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.server.seeding import Booking
from ui.app import application
from ui.demo.hall import DemoHall, Person, make_pki
from ui.demo.hands import Hands
from ui.demo.panel import DemoPanel
from ui.demo.visits import VISITS
from ui.kiosk import Kiosk

_PANEL: Final = Path(__file__).with_name("Panel.qml")
_PANEL_WIDTH: Final = 520
_OF_SCREEN: Final = 0.9
"""How much of the display's height the windows take."""


def demonstrate(out: Path, orientation: str) -> None:
    """Open the kiosk and the panel, and return when the kiosk's window is closed."""
    app = application()
    people = _people()
    pki_folder = out / "pki"
    make_pki(pki_folder, {person.name for person in people})
    with (
        DemoHall(out, people, pki_folder, orientation=orientation) as hall,
        Kiosk(hall.configuration, hall.surroundings()) as kiosk,
    ):
        panel = DemoPanel(hall, Hands(kiosk.application))
        engine = QQmlApplicationEngine()
        engine.setInitialProperties({"panel": panel})
        engine.load(QUrl.fromLocalFile(_PANEL))
        window = cast("QQuickWindow", engine.rootObjects()[0])
        _arrange(kiosk, window, orientation)
        window.show()
        app.setQuitOnLastWindowClosed(False)
        kiosk.window.window.visibleChanged.connect(lambda visible: None if visible else app.quit())
        app.exec()
        window.close()
        engine.deleteLater()


def _people() -> list[Person]:
    """Everybody of the scripted visits at the urban hall, once."""
    at_urban = (visit.person for visit in VISITS.values() if visit.hall_id == "urban")
    people = {person.name: person for person in at_urban}
    others = ("garcia-united-states", "suhartini-indonesia", "weber-2023", "haddad-2017")
    people.update({name: Person(name, Booking.WALK_IN) for name in others})
    people["santos-2023"] = Person("santos-2023", Booking.BOOKED)
    return list(people.values())


def _arrange(kiosk: Kiosk, panel: QQuickWindow, orientation: str) -> None:
    free = QGuiApplication.primaryScreen().availableGeometry()
    height = round(free.height() * _OF_SCREEN)
    width = height * 9 // 16
    if orientation == "landscape":
        width = min(free.width() - _PANEL_WIDTH, height * 16 // 9)
    kiosk.window.show_window(width, width * 9 // 16 if orientation == "landscape" else height)
    kiosk.window.window.setPosition(free.left() + 20, free.top() + 30)
    panel.setGeometry(free.left() + 40 + width, free.top() + 30, _PANEL_WIDTH, height)
