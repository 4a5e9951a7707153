"""The description that the server gives of itself (OpenAPI 3.1)."""

from typing import Any, Final

from fastapi import FastAPI

from kiosk.server.problem import PROBLEM_MEDIA_TYPE

_PROBLEM: Final = {"schema": {"$ref": "#/components/schemas/Problem"}}
_NOT_OURS: Final = ("HTTPValidationError", "ValidationError")
"""How the framework would answer a malformed request; here it is a problem like any other."""


class SelfDescribing(FastAPI):
    """An application whose description tells every error as what it is: a problem."""

    def openapi(self) -> dict[str, Any]:
        """The description, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = _errors_as_problems(super().openapi())
        return self.openapi_schema


def _errors_as_problems(description: dict[str, Any]) -> dict[str, Any]:
    schemas = description["components"]["schemas"]
    for name in _NOT_OURS:
        schemas.pop(name, None)
    for operations in description["paths"].values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                if status != "default" and int(status) < 400:
                    continue
                answer["content"] = {PROBLEM_MEDIA_TYPE: _PROBLEM}
                if answer["description"] == "Validation Error":
                    answer["description"] = "invalid-request"
    return description
