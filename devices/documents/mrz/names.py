"""The name field: its two identifiers, and how long names are cut (Doc 9303-4, section 4.2.3)."""

from devices.documents.mrz.checkdigit import FILLER

_SEPARATOR = FILLER * 2
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_SECONDARY_SHARE = 5
"""When both parts are too long, the secondary identifier keeps at least a fifth of the field."""


class NameShapeError(ValueError):
    """The name field has no primary identifier where one must be."""


def split_name(field: str) -> tuple[str, str, bool]:
    """Return primary and secondary identifier and whether the fillers stand as the standard wants.

    Raises NameShapeError when the field does not begin with a letter.
    """
    if not field or field[0] not in _LETTERS:
        raise NameShapeError("the name must begin with a letter")
    text = field.rstrip(FILLER)
    primary, _, secondary = text.partition(_SEPARATOR)
    regular = _SEPARATOR not in secondary and not secondary.startswith(FILLER)
    return _spaced(primary), _spaced(secondary), regular


def may_be_truncated(field: str) -> bool:
    """Tell whether the last position holds a letter, which says that the name may have been cut."""
    return field[-1:] in _LETTERS


def join_name(primary: str, secondary: str, length: int) -> str:
    """Return the name field; ``primary`` and ``secondary`` are words of A-Z with single spaces.

    A name that does not fit is cut so that the last position is a letter, and so that something of
    both identifiers stays. Which of the ways that the standard leaves open a state takes differs.
    """
    first, second = primary.replace(" ", FILLER), secondary.replace(" ", FILLER)
    whole = first + _SEPARATOR + second if second else first
    if len(whole) <= length:
        return whole.ljust(length, FILLER)
    if not second:
        return _cut(first, length)
    share = min(len(second), length // _SECONDARY_SHARE)
    if len(first) > length - len(_SEPARATOR) - share:
        first = _cut(first, length - len(_SEPARATOR) - share)
    return first + _SEPARATOR + _cut(second, length - len(first) - len(_SEPARATOR))


def _cut(words: str, length: int) -> str:
    """Cut to ``length`` so that it ends in a letter, if need be by shortening an earlier word."""
    if len(words) <= length:
        return words.ljust(length, FILLER)
    while words[length - 1] == FILLER:
        parts = words[: length - 1].split(FILLER)
        longest = max(range(len(parts)), key=lambda i: len(parts[i]))
        shortened = parts[longest][:-1]
        parts[longest : longest + 1] = [shortened] if shortened else []
        words = FILLER.join(parts) + words[length - 1 :]
    return words[:length]


def _spaced(words: str) -> str:
    return " ".join(word for word in words.split(FILLER) if word)
