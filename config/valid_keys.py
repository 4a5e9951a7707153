"""The keys that are right in a file in which others are wrong.

So that what is wrong with them against each other and the world can be told in the same breath.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError


def valid_keys(
    model: type[BaseModel], values: Mapping[str, Any], above: str = ""
) -> dict[str, Any]:
    """The keys of a model whose values are right, by path, e.g. ``devices.camera``.

    A table that is right as a whole is there under its own path as well, as its model. A key that
    is not given has its default; one that is wrong, or is missing, is not there.

    Args:
        model: what the values should be.
        values: as they were read; changed in nothing.
        above: path of the table that they are in, ending with a dot.
    """
    found: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        path = above + name
        kind = field.annotation
        if name not in values:
            if field.is_required():
                continue
            found[path] = field.get_default(call_default_factory=True, validated_data={})
        else:
            with suppress(ValidationError):
                found[path] = TypeAdapter(field.rebuild_annotation()).validate_python(values[name])
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            given = values.get(name, {})
            found |= valid_keys(kind, given if isinstance(given, Mapping) else {}, f"{path}.")
    return found
