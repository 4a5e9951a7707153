"""The 256 bytes of text on a card: fields of fixed length in UTF-16LE, padded with spaces."""

from collections.abc import Mapping
from dataclasses import dataclass

TEXT_LENGTH = 256
TYPE_OFFSET = 248
"""Where every card has its type, one UTF-16 character."""


class CardTextError(ValueError):
    """A card's text cannot be used; the message names the field and why, never what it holds."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The fields of one type of card in their order, each with its length in bytes."""

    fields: tuple[tuple[str, int], ...]

    def __post_init__(self) -> None:
        if sum(length for _, length in self.fields) != TEXT_LENGTH:
            raise ValueError(f"a layout's fields have {TEXT_LENGTH} bytes in all")

    def split(self, text: bytes | bytearray) -> dict[str, str]:
        """All fields, as long as they stand on the card: padding is kept.

        Raises:
            CardTextError: not 256 bytes, or a field is no UTF-16.
        """
        if len(text) != TEXT_LENGTH:
            raise CardTextError(f"the text has {len(text)} bytes instead of {TEXT_LENGTH}")
        values: dict[str, str] = {}
        start = 0
        for name, length in self.fields:
            try:
                value = bytes(text[start : start + length]).decode("utf-16-le")
            except UnicodeDecodeError:
                raise CardTextError(f"{name} is no UTF-16 text") from None
            values[name] = value.replace("\0", " ")
            start += length
        return values

    def join(self, values: Mapping[str, str]) -> bytes:
        """Lay out fields; those that are not given are blank.

        Raises:
            CardTextError: a value is too long, or there is no such field.
        """
        if unknown := values.keys() - dict(self.fields):
            raise CardTextError(f"there is no field {', '.join(sorted(unknown))} on this card")
        text = b""
        for name, length in self.fields:
            value = values.get(name, "").encode("utf-16-le")
            if len(value) > length:
                raise CardTextError(f"{name} is longer than {length // 2} characters")
            text += value + " ".encode("utf-16-le") * ((length - len(value)) // 2)
        return text
