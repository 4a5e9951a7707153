"""Check digits of the machine readable zone (ICAO Doc 9303-3, section 4.9)."""

FILLER = "<"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
"""Every character that may stand in a machine readable zone (Doc 9303-3, section 4.3)."""

_VALUES = {character: value for value, character in enumerate(ALPHABET[:-1])} | {FILLER: 0}
_WEIGHTS = (7, 3, 1)


def check_digit(text: str) -> str:
    """Return the check digit of ``text``: modulus 10 with the weights 7, 3, 1; the filler counts 0.

    Raises ValueError when a character is not of the machine readable zone.
    """
    try:
        total = sum(_VALUES[c] * _WEIGHTS[i % 3] for i, c in enumerate(text))
    except KeyError:
        raise ValueError("only A-Z, 0-9 and < have a value in a check digit") from None
    return str(total % 10)
