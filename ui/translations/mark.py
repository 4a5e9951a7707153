"""Marking texts in Python for Qt's lupdate, which knows this function by its name."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: ARG001, N802 -- Qt's own macro
    """Return the source text as it is; it is translated where it is shown."""
    return text
