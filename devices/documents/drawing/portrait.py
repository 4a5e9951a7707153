"""The holder's picture: a drawn silhouette, nobody's likeness."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

_SKIN = ((224, 188, 160), (198, 150, 116), (141, 97, 68), (240, 208, 184), (172, 124, 90))
_HAIR = ((44, 34, 30), (92, 62, 40), (20, 20, 24), (150, 116, 70), (120, 118, 116))
_CLOTH = ((52, 66, 92), (96, 40, 48), (60, 78, 66), (70, 70, 78), (120, 104, 80))


def portrait(seed: int, *, long_hair: bool) -> Image.Image:
    """Return an RGB picture in the proportions 35 : 45, the same for the same seed."""
    rng = np.random.default_rng(seed)
    skin, hair, cloth = (
        palette[int(rng.integers(len(palette)))] for palette in (_SKIN, _HAIR, _CLOTH)
    )
    width, height = 350, 450
    shade = np.linspace(232, 206, height)[:, None, None] * np.ones((1, width, 3))
    image = Image.fromarray((shade * (0.97, 0.99, 1.0)).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    if long_hair:
        draw.rounded_rectangle((92, 92, 258, 350), 80, hair)
    draw.rounded_rectangle((30, 345, 320, 560), 100, cloth)
    draw.rounded_rectangle((145, 270, 205, 385), 28, _darker(skin))
    draw.ellipse((105, 85, 245, 305), skin)
    draw.pieslice((100, 66, 250, 250), 180, 360, hair)
    fringe = int(rng.integers(10, 40))
    draw.ellipse((100, 120, 150, 150 + fringe), hair)
    draw.ellipse((200, 120, 250, 150 + fringe), hair)
    for eye in (150, 200):
        draw.ellipse((eye - 13, 186, eye + 13, 200), (245, 243, 240))
        draw.ellipse((eye - 6, 186, eye + 6, 199), (50, 40, 36))
        draw.line((eye - 17, 174, eye + 16, 171), _darker(hair), 5)
    draw.line((175, 200, 170, 236, 180, 238), _darker(skin), 4)
    draw.arc((150, 238, 200, 268), 15, 165, (150, 70, 70), 5)
    if not long_hair and rng.random() < 0.4:
        draw.chord((122, 225, 228, 306), 10, 170, _darker(hair))
        draw.arc((150, 238, 200, 264), 15, 165, (170, 90, 86), 5)
    return image.filter(ImageFilter.GaussianBlur(1.6))


def _darker(colour: tuple[int, int, int]) -> tuple[int, int, int]:
    return colour[0] * 3 // 4, colour[1] * 3 // 4, colour[2] * 3 // 4
