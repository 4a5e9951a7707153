"""Values of certificates that are not quite what the standard asks, yet clear in their meaning."""

from datetime import UTC, datetime

from asn1crypto import core, x509


def moment(time: x509.Time) -> datetime:
    """A time, aware; one without zone is taken as UTC. Raises ValueError for what is no time."""
    found = time.native
    if not isinstance(found, datetime):
        raise ValueError(f"{found} is no date of the calendar")  # noqa: TRY004 -- data, not a type
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def unsigned(integer: core.Integer) -> int:
    """A number that cannot be negative: some encoders forget the leading zero."""
    return int.from_bytes(integer.contents, "big")


def text(value: core.Asn1Value) -> str:
    """A string, also where its bytes do not fit its type."""
    try:
        return str(value.native)
    except UnicodeDecodeError:
        # a choice holds the string one level below
        contents = getattr(value, "chosen", value).contents
        return bytes(contents).decode("latin-1")
