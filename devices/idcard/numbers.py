"""Card numbers of foreigners' permanent resident ID cards, and their check characters."""

import re

from devices.documents.mrz.checkdigit import check_digit

_NUMBER_2017 = re.compile(r"[A-Z<]{3}[0-9]{12}")
_NUMBER_2023 = re.compile(r"9[0-9]{16}[0-9X]")
_LINK = re.compile(r"[0-9]{3}")
_STATE = re.compile(r"[A-Z]{3}|D<<")

_WEIGHTS = tuple(2**exponent % 11 for exponent in range(17, 0, -1))
_CHECK_CHARACTERS = "10X98765432"


def gb11643_check_character(digits: str) -> str:
    """The 18th character of a number whose first 17 digits are given (GB 11643, ISO 7064 MOD 11-2).

    Raises:
        ValueError: not 17 digits.
    """
    if not re.fullmatch(r"[0-9]{17}", digits):
        raise ValueError("the check character is of 17 digits")
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def number_2017_error(number: str) -> str | None:
    """What is wrong with the number of a 2017 card, or None.

    It has 15 characters: the state's three letters, then digits, of which the last is the check
    digit of ICAO Doc 9303-3 (weights 7, 3, 1) over the fourteen characters before it.
    """
    if not _NUMBER_2017.fullmatch(number):
        return "is not three letters and twelve digits"
    if check_digit(number[:14]) != number[14]:
        return "has a wrong check digit"
    return None


def number_2023_error(number: str) -> str | None:
    """What is wrong with the number of a 2023 card, or None.

    It has 18 characters: 9, two digits of the province, three of the state (ISO 3166-1 numeric),
    eight of the birth date, three of a sequence, and the check character of GB 11643.
    """
    if not _NUMBER_2023.fullmatch(number):
        return "is not a 9 followed by 16 digits and a check character"
    if gb11643_check_character(number[:17]) != number[17]:
        return "has a wrong check character"
    return None


def number_2017_of_2023(number: str, state: str, link: str) -> str | None:
    """The 15-character number that the holder of a 2023 card had before, or None.

    The 2023 card carries three digits as 'link to the number of earlier versions': two of the
    prefecture and one of the old sequence. With them the old number is put together:

    ==========  =====================================================
    characters  taken from
    ==========  =====================================================
    1 to 3      the state's letters as the 2023 card has them
    4 to 5      the province, characters 2 and 3 of the new number
    6 to 7      the first two digits of the link
    8 to 13     the birth date as YYMMDD, characters 9 to 14 of the new number
    14          the third digit of the link
    15          check digit, weights 7, 3, 1
    ==========  =====================================================

    Source: 'Rules for the machine-readable information of the 2023 permanent resident ID card'
    (National Immigration Administration, published with readers' documentation in October 2023)
    for the make-up of both numbers; the composition itself as several makers of readers have
    published it in their sample programs, which agree with each other. It has not been
    checked against a pair of real cards. It cannot be right for a holder whose nationality has
    changed between the two cards, because the old number begins with the old one.

    A card without link (its holder had no earlier card), or with anything but three digits there,
    gives None: nothing is guessed.
    """
    if not _LINK.fullmatch(link) or not _STATE.fullmatch(state):
        return None
    if number_2023_error(number) is not None:
        return None
    body = state + number[1:3] + link[:2] + number[8:14] + link[2]
    return body + check_digit(body)
