"""Others' readers of machine readable zones beside ours, on the same drawn pictures in one run.

They are no dependencies: where one is missing its figure says how to install it. PassportEye
(``pip install PassportEye``) and tesseract alone need the program tesseract (``apt-get install
tesseract-ocr``), and read better with a model trained on OCR-B: put ``mrz.traineddata`` into its
folder of models, or name the folder in TESSDATA_PREFIX.
"""

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Final

import cv2
import numpy as np

from benchmarks.bench_camera import CONDITIONS, SEED, TODAY
from devices.camera.frame import Pixels
from devices.camera.mrz import MrzReader
from devices.camera.scene import add_noise, lay, sensor_noise
from devices.documents.drawing import draw_document
from devices.documents.specimen import load_all
from devices.documents.specimen_zone import zone_lines

Lines = tuple[str, ...]
Read = Callable[[Path, Pixels], Lines]
"""Reads a picture, which is also in a file; no lines when it finds none."""

DOCUMENTS: Final = 4
"""Of each condition; peers take up to a second a picture."""
LENGTHS: Final = (30, 36, 44)
_LINE: Final = re.compile(r"[A-Z0-9<]+")
_SECONDS: Final = 20
_TESSERACT: Final = "apt-get install tesseract-ocr"


def measure() -> dict[str, tuple[float, str]]:
    pictures = _pictures()
    figures: dict[str, tuple[float, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        paths = [_written(Path(folder), number, p) for number, (_, p) in enumerate(pictures)]
        for name, (read, missing) in _readers().items():
            if read is None:
                figures[f"mrz_peers.{name}.installed"] = (0, f"no: {missing}")
                continue
            exact = wrong = 0
            times = []
            for path, (lines, picture) in zip(paths, pictures, strict=True):
                start = time.perf_counter()
                found = read(path, picture)
                times.append((time.perf_counter() - start) * 1000)
                exact += found == lines
                wrong += bool(found) and found != lines
            figures[f"mrz_peers.{name}.exact"] = (100 * exact / len(pictures), "% of pictures")
            figures[f"mrz_peers.{name}.wrong"] = (100 * wrong / len(pictures), "% of pictures")
            figures[f"mrz_peers.{name}.read"] = (median(times), "ms")
    return figures


def _pictures() -> list[tuple[Lines, Pixels]]:
    """The same for all: drawn documents under each condition of the camera's benchmark."""
    rng = np.random.default_rng(SEED)
    documents = [specimen.document for specimen in load_all().values()]
    noise = sensor_noise(4, 0)
    pictures = []
    for number, placing in enumerate(CONDITIONS.values()):
        for turn in range(DOCUMENTS):
            document = documents[(number * DOCUMENTS + turn) % len(documents)]
            scene = lay(draw_document(document), placing(rng))
            pictures.append((zone_lines(document), add_noise(scene, noise)))
    return pictures


def _written(folder: Path, number: int, picture: Pixels) -> Path:
    path = folder / f"{number}.png"
    path.write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    return path


def _readers() -> dict[str, tuple[Read | None, str]]:
    """Every reader, or None with what would install it."""
    tesseract = shutil.which("tesseract")
    models = _models(tesseract) if tesseract else set()
    has_eye = find_spec("passporteye") is not None and find_spec("pytesseract") is not None
    missing_eye = _TESSERACT if has_eye else "pip install PassportEye"
    return {
        "ours": (_ours(), ""),
        "passporteye": (
            _passporteye("mrz" if "mrz" in models else "eng") if has_eye and tesseract else None,
            missing_eye,
        ),
        "tesseract_mrz": (
            _tesseract(tesseract, "mrz") if tesseract and "mrz" in models else None,
            "mrz.traineddata in TESSDATA_PREFIX" if tesseract else _TESSERACT,
        ),
        "tesseract_eng": (
            _tesseract(tesseract, "eng") if tesseract and "eng" in models else None,
            _TESSERACT,
        ),
    }


def _ours() -> Read:
    reader = MrzReader()

    def read(_path: Path, picture: Pixels) -> Lines:
        grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
        sighting = reader.read_still(grey, today=TODAY)
        return sighting.lines if sighting is not None else ()

    return read


def _passporteye(model: str) -> Read:
    read_mrz = import_module("passporteye").read_mrz
    clean = import_module("passporteye.mrz.text").MRZOCRCleaner.apply

    def read(path: Path, _picture: Pixels) -> Lines:
        found = read_mrz(str(path), extra_cmdline_params=f"-l {model}")
        return tuple(clean(found.aux["text"])) if found is not None else ()

    return read


def _tesseract(program: str, model: str) -> Read:
    """The whole page as one block of text, of which the lines of a zone's length are taken."""

    def read(path: Path, _picture: Pixels) -> Lines:
        command = [program, str(path), "stdout", "-l", model, "--psm", "6"]
        said = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=True)
        lines = ["".join(line.split()) for line in said.stdout.splitlines()]
        return tuple(line for line in lines if len(line) in LENGTHS and _LINE.fullmatch(line))

    return read


def _models(program: str) -> set[str]:
    said = subprocess.run(
        [program, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=True
    )
    return set(said.stdout.split())
