"""What an operator can lay on the simulated tray, from the words of a verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from devices.camera.capture import PICTURES, read_picture
from devices.camera.scene import HEIGHT, PIXELS_PER_MM, WIDTH, Placement
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
_RANGES = {
    "x_mm": (-200, 200),
    "y_mm": (-200, 200),
    "angle": (-360, 360),
    "tilt_x": (-45, 45),
    "tilt_y": (-45, 45),
    "size": (0.1, 3),
    "blur": (0, 20),
    "motion": (0, 60),
    "motion_angle": (0, 360),
    "glare": (0, 2),
    "glare_x": (0, 1),
    "glare_y": (0, 1),
    "light": (0, 3),
    "shadow": (0, 1),
    "contrast": (0.05, 2),
    "finger": (0, 100),
    "finger_x": (0, 1),
    "cracked": (0, 1),
    "mirror": (0, 1),
    "infrared": (0, 1),
}
"""What `Placement` may be."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One of the things that are laid down together."""

    name: str
    draw: Callable[[], Drawing]
    """Draws it, the first time only: on the camera's thread, not on the operator's."""
    placement: Placement


def document(words: list[str]) -> Piece:
    """A specimen document by its name, with its side and placement.

    Raises:
        UnknownVerb: there is no such specimen, side or placement.
    """
    known = _specimens()
    if not words or words[0] not in known:
        raise UnknownVerb(f"place takes one of the specimens: {', '.join(known)}")
    options = dict(word.partition("=")[::2] for word in words[1:])
    side_name = options.pop("side", "")
    if side_name not in {"", *Side}:
        raise UnknownVerb("side is front or back")
    found = known[words[0]]
    side = Side(side_name) if side_name else None
    has_chip = found.chip is not None
    draw = cache(lambda: draw_document(found.document, side, chip=has_chip))
    return Piece(words[0], draw, _placement(options))


@cache
def _specimens() -> Mapping[str, Specimen]:
    return load_all()


def _placement(options: Mapping[str, str]) -> Placement:
    values: dict[str, float] = {}
    for name, text in options.items():
        low, high = _RANGES.get(name, (0, -1))
        try:
            values[name] = float(text)
        except ValueError:
            raise UnknownVerb(f"{name}={text} is no number") from None
        if not low <= values[name] <= high:
            known = ", ".join(f"{key} ({a:g} to {b:g})" for key, (a, b) in _RANGES.items())
            raise UnknownVerb(f"{name}={text} is not understood; there are {known}")
    return Placement(**values)


def phone(rest: str) -> Piece:
    """A phone with a code: kind, placement, text.

    Raises:
        UnknownVerb: there is no such kind or placement, or the code cannot hold the text.
    """
    kind, _, text = rest.partition(" ")
    options = {}
    while (word := text.partition(" ")[0]).partition("=")[0] in _RANGES:
        name, _, options[name] = word.partition("=")
        text = text.partition(" ")[2]
    symbology = SYMBOLOGIES.get(kind.removeprefix("dark-"))
    if symbology is None or not text:
        raise UnknownVerb(f"present takes one of {', '.join(SYMBOLOGIES)} and a text")
    try:
        check_text(text, symbology)
    except ValueError as error:
        raise UnknownVerb(f"{kind} cannot hold this text: {error}") from None
    draw = cache(lambda: draw_phone(text, symbology, dark=kind.startswith("dark-")))
    return Piece("phone", draw, _placement({"y_mm": "3", **options}))


def pictures(rest: str) -> tuple[list[Path], Placement]:
    """A picture file, or those of a folder in the order of their names, and the placement.

    Raises:
        UnknownVerb: there is none, or no such placement.
    """
    words = rest.split(" ")
    options = {}
    while len(words) > 1 and words[-1].partition("=")[0] in _RANGES:
        name, _, options[name] = words.pop().partition("=")
    path = Path(" ".join(words)).expanduser()
    paths = sorted(path.iterdir()) if path.is_dir() else [path]
    found = [each for each in paths if each.suffix.lower() in PICTURES and each.is_file()]
    if not found:
        raise UnknownVerb(f"show takes a picture, or a folder with some; {path} is neither")
    return found, _placement(options)


def picture(path: Path, placement: Placement) -> Piece:
    """A picture so large that it just fits into the camera's own.

    Raises:
        UnknownVerb: the file cannot be read.
    """
    image = read_picture(path)
    if image is None:
        raise UnknownVerb(f"{path} is no picture that can be read")
    tall, wide = image.shape[:2]
    drawing = Drawing(image, max(wide / WIDTH, tall / HEIGHT) * PIXELS_PER_MM, 0.0)
    return Piece(path.name, lambda: drawing, placement)
