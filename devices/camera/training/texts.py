"""Texts with the characters of machine readable zones, of nobody."""

import numpy as np

from devices.documents.mrz.checkdigit import ALPHABET, FILLER

_DIGITS = ALPHABET[:10]
_LETTERS = ALPHABET[10:-1]
_ALIKE = "O0QDUC1ILTJ7Y8B3S5ZG6<KXMWNHAVREFP2"
"""Characters that are taken for each other."""
_COMMON = "AAAAEEEEIIIOOUNNNRRRSSTTLLMMDHKCBGPVYWJFZXQ"


def zone_text(rng: np.random.Generator) -> tuple[str, ...]:
    """Return the lines of a zone: two of 36 or 44, or three of 30."""
    length = int(rng.choice([30, 36, 44], p=[0.35, 0.2, 0.45]))
    kinds = [_number_first, _data, _name] if length == 30 else [_code_and_name, _number_and_data]
    if rng.random() < 0.25:
        kinds = [_anything] * len(kinds)
    return tuple(kind(rng, length) for kind in kinds)


def line_text(rng: np.random.Generator, length: int) -> str:
    """Return one line, of any place in a zone or none."""
    kinds = (_code_and_name, _number_and_data, _number_first, _data, _name, _anything)
    kind = kinds[int(rng.choice(len(kinds), p=[0.2, 0.25, 0.08, 0.07, 0.1, 0.3]))]
    return kind(rng, length)


def _code_and_name(rng: np.random.Generator, length: int) -> str:
    code = str(
        rng.choice(["P<", "PO", "PM", "V<", "I<", "ID", "AC", "P" + _some(rng, _LETTERS, 1)])
    )
    return _filled(rng, code + _some(rng, _LETTERS, 3) + _names(rng), length)


def _name(rng: np.random.Generator, length: int) -> str:
    return _filled(rng, _names(rng), length)


def _names(rng: np.random.Generator) -> str:
    source = _COMMON if rng.random() < 0.6 else _LETTERS
    parts = [_some(rng, source, int(rng.integers(1, 13))) for _ in range(rng.integers(1, 5))]
    primary = int(rng.integers(1, len(parts) + 1))
    return FILLER.join(parts[:primary]) + FILLER * 2 + FILLER.join(parts[primary:])


def _number_first(rng: np.random.Generator, length: int) -> str:
    code = str(rng.choice(["I<", "ID", "AC", "C<", "IR"])) + _some(rng, _LETTERS, 3)
    return _filled(rng, code + _number(rng) + _rest(rng), length)


def _data(rng: np.random.Generator, length: int) -> str:
    text = _some(rng, _DIGITS, 7) + str(rng.choice(list("MFX<"))) + _some(rng, _DIGITS, 7)
    text += _some(rng, _LETTERS, 3) + _rest(rng)
    return _filled(rng, text, length - 1) + _some(rng, _DIGITS, 1)


def _number_and_data(rng: np.random.Generator, length: int) -> str:
    text = _number(rng) + _some(rng, _LETTERS, 3) + _some(rng, _DIGITS, 7)
    text += str(rng.choice(list("MFX<"))) + _some(rng, _DIGITS, 7) + _rest(rng)
    return _filled(rng, text, length - 1) + _some(rng, _DIGITS + FILLER, 1)


def _number(rng: np.random.Generator) -> str:
    source = (_DIGITS, _DIGITS + _LETTERS, _ALIKE.replace(FILLER, ""))[int(rng.integers(3))]
    head = _some(rng, _LETTERS, int(rng.integers(0, 3)))
    return (head + _some(rng, source, 9))[:9] + _some(rng, _DIGITS, 1)


def _rest(rng: np.random.Generator) -> str:
    if rng.random() < 0.5:
        return ""
    return _some(rng, _DIGITS + _LETTERS + FILLER, int(rng.integers(1, 15)))


def _anything(rng: np.random.Generator, length: int) -> str:
    source = ALPHABET if rng.random() < 0.5 else _ALIKE
    text = _some(rng, source, length)
    if rng.random() < 0.4:
        start = int(rng.integers(length))
        run = int(rng.integers(2, 16))
        text = (text[:start] + FILLER * run + text[start:])[:length]
    return text


def _some(rng: np.random.Generator, characters: str, count: int) -> str:
    return "".join(characters[i] for i in rng.integers(0, len(characters), count))


def _filled(rng: np.random.Generator, text: str, length: int) -> str:
    """Return the text with fillers up to its length; now and then the name fills all of it."""
    if rng.random() < 0.1:
        text += _some(rng, _LETTERS, length)
    return text[:length].ljust(length, FILLER)
