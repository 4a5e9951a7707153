"""Personal data as the screen may show it: enough to recognise one's own, no more."""

from datetime import date

from devices.documents.identity import Identity, PartialDate

DOTS = "•••"
"""Always as many, so that the length is not given away."""


def mask_word(word: str) -> str:
    """Return the first character and dots; a single character is hidden whole."""
    return word[0] + DOTS if len(word) > 1 else DOTS


def mask_name(primary: str, secondary: str = "") -> str:
    """Return the name with the first letter of each word, the primary identifier first.

    >>> mask_name("ERIKSSON", "ANNA MARIA")
    'E••• A••• M•••'
    """
    return " ".join(mask_word(word) for word in f"{primary} {secondary}".split())


def mask_number(number: str) -> str:
    """Return a document number with its first and its last two characters.

    Numbers of less than six characters show the last one only.

    >>> mask_number("L898902C3")
    'L•••C3'
    """
    if len(number) < 6:
        return DOTS + number[-1:]
    return number[0] + DOTS + number[-2:]


def mask_birth_date(birth: PartialDate | date) -> str:
    """Return the year alone, as ``1974-••-••``; dots for an unknown year."""
    year = "••••" if birth.year is None else f"{birth.year:04d}"
    return f"{year}-••-••"


def mask_identity_name(identity: Identity) -> str:
    """Return `mask_name` of an identity."""
    return mask_name(identity.primary_identifier, identity.secondary_identifier)
