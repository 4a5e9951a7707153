"""What can go wrong between the kiosk and a chip."""


class ChipError(Exception):
    """Base of every error that reading a chip document can raise. Never holds personal data."""


class CardRemoved(ChipError):  # noqa: N818 -- a state of the world, named as the event is
    """The document was taken away, or the reader was unplugged."""


class CardSilent(ChipError):  # noqa: N818 -- as above
    """The card did not answer in time."""
