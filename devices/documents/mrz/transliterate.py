"""Names in national letters to the letters of the zone (ICAO Doc 9303-3, sections 4.6 and 6)."""

import unicodedata
from collections.abc import Mapping

_LATIN = {
    "Ä": "AE", "Å": "AA", "Æ": "AE", "Ð": "D", "Đ": "D", "Ħ": "H", "Ĳ": "IJ", "ĸ": "Q", "Ł": "L",
    "Ŀ": "L", "Ŋ": "N", "Ö": "OE", "Ø": "OE", "Œ": "OE", "ẞ": "SS", "Þ": "TH", "Ŧ": "T",
    "Ü": "UE", "Ə": "E",
}  # fmt: skip
"""Section 6 A, where the letter does more than lose its mark."""

_CYRILLIC = {
    "А": "A", "Б": "B", "В": "V", "Г": "G", "Ґ": "G", "Д": "D", "Ђ": "D", "Ѓ": "G", "Е": "E",
    "Ё": "E", "Є": "IE", "Ж": "ZH", "З": "Z", "Ѕ": "DZ", "И": "I", "І": "I", "Ї": "I", "Й": "I",
    "Ј": "J", "К": "K", "Ќ": "K", "Л": "L", "Љ": "LJ", "М": "M", "Н": "N", "Њ": "NJ", "О": "O",
    "П": "P", "Р": "R", "С": "S", "Т": "T", "Ћ": "C", "У": "U", "Ў": "U", "Ф": "F", "Х": "KH",
    "Ц": "TS", "Ч": "CH", "Џ": "DZ", "Ш": "SH", "Щ": "SHCH", "Ъ": "IE", "Ы": "Y", "Ь": "",
    "Э": "E", "Ю": "IU", "Я": "IA", "Ѫ": "U", "Ѵ": "Y",
}  # fmt: skip
"""Section 6 B."""

_ARABIC = {
    "ء": "XE", "آ": "XAA", "أ": "XAE", "ؤ": "U", "إ": "I", "ئ": "XI", "ا": "A", "ب": "B",
    "ة": "XTA", "ت": "T", "ث": "XTH", "ج": "J", "ح": "XH", "خ": "XKH", "د": "D", "ذ": "XDH",
    "ر": "R", "ز": "Z", "س": "S", "ش": "XSH", "ص": "XSS", "ض": "XDZ", "ط": "XTT", "ظ": "XZZ",
    "ع": "E", "غ": "G", "ف": "F", "ق": "Q", "ك": "K", "ل": "L", "م": "M", "ن": "N", "ه": "H",
    "و": "W", "ى": "XAY", "ي": "Y", "ٱ": "XXA", "ٹ": "XXT", "پ": "P", "چ": "XC", "ڈ": "XXD",
    "ڑ": "XXR", "ژ": "XJ", "ک": "XKK", "گ": "XGG", "ں": "XNN", "ھ": "XDO", "ی": "XYA", "ے": "XYB",
    "ـ": "",
}  # fmt: skip
"""Section 6 C: the letters of Arabic, Farsi and Urdu. The vowel signs are not written."""

_LANGUAGES: Mapping[str, Mapping[str, str]] = {
    "be": {"Г": "H", "Ё": "IO"},
    "bg": {"Щ": "SHT"},
    "mk": {"Ж": "Z", "Х": "H", "Ц": "C", "Ч": "C", "Ш": "S", "Ѓ": "GJ", "Ќ": "KJ", "Џ": "DJ"},
    "sr": {"Ж": "Z", "Х": "H", "Ц": "C", "Ч": "C", "Ш": "S"},
    "uk": {"Г": "H", "И": "Y"},
}
"""Where section 6 B gives a language of its own."""

_REMOVED = "'’‘ʼʹʺ`´.\u200c\u200d"
"""Apostrophes and full stops vanish (section 4.6); so do signs that only join letters."""
_SPACES = "-‐‑‒–—−,/·"
"""Hyphens and commas become fillers, which stand for spaces here."""
_SHADDA = "\u0651"


def transliterate(text: str, language: str = "") -> str:
    """Return ``text`` in the letters A-Z, its words divided by single spaces.

    ``language`` (ISO 639-1) chooses where the standard differs by language: be, bg, mk, sr, uk.
    Raises ValueError for a character that the standard has no letters for, a digit for example:
    digits must be written out as words (section 4.6).
    """
    special = _LANGUAGES.get(language, {})
    out: list[str] = []
    for character in unicodedata.normalize("NFC", text).upper():
        if character == _SHADDA and out:
            out.append(out[-1])  # the letter is doubled
        else:
            out.append(special.get(character, _letters(character)))
    return " ".join("".join(out).split())


def _letters(character: str) -> str:
    if "A" <= character <= "Z":
        return character
    if character.isspace() or character in _SPACES:
        return " "
    if character in _REMOVED or unicodedata.combining(character):
        return ""
    for table in (_LATIN, _CYRILLIC, _ARABIC):
        if character in table:
            return table[character]
    base = unicodedata.normalize("NFD", character)[0]
    if base != character:
        return _letters(base)
    raise ValueError(
        f"a machine readable zone has no letters for {unicodedata.name(character, 'a character')}"
    )
