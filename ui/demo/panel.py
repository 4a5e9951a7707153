"""What the demo's control panel shows and does: the visitor's hands, and everybody's mishaps."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from devices.documents.specimen import load_all
from devices.idcard.virtual.card_files import names as card_names
from ui.demo.hall import DemoHall
from ui.demo.hands import Hands
from ui.row_model import RowModel

QML_IMPORT_NAME = "HallKiosk"
QML_IMPORT_MAJOR_VERSION = 1

_LOOK_MILLISECONDS = 500


@dataclass(frozen=True, slots=True)
class ThingRow:
    """Something to lay on the kiosk."""

    section: str
    verb: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class MishapRow:
    """Something that can go wrong, or be put right."""

    verb: str
    title: str


@QmlElement
@QmlUncreatable("The demo makes the one panel there is")
class DemoPanel(QObject):  # type: ignore[operator] # PySide6 types the decorator wrongly
    """The panel beside the kiosk's window."""

    changed = Signal()

    def __init__(self, hall: DemoHall, hands: Hands) -> None:
        super().__init__()
        self._hall = hall
        self._hands = hands
        self._verbs: dict[str, Callable[[], object]] = {}
        self._things = RowModel(ThingRow, self)
        self._things.set_rows([*self._documents(), *self._cards(), *self._codes()])
        self._mishaps = RowModel(MishapRow, self)
        self._mishaps.set_rows(self._mishap_rows())
        self._ticket = ""
        self._printed = 0
        self._note = "Lay a document on the kiosk, or touch its screen."
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MILLISECONDS)
        self._looking.timeout.connect(self._look)
        self._looking.start()

    things: Any = Property(QObject, lambda self: self._things, constant=True)
    mishaps: Any = Property(QObject, lambda self: self._mishaps, constant=True)
    note: Any = Property(str, lambda self: self._note, notify=changed)
    ticket: Any = Property(str, lambda self: self._ticket, notify=changed)
    """URL of the picture of the newest ticket; empty: none has been printed."""

    @Slot(str)
    def perform(self, verb: str) -> None:
        """Do what a button of the panel says."""
        self._verbs[verb]()
        self._note = verb
        self.changed.emit()

    def _look(self) -> None:
        tickets = self._hall.printer.tickets
        if len(tickets) != self._printed:
            self._printed = len(tickets)
            path: Path | None = tickets[-1].path
            self._ticket = QUrl.fromLocalFile(str(path)).toString() if path else ""
            self.changed.emit()

    def _documents(self) -> list[ThingRow]:
        rows = []
        for name, specimen in load_all().items():
            verb = f"place {name}"
            self._verbs[verb] = partial(self._hands.place, name)
            rows.append(ThingRow("Passports, cards, visas", verb, name, specimen.description))
        return rows

    def _cards(self) -> list[ThingRow]:
        rows = []
        for name in card_names():
            verb = f"place card {name}"
            self._verbs[verb] = partial(self._hands.place_card, name)
            rows.append(ThingRow("Cards on the ID-card reader", verb, name, ""))
        return rows

    def _codes(self) -> list[ThingRow]:
        rows = []
        for person, reservations in self._hall.codes.items():
            for seeded in reservations:
                verb = f"show code {seeded.code}"
                self._verbs[verb] = partial(self._hands.present, self._hall.signed_code(seeded))
                note = f"{seeded.starts_at:%H:%M}, {seeded.hall_id}, {person}"
                rows.append(ThingRow("Reservation codes on a phone", verb, seeded.code, note))
        self._verbs["show a foreign code"] = partial(self._hands.present, "https://example.org/")
        rows.append(
            ThingRow(
                "Reservation codes on a phone",
                "show a foreign code",
                "https://example.org/",
                "no reservation",
            )
        )
        return rows

    def _mishap_rows(self) -> list[MishapRow]:
        printer = self._hall.printer.do
        camera = self._hands.camera.tray.do
        card = self._hands.id_card_reader.virtual.do
        mishaps: dict[str, Callable[[], object]] = {
            "Take everything away": self._hands.remove,
            "Paper out": partial(printer, "paper out"),
            "Paper out in 40 mm": partial(printer, "after 40 mm paper out"),
            "New paper": partial(printer, "paper full"),
            "Open cover": partial(printer, "cover open"),
            "Close cover": partial(printer, "cover close"),
            "Printer silent": partial(printer, "silent"),
            "Printer answers": partial(printer, "answer"),
            "Jam": partial(printer, "jam"),
            "Clear jam": partial(printer, "clear"),
            "Unplug camera": partial(camera, "unplug"),
            "Plug camera in": partial(camera, "replug"),
            "Black picture": partial(camera, "black"),
            "Clear picture": partial(camera, "restore"),
            "Unplug ID-card reader": partial(card, "unplug"),
            "Plug ID-card reader in": partial(card, "plug"),
            "Stop hall server": self._hall.server.stop,
            "Start hall server": self._hall.server.start,
        }
        self._verbs.update(mishaps)
        return [MishapRow(title, title) for title in mishaps]
