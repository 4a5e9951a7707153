import json
from pathlib import Path
from typing import Any

import pytest

from devices.documents import specimen
from devices.documents.identity import PartialDate
from devices.documents.specimen import Specimen, SpecimenError, Visit

ALL = specimen.load_all()


def _values(name: str = "lindqvist-utopia") -> dict[str, Any]:
    text = (specimen.SPECIMENS / f"{name}.json").read_text(encoding="utf-8")
    values: dict[str, Any] = json.loads(text)
    return values


def _errors(values: object) -> str:
    with pytest.raises(SpecimenError) as caught:
        specimen.parse(json.dumps(values), name="some", source="some.json")
    return str(caught.value)


def test_the_specimens_cover_every_kind_of_visit_and_document() -> None:
    assert {item.visit for item in ALL.values()} == set(Visit)
    formats = {item.document.format for item in ALL.values()}
    assert formats == {"TD1", "TD2", "TD3", "MRV-A", "MRV-B"}
    assert sum(item.visit is Visit.BOOKED for item in ALL.values()) >= 3
    assert any(len(item.document.number) > 9 for item in ALL.values())
    assert any(not item.document.secondary_identifier for item in ALL.values())
    assert any(len(item.document.primary_identifier) > 30 for item in ALL.values())


def test_the_chips_cover_every_protocol() -> None:
    chips = [item.chip for item in ALL.values() if item.chip is not None]
    assert {pace.mapping for chip in chips for pace in chip.pace} == {"GM", "IM", "CAM"}
    assert {pace.key_agreement for chip in chips for pace in chip.pace} == {"DH", "ECDH"}
    assert {chip.bac for chip in chips} == {True, False}
    assert {chip.signer.algorithm for chip in chips} == {"RSA", "RSA-PSS", "ECDSA"}


@pytest.mark.parametrize("item", ALL.values(), ids=ALL)
def test_a_specimen_survives_writing_and_reading(item: Specimen) -> None:
    text = item.model_dump_json()
    assert specimen.parse(text, name="other", source="memory") == item


def test_no_two_specimens_share_a_number() -> None:
    numbers = [item.document.number for item in ALL.values()]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1974-08-12", PartialDate(1974, 8, 12)),
        ("1974-08", PartialDate(1974, 8)),
        ("1974", PartialDate(1974)),
        ("unknown", PartialDate(None)),
    ],
)
def test_birth_dates_may_be_partly_unknown(text: str, expected: PartialDate) -> None:
    values = _values()
    values["document"]["birth_date"] = text
    found = specimen.parse(json.dumps(values), name="some", source="some.json")
    assert found.document.birth_date == expected
    assert json.loads(found.model_dump_json())["document"]["birth_date"] == text


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("birth_date", "12.8.1974", "document.birth_date: should be YYYY-MM-DD"),
        ("birth_date", "1974-02-30", "is no date of the calendar"),
        ("number", "L8989 02C", "document.number"),
        ("number", "L898902C36", "TD3 has room for 9 characters"),
        ("optional_data", "A" * 15, "has room for 14 characters"),
        ("optional_data_2", "A", "has room for 0 characters"),
        ("expiry_date", "2001-01-01", "is before issue_date"),
        ("code", "V", "MRV-A and MRV-B"),
        ("can", "12345", "document.can"),
        ("sex", "X", "document.sex"),
        ("colour", "red", "document.colour: Extra inputs"),
    ],
)
def test_a_wrong_value_is_named_with_file_and_key(key: str, value: str, message: str) -> None:
    values = _values()
    values["document"][key] = value
    errors = _errors(values)
    assert errors.startswith("some.json: ")
    assert message in errors


def test_a_file_may_name_its_schema() -> None:
    text = json.dumps({"$schema": "specimen.schema.json", **_values()})
    assert specimen.parse(text, name="lindqvist-utopia", source="memory") == ALL["lindqvist-utopia"]


def test_all_wrong_keys_are_named_at_once() -> None:
    values = _values()
    values["document"]["number"] = "?"
    values["chip"]["lds_version"] = "1.9"
    errors = _errors(values)
    assert "document.number" in errors
    assert "chip.lds_version" in errors


@pytest.mark.parametrize(
    ("chip", "message"),
    [
        ({"bac": False}, "a chip without PACE needs BAC"),
        ({"pace": [{"domain_parameters": 2}]}, "ECDH has the ids 8 to 18"),
        ({"pace": [{"key_agreement": "DH"}]}, "DH has the ids 0 to 2"),
        ({"pace": [{"mapping": "CAM", "cipher": "3DES"}]}, "ECDH and AES only"),
        ({"chip_authentication": [{}, {}]}, "a key_id each"),
        ({"active_authentication": {"algorithm": "DSA"}}, "active_authentication"),
    ],
)
def test_chips_that_cannot_be_are_refused(chip: dict[str, Any], message: str) -> None:
    assert message in _errors({**_values(), "chip": chip})


def test_a_visa_has_no_chip() -> None:
    assert "a visa has none" in _errors({**_values("silva-visa-utopia"), "chip": {}})


@pytest.mark.parametrize("text", ["", "[", "[]", '"text"', "[" * 100_000])
def test_what_is_no_json_object_is_refused(text: str) -> None:
    with pytest.raises(SpecimenError, match=r"some\.json"):
        specimen.parse(text, name="some", source="some.json")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SpecimenError, match="absent"):
        specimen.load(tmp_path / "absent.json")
