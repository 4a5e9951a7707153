"""What is wrong with a serial port, in words for those who look after the machine."""

import errno


def why_unusable(port: str, error: BaseException, device: str) -> str:
    """Why a port cannot be opened, and what to do.

    Args:
        port: its path.
        error: what the system said; its ``errno`` is looked at.
        device: what should be on it, e.g. ``printer``.
    """
    match getattr(error, "errno", None):
        case errno.ENOENT:
            return f"there is no port {port}: check the {device}'s cable and the configuration"
        case errno.EACCES:
            return f"no permission to use {port}: add the kiosk's user to the group dialout"
        case errno.EAGAIN | errno.EBUSY:
            return f"another program uses {port}: end it"
        case _:
            return f"{port} is no serial port, or does not work"
