"""The camera's live picture as a QML item: the newest frame, a few times a second."""

# ruff: noqa: N815 -- properties and signals have the names that QML reads

from typing import Any, Protocol, cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Property, QObject, QTimerEvent, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

QML_IMPORT_NAME = "HallKiosk"
QML_IMPORT_MAJOR_VERSION = 1

Frame = NDArray[np.uint8]

_INTERVAL_MILLISECONDS = 70
"""At most 14 pictures a second: enough to follow one's hand, and cheap to paint in software."""


class FrameSource(Protocol):
    """Returns the camera's newest frame (grey, or BGR), or None; the same array while it is newest.

    It is called on the screen's thread, so it must not wait.
    """

    def __call__(self) -> Frame | None: ...


def no_camera() -> Frame | None:
    """The frame source of a kiosk without a camera."""
    return None


def picture_of(frame: Frame, width: int, height: int) -> Frame:
    """Return the middle of a frame, so scaled that it fills the size, as BGRX pixels."""
    rows, columns = frame.shape[:2]
    scale = max(width / columns, height / rows)
    keep_columns, keep_rows = min(columns, round(width / scale)), min(rows, round(height / scale))
    left, top = (columns - keep_columns) // 2, (rows - keep_rows) // 2
    part = frame[top : top + keep_rows, left : left + keep_columns]
    fitted = cv2.resize(part, (width, height), interpolation=cv2.INTER_LINEAR)
    code = cv2.COLOR_GRAY2BGRA if fitted.ndim == 2 else cv2.COLOR_BGR2BGRA
    return cast("Frame", cv2.cvtColor(fitted, code))


@QmlElement
class CameraPreview(QQuickPaintedItem):
    """Shows what the camera sees while `running`; forgets the picture as soon as it is not."""

    runningChanged = Signal()
    sourceChanged = Signal()
    liveChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self.setOpaquePainting(True)
        self._kiosk: QObject | None = None
        self._frame: Frame | None = None
        self._pixels: Frame | None = None
        self._timer = 0

    def paint(self, painter: QPainter) -> None:
        if self._frame is None:
            return
        width, height = round(self.width()), round(self.height())
        pixels = self._pixels
        if pixels is None or pixels.shape[:2] != (height, width):
            pixels = self._pixels = picture_of(self._frame, width, height)
        image = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32)
        painter.drawImage(0, 0, image)

    def timerEvent(self, event: QTimerEvent) -> None:  # noqa: ARG002, N802 -- Qt's own
        self._look()

    def _look(self) -> None:
        """Take the newest frame, if it is a new one."""
        source: FrameSource = getattr(self._kiosk, "latest_frame", no_camera)
        frame = source()
        if frame is self._frame:
            return
        was_live = self._frame is not None
        self._frame, self._pixels = frame, None
        if was_live != (frame is not None):
            self.liveChanged.emit()
        self.update()

    def _get_kiosk(self) -> QObject | None:
        return self._kiosk

    def _set_kiosk(self, kiosk: QObject | None) -> None:
        self._kiosk = kiosk
        self.sourceChanged.emit()

    def _is_running(self) -> bool:
        return self._timer != 0

    def _set_running(self, running: bool) -> None:
        if running == self._is_running():
            return
        if running:
            self._timer = self.startTimer(_INTERVAL_MILLISECONDS)
            self._look()
        else:
            self.killTimer(self._timer)
            self._timer = 0
            self._frame = self._pixels = None
            self.liveChanged.emit()
            self.update()
        self.runningChanged.emit()

    kiosk: Any = Property(QObject, _get_kiosk, _set_kiosk, notify=sourceChanged)
    running: Any = Property(bool, _is_running, _set_running, notify=runningChanged)
    live: Any = Property(bool, lambda self: self._frame is not None, notify=liveChanged)
