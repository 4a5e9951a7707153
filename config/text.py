"""Text in several languages."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

LanguageTag = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"),
    Field(examples=["zh-Hant"]),
]
"""Language tag after BCP 47 (RFC 5646): language, script, region, e.g. ``zh`` or ``zh-Hant``."""


def _has_chinese_and_english(texts: dict[str, str]) -> dict[str, str]:
    missing = [tag for tag in ("zh", "en") if tag not in texts]
    if missing:
        raise ValueError(f"give the text at least in zh and en; missing: {', '.join(missing)}")
    return texts


LocalizedText = Annotated[
    dict[LanguageTag, Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]],
    AfterValidator(_has_chinese_and_english),
]
"""The same text per language tag; Chinese and English are always there."""


def in_language(text: dict[str, str], language: str) -> str:
    """The text in a language; English where it has not been translated."""
    return text.get(language) or text["en"]
