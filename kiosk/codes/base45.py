"""Base45 (RFC 9285): bytes as text that a QR code stores in its alphanumeric mode."""

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}


def encode(data: bytes) -> str:
    """RFC 9285, section 4: three characters for two bytes, two for a last single one."""
    out = []
    for start in range(0, len(data), 2):
        pair = data[start : start + 2]
        number = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            number, digit = divmod(number, 45)
            out.append(_ALPHABET[digit])
    return "".join(out)


def decode(text: str) -> bytes:
    """The inverse of `encode`.

    Raises:
        ValueError: `text` is no Base45.
    """
    out = bytearray()
    for start in range(0, len(text), 3):
        group = text[start : start + 3]
        try:
            number = sum(_VALUES[character] * 45**place for place, character in enumerate(group))
        except KeyError as error:
            raise ValueError(f"{error.args[0]!r} is no Base45 character") from error
        size = len(group) - 1
        if size == 0 or number >= 256**size:
            raise ValueError("no Base45 text has this length or group")
        out += number.to_bytes(size, "big")
    return bytes(out)
