"""Others' readers of machine readable zones beside ours, on the same drawn pictures in one run.

They are no dependencies: where one is missing its figure says how to install it.

- tesseract, as a program of its own (``apt-get install tesseract-ocr``), with its English model and
  with one trained on OCR-B: ``mrz.traineddata`` in its folder of models, or in the one that
  TESSDATA_PREFIX names.
- PassportEye, whose dependencies are not ours, in a virtual environment of its own, the interpreter
  of which PASSPORTEYE_PYTHON names: ``python -m venv E; E/bin/pip install PassportEye``. It runs
  tesseract, with the same models.

Pictures of each condition: `PICTURES`, or as many as the environment variable MRZ_PICTURES says.
Times are those of the clock, for peers are programs of their own: run it on an idle machine.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

import cv2
import numpy as np

from benchmarks.figures import Figures
from benchmarks.mrz_pictures import CONDITIONS, TODAY, Lines, shots
from devices.camera.mrz import MrzReader

Result = tuple[Lines, float]
"""What is read, no lines when nothing is, and the milliseconds that it took."""
Read = Callable[[list[Path]], Iterable[Result]]

PICTURES: Final = 1
"""Of each condition; peers take up to a second a picture."""
LENGTHS: Final = (30, 36, 44)
_LINE: Final = re.compile(r"[A-Z0-9<]+")
_SECONDS: Final = 30
_MODELS: Final = {
    "mrz": "apt-get install tesseract-ocr, and mrz.traineddata in TESSDATA_PREFIX",
    "eng": "apt-get install tesseract-ocr",
}
"""Of tesseract, and how one gets it."""
_PASSPORTEYE: Final = "PASSPORTEYE_PYTHON names no interpreter that has PassportEye"


def measure() -> Figures:
    count = int(os.environ.get("MRZ_PICTURES", PICTURES))
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        pictures = [p for name in CONDITIONS for p in _written(Path(folder), name, count)]
        paths, truths = [path for path, _ in pictures], [zones for _, zones in pictures]
        for name, (read, missing) in _readers().items():
            if read is None:
                figures[f"mrz_peers.{name}.installed"] = (0, f"no: {missing}")
            else:
                figures |= _judged(f"mrz_peers.{name}", list(read(paths)), truths)
    return figures


def _judged(name: str, results: list[Result], truths: list[tuple[Lines, ...]]) -> Figures:
    right = [lines in zones for (lines, _), zones in zip(results, truths, strict=True)]
    wrong = sum(bool(lines) for lines, _ in results) - sum(right)
    figures: Figures = {
        f"{name}.exact": (100 * sum(right) / len(right), "% of pictures"),
        f"{name}.wrong": (100 * wrong / len(right), "% of pictures"),
        f"{name}.read": (median(milliseconds for _, milliseconds in results), "ms"),
    }
    count = len(right) // len(CONDITIONS)
    for number, condition in enumerate(CONDITIONS):
        share = sum(right[number * count : (number + 1) * count]) / count
        figures[f"{name}.{condition}"] = (100 * share, "% exact")
    return figures


def _written(folder: Path, condition: str, count: int) -> list[tuple[Path, tuple[Lines, ...]]]:
    """Write the pictures of a condition into files: other programs take nothing else."""
    pictures = []
    for number, shot in enumerate(shots(condition, count)):
        path = folder / f"{condition}-{number}.png"
        path.write_bytes(cv2.imencode(".png", shot.grey)[1].tobytes())
        pictures.append((path, shot.zones))
    return pictures


def _readers() -> dict[str, tuple[Read | None, str]]:
    """Return every reader, or None with what would install it."""
    tesseract, python = shutil.which("tesseract"), os.environ.get("PASSPORTEYE_PYTHON")
    models = _models(tesseract) if tesseract else set()
    readers: dict[str, tuple[Read | None, str]] = {"ours": (_ours, "")}
    for model, missing in _MODELS.items():
        there = tesseract if model in models else None
        alone = partial(_tesseract, there, model) if there else None
        eye = partial(_passporteye, python, model) if there and python else None
        readers[f"tesseract_{model}"] = (alone, missing)
        readers[f"passporteye_{model}"] = (eye, _PASSPORTEYE if there else missing)
    return readers


def _ours(paths: list[Path]) -> Iterable[Result]:
    reader = MrzReader()
    for path in paths:
        grey = np.asarray(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE), np.uint8)
        start = time.perf_counter()
        sighting = reader.read_still(grey, today=TODAY)
        milliseconds = (time.perf_counter() - start) * 1000
        yield sighting.lines if sighting is not None else (), milliseconds


def _passporteye(python: str, model: str, paths: list[Path]) -> Iterable[Result]:
    script = Path(__file__).with_name("passporteye_reader.py")
    command = [python, str(script), model, *map(str, paths)]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    for line in said.stdout.splitlines():
        lines, milliseconds = json.loads(line)
        yield tuple(lines), milliseconds


def _tesseract(program: str, model: str, paths: list[Path]) -> Iterable[Result]:
    """The whole page as one block of text, of which the lines of a zone's length are taken."""
    for path in paths:
        command = [program, str(path), "stdout", "-l", model, "--psm", "6"]
        start = time.perf_counter()
        said = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=True)
        milliseconds = (time.perf_counter() - start) * 1000
        lines = ["".join(line.split()) for line in said.stdout.splitlines()]
        found = (line for line in lines if len(line) in LENGTHS and _LINE.fullmatch(line))
        yield tuple(found), milliseconds


def _models(program: str) -> set[str]:
    said = subprocess.run(
        [program, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=True
    )
    return set(said.stdout.split())
