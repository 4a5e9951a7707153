"""Which file of a scanner is which: the order in which patterns are given never matters."""

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.camera.patterns import ANY, Match, Patterns


@pytest.mark.parametrize(
    ("text", "name", "id_"),
    [
        ("{id}_ir.*", "7_ir.png", "7"),
        ("{id}_ir.*", "A_7_IR.JPG", "A_7"),
        ("scan*_{id}.jpg", "scan2026_7.jpg", "7"),
        ("{id}/ir.jpg", "7/IR.jpg", "7"),
        ("ir/{id}-*.jpg", "ir/7-0812.jpg", "7"),
        ("IR.jpg", "ir.JPG", ""),
        ("ir*.jpg", "ir.jpg", ""),
        ("{id}_ir.*", "_ir.png", None),
        ("{id}_ir.*", "7_ir", None),
        ("{id}.jpg", "a/7.jpg", None),
        ("*.jpg", "a/7.jpg", None),
        ("{id}/*.jpg", "a/b/7.jpg", None),
        ("i.jpg", "ixjpg", None),
    ],
)
def test_a_name_tells_its_placement(text: str, name: str, id_: str | None) -> None:
    assert Patterns({"ir": text}).match(name) == (None if id_ is None else Match("ir", id_))


def test_without_patterns_every_picture_is_a_placement() -> None:
    assert ANY.match("holiday.jpg") == Match("white", "holiday.jpg")


OVERLAPPING = {"white": "{id}.jpg", "ir": "{id}_ir.jpg", "uv": "{id}_ir_uv.jpg"}


@pytest.mark.parametrize("order", list(permutations(OVERLAPPING)))
def test_the_pattern_that_leaves_least_open_prevails(order: tuple[str, ...]) -> None:
    patterns = Patterns({light: OVERLAPPING[light] for light in order})
    assert patterns.match("7.jpg") == Match("white", "7")
    assert patterns.match("7_ir.jpg") == Match("ir", "7")
    assert patterns.match("7_ir_uv.jpg") == Match("uv", "7")


@pytest.mark.parametrize(
    ("white", "ir"),
    [
        ("{id}.jpg", "{id}.JPG"),
        ("{id}.jpg", "*{id}.jpg"),
        ("{id}_a*.jpg", "{id}_*b.jpg"),
        ("VIS.jpg", "vis.jpg"),
        ("*", "*"),
        ("{id}/*.jpg", "{id}/*.jpg"),
    ],
)
def test_patterns_that_cannot_be_told_apart_are_refused(white: str, ir: str) -> None:
    for texts in ({"white": white, "ir": ir}, {"white": ir, "ir": white}):
        with pytest.raises(ValueError, match="cannot be told apart"):
            Patterns(texts)


@pytest.mark.parametrize(
    ("white", "ir"),
    [
        ("{id}_ww.*", "{id}_ir.*"),
        ("{id}.jpg", "{id}.png"),
        ("ww{id}.*", "ir{id}.*"),
        ("{id}/w.jpg", "{id}_w.jpg"),
        ("ww/*.jpg", "ir/*.jpg"),
        ("W*.jpg", "I*.jpg"),
    ],
)
def test_patterns_that_can_be_told_apart_are_taken(white: str, ir: str) -> None:
    assert Patterns({"white": white, "ir": ir}).lights == {"white", "ir"}


texts = st.lists(st.sampled_from(["a", "b", "_", "*", "/", "{id}"]), min_size=1, max_size=6)


@given(texts, texts, st.text("ab_", min_size=1, max_size=6))
@settings(max_examples=200, deadline=None)
def test_exchanging_two_patterns_exchanges_the_lights(
    first: list[str], second: list[str], name: str
) -> None:
    """Or else they are refused, either way."""
    one, other = "".join(first), "".join(second)
    try:
        patterns = Patterns({"white": one, "ir": other})
    except ValueError:
        with pytest.raises(ValueError, match="="):
            Patterns({"ir": one, "white": other})
        return
    found, exchanged = (
        each.match(name) for each in (patterns, Patterns({"ir": one, "white": other}))
    )
    if found is None or exchanged is None:
        assert found is exchanged is None
    else:
        assert {found.light, exchanged.light} == {"white", "ir"}
        assert found.id_ == exchanged.id_


@pytest.mark.parametrize(
    "text", ["{id}{id}.png", "/ir.png", "a//ir.png", "../ir.png", ".ir.png", "ir/", ""]
)
def test_what_is_no_name_in_the_folder_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"a file's name in the folder, with .id. at most once"):
        Patterns({"ir": text})


def test_names_with_and_without_an_id_do_not_go_together() -> None:
    with pytest.raises(ValueError, match=r"ir=IR.jpg and white=.id._w.jpg do not go together"):
        Patterns({"white": "{id}_w.jpg", "ir": "IR.jpg"})


def test_a_placement_has_only_the_folders_within_its_id_for_itself() -> None:
    patterns = Patterns({"white": "out/{id}/pages/w.jpg", "ir": "ir/{id}.jpg"})
    assert list(patterns.own_folders("out/7/pages/w.jpg", "white")) == [
        Path("out/7/pages"),
        Path("out/7"),
    ]
    assert list(patterns.own_folders("ir/7.jpg", "ir")) == []
    assert list(Patterns({"ir": "out/IR.jpg"}).own_folders("out/IR.jpg", "ir")) == []
