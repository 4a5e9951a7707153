"""Names of the files that a document scanner leaves: which light each shows, of which placement."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Final

LIGHTS: Final = ("ir", "white", "uv")
"""In the order in which they are read: ink of zones absorbs infrared, and little else does."""
_ID: Final = "{id}"
_ONE, _MORE = "\0", "\1"
"""For `_meet`: any character, and any number of them."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Names of the files of one kind of light, e.g. ``{id}_ir.*`` or ``{id}/ir.png``."""

    text: str
    matcher: re.Pattern[str] = field(compare=False)

    @classmethod
    def of(cls, text: str) -> "_Pattern":
        """Understand a pattern.

        Raises:
            ValueError: it is no name of a file in the folder, or has several ``{id}``.
        """
        parts = text.split("/")
        if text.count(_ID) > 1 or any(not part or part.startswith(".") for part in parts):
            raise ValueError(
                "a pattern is a file's name in the folder, with {id} at most once, "
                "e.g. {id}_ir.*, {id}/ir.jpg or IR.jpg"
            )
        regular = re.escape(text).replace(re.escape(_ID), "([^/]+)").replace(r"\*", "[^/]*")
        return cls(text, re.compile(regular, re.IGNORECASE))

    @property
    def has_id(self) -> bool:
        return _ID in self.text

    @property
    def depth(self) -> int:
        """How many folders the file is in."""
        return self.text.count("/")

    @property
    def literal(self) -> int:
        """How many characters are not left open."""
        return len(self.text.replace(_ID, "").replace("*", ""))

    def id_of(self, name: str) -> str | None:
        """The placement that a name tells: empty when the pattern has no ``{id}``."""
        found = self.matcher.fullmatch(name)
        return found and (found.group(1) if self.has_id else "")


@dataclass(frozen=True, slots=True)
class Match:
    """What a file's name tells."""

    light: str
    id_: str
    """What the pictures of its placement have in common; empty when no name says it."""


class Patterns:
    """How the files of each light are named."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Understand patterns by light.

        ``{id}`` is what the pictures of one placement share, ``*`` anything; neither goes beyond
        the name of a file or folder.

        Raises:
            ValueError: with what would be right.
        """
        self._by_light: dict[str, _Pattern] = {}
        for light in LIGHTS:
            if light in texts:
                try:
                    self._by_light[light] = _Pattern.of(texts[light])
                except ValueError as error:
                    raise ValueError(f"{light}={texts[light]} is not understood; {error}") from None
        self._check()

    def __str__(self) -> str:
        return ", ".join(f"{light} {pattern.text}" for light, pattern in self._by_light.items())

    @property
    def lights(self) -> frozenset[str]:
        return frozenset(self._by_light)

    @property
    def depth(self) -> int:
        """In how many folders, one in the other, there may be files."""
        return max(pattern.depth for pattern in self._by_light.values())

    def match(self, name: str) -> Match | None:
        """Return what a path in the folder tells, by the pattern that leaves least open."""
        found: tuple[int, Match] | None = None
        for light, pattern in self._by_light.items():
            id_ = pattern.id_of(name)
            if id_ is not None and (found is None or pattern.literal > found[0]):
                found = pattern.literal, Match(light, id_)
        return found and found[1]

    def own_folders(self, name: str, light: str) -> Iterator[Path]:
        """Yield the folders that the placement of a file has for itself, the innermost first."""
        parts = name.split("/")
        pattern = self._by_light[light].text.split("/")
        shared = next((k for k, part in enumerate(pattern) if _ID in part), len(parts))
        for count in range(len(parts) - 1, shared, -1):
            yield Path(*parts[:count])

    def _check(self) -> None:
        for (light, one), (other_light, other) in combinations(self._by_light.items(), 2):
            pair = f"{light}={one.text} and {other_light}={other.text}"
            if one.has_id != other.has_id:
                raise ValueError(
                    f"{pair} do not go together: either every pattern has {{id}}, or none has, "
                    "and pictures that come together are one placement's"
                )
            if one.literal == other.literal and _overlap(one.text, other.text):
                raise ValueError(
                    f"{pair} cannot be told apart, for a name may be of both; make one more precise"
                )


ANY: Final = Patterns({"white": _ID})
"""Every picture is a placement of its own."""


def _overlap(one: str, other: str) -> bool:
    """Tell whether a name may be of both patterns.

    What is left open counts as having no dot here, or {id}_ir.* and {id}_uv.* would overlap in
    a_uv.b_ir.png.
    """
    open_ = (text.lower().replace(_ID, _ONE + _MORE).replace("*", _MORE) for text in (one, other))
    return _meet(*open_)


@cache
def _meet(one: str, other: str) -> bool:
    if one.startswith(_MORE):
        taken = other != "" and other[0] not in "/." and _meet(one, other[1:])
        return taken or _meet(one[1:], other)
    if other.startswith(_MORE):
        return _meet(other, one)
    if not (one and other):
        return one == other
    pair = {one[0], other[0]}
    fits = len(pair) == 1 or (_ONE in pair and not pair & {"/", "."})
    return fits and _meet(one[1:], other[1:])
