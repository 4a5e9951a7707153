"""docs/api.md tells of every path and every problem that there is."""

import json
import re
from pathlib import Path

import requests

from kiosk.hall import problems
from kiosk.server.hall_server import HallServer

DOCUMENT = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


def test_every_type_of_problem_is_told() -> None:
    types = {
        value.rpartition("/")[2]
        for name, value in vars(problems).items()
        if name.isupper() and not name.startswith("_")
    }
    told = set(re.findall(r"^\| `([a-z-]+)` \| \d{3} \|", DOCUMENT, re.MULTILINE))
    assert told == types


def test_every_error_is_described_as_a_problem(server: HallServer) -> None:
    description = requests.get(f"{server.url}openapi.json", timeout=20).json()
    known = {value.rpartition("/")[2] for name, value in vars(problems).items() if name.isupper()}
    for path, operations in description["paths"].items():
        for operation in operations.values():
            errors = {
                status: answer
                for status, answer in operation["responses"].items()
                if not status.startswith("2")
            }
            assert "default" in errors
            assert "404" in errors or path == "/v1/health"
            for status, answer in errors.items():
                (content,) = answer["content"].items()
                assert content == (
                    "application/problem+json",
                    {"schema": {"$ref": "#/components/schemas/Problem"}},
                )
                told = set(re.findall(r"\b[a-z]+(?:-[a-z]+)+\b", answer["description"]))
                assert told <= known or status == "default", told
    schemas = description["components"]["schemas"]
    assert schemas["Problem"]["properties"].keys() == {
        *("type", "title", "status", "detail", "ticket", "errors")
    }
    assert "HTTPValidationError" not in schemas
    references = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(description)))
    assert references <= schemas.keys()


def test_every_path_is_told(server: HallServer) -> None:
    description = requests.get(f"{server.url}openapi.json", timeout=20).json()
    for path, operations in description["paths"].items():
        for method in operations:
            short = re.sub(r"^/v1/halls/\{hall_id\}(/desks)?(?=/|$)", "", path)
            short = "/tickets" + short if path.endswith("/tickets") and not short else short
            told = f"{method.upper()} {short}".strip()
            assert f"`{told}`" in DOCUMENT, told
