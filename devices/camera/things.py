"""What an operator can lay on the simulated tray, from the words of a verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from devices.camera.capture import PICTURES, read_picture
from devices.camera.scene import HEIGHT, PIXELS_PER_MM, WIDTH
from devices.camera.words import WORDS, Manner, manner
from devices.control import UnknownVerb
from devices.documents.drawing import Drawing, Side, draw_document, draw_phone
from devices.documents.drawing.phone import check_text
from devices.documents.specimen import Specimen, load_all

SYMBOLOGIES = {
    "qr": "QRCode",
    "aztec": "Aztec",
    "datamatrix": "DataMatrix",
    "pdf417": "PDF417",
    "code128": "Code128",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One of the things that are laid down together."""

    name: str
    draw: Callable[[], Drawing]
    """Draws it, the first time only: on the camera's thread, not on the operator's."""
    manner: Manner


def document(words: list[str]) -> Piece:
    """A specimen document by its name, with its side and `WORDS`.

    Raises:
        UnknownVerb: there is no such specimen or side, or a word is wrong.
    """
    known = _specimens()
    if not words or words[0] not in known:
        raise UnknownVerb(f"place takes one of the specimens: {', '.join(known)}")
    options = dict(word.partition("=")[::2] for word in words[1:])
    side_name = options.pop("side", "")
    if side_name not in {"", *Side}:
        raise UnknownVerb("side is front or back")
    side = Side(side_name) if side_name else None
    return _piece(words[0], lambda: _drawn(words[0], side), manner(options))


@lru_cache(maxsize=4)
def _drawn(name: str, side: Side | None) -> Drawing:
    found = _specimens()[name]
    return draw_document(found.document, side, chip=found.chip is not None)


@cache
def _specimens() -> Mapping[str, Specimen]:
    return load_all()


def phone(rest: str) -> Piece:
    """A phone with a code: kind, `WORDS`, text.

    Raises:
        UnknownVerb: there is no such kind, a word is wrong, or the code cannot hold the text.
    """
    kind, _, text = rest.partition(" ")
    options = {}
    while (word := text.partition(" ")[0]).partition("=")[0] in WORDS:
        name, _, options[name] = word.partition("=")
        text = text.partition(" ")[2]
    symbology = SYMBOLOGIES.get(kind.removeprefix("dark-"))
    if symbology is None or not text:
        raise UnknownVerb(f"present takes one of {', '.join(SYMBOLOGIES)} and a text")
    try:
        check_text(text, symbology)
    except ValueError as error:
        raise UnknownVerb(f"{kind} cannot hold this text: {error}") from None
    dark = kind.startswith("dark-")
    held = manner({"y_mm": "3", **options})
    return _piece("phone", lambda: draw_phone(text, symbology, dark=dark), held)


def pictures(rest: str) -> tuple[list[Path], Manner]:
    """A picture file, or those of a folder in the order of their names, and how they are shown.

    Raises:
        UnknownVerb: there is none, or a word is wrong.
    """
    words = rest.split(" ")
    options = {}
    while len(words) > 1 and words[-1].partition("=")[0] in WORDS:
        name, _, options[name] = words.pop().partition("=")
    path = Path(" ".join(words)).expanduser()
    paths = sorted(path.iterdir()) if path.is_dir() else [path]
    found = [each for each in paths if each.suffix.lower() in PICTURES and each.is_file()]
    if not found:
        raise UnknownVerb(f"show takes a picture, or a folder with some; {path} is neither")
    return found, manner(options)


def picture(path: Path, shown: Manner) -> Piece:
    """A picture so large that it just fits into the camera's own.

    Raises:
        UnknownVerb: the file cannot be read.
    """
    image = read_picture(path)
    if image is None:
        raise UnknownVerb(f"{path} is no picture that can be read")
    tall, wide = image.shape[:2]
    drawing = Drawing(image, max(wide / WIDTH, tall / HEIGHT) * PIXELS_PER_MM, 0.0)
    return _piece(path.name, lambda: drawing, shown)


def _piece(name: str, draw: Callable[[], Drawing], held: Manner) -> Piece:
    return Piece(name, cache(lambda: held.wear.of(draw())), held)
