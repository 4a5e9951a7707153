"""Figures as lines for a person to read."""

import math

from benchmarks.figures import Figures

SIGNIFICANT_DIGITS = 4


def table(figures: Figures) -> str:
    """One line for each figure, in the order in which they were measured, points aligned."""
    rows = [(name, *_split(value), unit) for name, (value, unit) in figures.items()]
    names, wholes, fractions, _ = (max(map(len, column)) for column in zip(*rows, strict=True))
    return "\n".join(
        f"  {name:<{names}}  {whole:>{wholes}}{fraction:<{fractions}}  {unit}"
        for name, whole, fraction, unit in rows
    )


def _split(value: float) -> tuple[str, str]:
    """The digits before the point, and the point with those after it that mean something."""
    if value == int(value):
        return f"{int(value):,}", ""
    digits = SIGNIFICANT_DIGITS - 1 - math.floor(math.log10(abs(value)))
    whole, _, fraction = f"{value:,.{max(0, digits)}f}".partition(".")
    return whole, f".{fraction}" if fraction else ""
