"""The contract of every camera, held by the simulator and by capture from files alike."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.camera.capture import PictureSource, VideoSource
from devices.camera.driver import CameraDriver
from devices.camera.folder import FolderSource
from devices.camera.simulator import SimulatedCamera
from devices.camera.source import FrameStream
from devices.camera.tray import Tray
from devices.documents.drawing import Drawing
from tests.camera.contract import CODE, DOCUMENT, CameraContract
from tests.camera.pictures import drawing, frame, phone


def _drawn(seen: str) -> Drawing | None:
    return {"document": drawing(DOCUMENT), "code": phone(CODE), "nothing": None}[seen]


class TestSimulator(CameraContract):
    def driver(self, seen: str) -> CameraDriver:
        tray = Tray(slide_seconds=0)
        if seen != "nothing":
            tray.do(f"place {DOCUMENT}" if seen == "document" else f"present qr {CODE}")
        return SimulatedCamera(tray, fps=30)


class TestPictureFile(CameraContract):
    needed = 1

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    def driver(self, seen: str) -> CameraDriver:
        path = self.folder / "picture.png"
        _, data = cv2.imencode(".png", frame(_drawn(seen)))
        path.write_bytes(data.tobytes())
        return CameraDriver(PictureSource(path))


class TestVideoFile(CameraContract):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    def driver(self, seen: str) -> CameraDriver:
        path = self.folder / "video.avi"
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (1280, 720))
        for seed in range(4):
            writer.write(np.asarray(frame(_drawn(seen), seed=seed)))
        writer.release()
        return CameraDriver(VideoSource(path))


class Scanner(FolderSource):
    """A folder into which a document's pictures come once it is watched."""

    pictures: dict[str, bytes]
    folder: Path

    def open(self) -> FrameStream:
        stream = super().open()
        for name, data in self.pictures.items():
            (self.folder / name).write_bytes(data)
        return stream


class TestFolder(CameraContract):
    needed = 1

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    def driver(self, seen: str) -> CameraDriver:
        scanner = Scanner(self.folder, settle=0.0, hold=60.0)
        scanner.folder = self.folder
        scanner.pictures = {}
        if seen != "nothing":
            _, data = cv2.imencode(".png", frame(_drawn(seen)))
            scanner.pictures["scan.png"] = data.tobytes()
        return CameraDriver(scanner)
