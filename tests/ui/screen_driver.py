"""A window of the kiosk, with what a test wants to do to it and know of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.visit.events import Touched, UserEvent
from kiosk.visit.stages import Attract, Stage
from kiosk.visit.visit import Visit
from ui import samples
from ui.app import KioskWindow
from ui.presentation.place import Place
from ui.samples import Sample, sample_visit


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Shown:
    """An item that is visible, and where on the screen it is."""

    item: QQuickItem
    rect: QRectF
    ancestors: tuple[QQuickItem, ...]

    @property
    def text(self) -> str:
        return str(self.item.property("text"))

    def __str__(self) -> str:
        name = self.item.objectName() or self.text[:40]
        return f"{kind_of(self.item)} {name!r} at {self.rect.toRect().getRect()}"


def kind_of(item: QQuickItem) -> str:
    """The QML type of an item, e.g. ``KioskButton``."""
    return item.metaObject().className().split("_QML")[0]


def is_touch_target(item: QQuickItem) -> bool:
    """Whether it can be pressed, as it says of itself."""
    return item.metaObject().indexOfProperty("isTouchTarget") >= 0


class ScreenDriver:
    def __init__(self, place: Place, *, animated: bool = False) -> None:
        self.posted: list[UserEvent] = []
        self.clock = Clock()
        self.place = place
        first = next(samples.samples(place))
        self.window = KioskWindow(
            place,
            sample_visit(first, "zh"),
            self.posted.append,
            latest_frame=samples.camera_frame,
            animated=animated,
            clock=self.clock,
            now=samples.now,
        )
        self.complaints: list[str] = []
        self.window.engine.warnings.connect(
            lambda errors: self.complaints.extend(error.toString() for error in errors)
        )

    def turn(self, size: tuple[int, int]) -> None:
        """Give the window a size, and forget what has been posted."""
        self.posted.clear()
        if self.window.window.size().toTuple() != size:
            self.window.show_window(*size)
            self.settle()

    def settle(self) -> None:
        """Let everything take effect; the layout is done when the window is drawn."""
        self.window.settle()
        self.window.picture()

    def show(self, visit: Visit) -> None:
        self.window.observe(visit)
        self.settle()
        complaints, self.complaints[:] = list(self.complaints), []
        assert not complaints
        self.clock.now += 10

    def show_sample(self, sample: Sample, language: str) -> None:
        self.show(sample_visit(sample, language))

    def show_stage(self, stage: Stage, language: str = "en") -> None:
        self.show(sample_visit(Sample("", stage), language))

    def step_back(self) -> None:
        """Let the texts of a second window go before one's own: English needs none."""
        self.show_stage(Attract(), "en")

    def screen_item(self) -> QQuickItem:
        item = self.window.window.property("screenItem")
        assert isinstance(item, QQuickItem)
        return item

    def visible(self) -> Iterator[Shown]:
        """All items that can be seen."""
        yield from self._below(self.window.window.contentItem(), ())

    def _below(self, item: QQuickItem, above: tuple[QQuickItem, ...]) -> Iterator[Shown]:
        if not item.isVisible() or item.opacity() == 0:
            return
        if item.width() > 0 and item.height() > 0:
            yield Shown(item, item.mapRectToScene(item.boundingRect()), above)
        for child in item.childItems():
            yield from self._below(child, (*above, item))

    def texts(self) -> list[Shown]:
        return [
            shown for shown in self.visible() if shown.item.inherits("QQuickText") and shown.text
        ]

    def targets(self) -> list[Shown]:
        """Everything that can be pressed."""
        return [
            shown
            for shown in self.visible()
            if is_touch_target(shown.item) and shown.item.isEnabled()
        ]

    def target(self, name: str) -> Shown:
        return next(shown for shown in self.targets() if shown.item.objectName() == name)

    def press(self, target: Shown) -> list[UserEvent]:
        """Press it where it is, and return what has been posted, but that somebody is there."""
        self.posted.clear()
        self.clock.now += 10
        middle = target.rect.center()
        QTest.mouseClick(
            self.window.window,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(round(middle.x()), round(middle.y())),
        )
        self.settle()
        return [event for event in self.posted if event != Touched()]
