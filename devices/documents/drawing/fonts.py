"""Fonts of Debian's packages, found once and kept by size."""

from enum import Enum
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

_ROOT = Path("/usr/share/fonts")


class FontMissing(RuntimeError):  # noqa: N818 -- what is wrong with the machine
    """A font is not installed; the text says which package has it."""


class Face(Enum):
    """A font by what it is for: path below the font folder, Debian package, index in the file."""

    OCR_B = ("opentype/ocr-b/OCRB.otf", "fonts-ocr-b", 0)
    """Every character 0.723 of the size wide."""
    SANS = ("truetype/noto/NotoSans-Regular.ttf", "fonts-noto-core", 0)
    BOLD = ("truetype/noto/NotoSans-Bold.ttf", "fonts-noto-core", 0)
    SIGNATURE = ("truetype/noto/NotoSerif-Italic.ttf", "fonts-noto-core", 0)
    CHINESE = ("opentype/noto/NotoSansCJK-Regular.ttc", "fonts-noto-cjk", 2)
    CHINESE_BOLD = ("opentype/noto/NotoSansCJK-Bold.ttc", "fonts-noto-cjk", 2)

    def for_text(self, text: str) -> "Face":
        """Return the face that has the letters of ``text``: the Chinese one where it is needed."""
        if self is Face.OCR_B or all(character < "\u2e80" for character in text):
            return self
        return Face.CHINESE_BOLD if self is Face.BOLD else Face.CHINESE


@lru_cache(maxsize=128)
def font(face: Face, size: float) -> ImageFont.FreeTypeFont:
    """Return the face at a size in pixels; raises FontMissing."""
    path, package, index = face.value
    try:
        return ImageFont.truetype(str(_ROOT / path), size, index=index)
    except OSError:
        raise FontMissing(
            f"the font {_ROOT / path} is missing; install it with: apt-get install {package}"
        ) from None
