"""What can go wrong between the kiosk and a chip."""


class ChipError(Exception):
    """Base of every error that reading a chip document can raise. Never holds personal data."""


class CardRemoved(ChipError):  # noqa: N818 -- a state of the world, named as the event is
    """The document was taken away, or the reader was unplugged."""


class CardSilent(ChipError):  # noqa: N818 -- as above
    """The card did not answer in time."""


class ReaderUnavailable(ChipError):  # noqa: N818 -- as above
    """There is no reader, or the service that reaches it (pcscd) does not run."""


class ReadingCancelled(ChipError):  # noqa: N818 -- an outcome, named as one
    """The caller no longer wants the document read."""


class MalformedReply(ChipError):  # noqa: N818 -- as above
    """The card answered something that no card should: the text says what."""


class CardRefused(ChipError):  # noqa: N818 -- as above
    """The card answered a command with an error status word."""

    def __init__(self, what: str, sw: int) -> None:
        super().__init__(f"{what}: the card answered {sw:04X}")
        self.sw = sw


class CryptoError(ChipError):
    """A cryptographic check failed, or a key or parameter is not acceptable."""


class AccessDenied(ChipError):  # noqa: N818 -- as above
    """The card does not accept the MRZ or CAN: it was read or typed wrongly."""


class AccessFailed(ChipError):  # noqa: N818 -- as above
    """Access control did not work, for another reason than wrong credentials."""


class SessionLost(ChipError):  # noqa: N818 -- as above
    """Secure messaging has ended; access control has to be run again."""

    def __init__(self, what: str, sw: int = 0) -> None:
        super().__init__(f"{what} ({sw:04X})" if sw else what)
        self.sw = sw


class MrzMismatch(ChipError):  # noqa: N818 -- as above
    """The MRZ in the chip is not the one printed on the document."""


class UnsupportedDocument(ChipError):  # noqa: N818 -- as above
    """The chip is no travel document, or asks for something outside the standards."""
