"""Every pair of text and ground that the screens use has the contrast of WCAG 2.2, 1.4.3 (AA)."""

import re
from pathlib import Path

import pytest

import ui

THEME = (Path(ui.__file__).parent / "components" / "Theme.qml").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r'property color (\w+): "#([0-9A-F]{6})"', THEME))
ENOUGH = 4.5
PAIRS = [
    ("ink", "background"),
    ("ink", "surface"),
    ("inkSoft", "background"),
    ("inkSoft", "surface"),
    ("onDark", "navy"),
    ("onDarkSoft", "navy"),
    ("onDark", "primary"),
    ("onDark", "primaryPressed"),
    ("onDarkSoft", "primary"),
    ("onDarkSoft", "primaryPressed"),
    ("onDark", "success"),
    ("primary", "surface"),
    ("primary", "background"),
    ("primary", "primarySoft"),
    ("success", "successSoft"),
    ("warning", "warningSoft"),
    ("danger", "dangerSoft"),
]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, definitions)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    lighter, darker = sorted((luminance(COLOURS[text]), luminance(COLOURS[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= ENOUGH
