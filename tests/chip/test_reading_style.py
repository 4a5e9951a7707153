"""What a card says of extended length, and what is learned from what it refuses."""

import pytest

from devices.chip.reading_style import ReadingStyle, extended_limit, says_extended


@pytest.mark.parametrize(
    ("atr", "says"),
    [
        ("3B8A80018031F873F741E082900075", True),  # NXP JCOP
        ("3B8880010073C84053009000F1", True),
        ("3B8880010073C84013009000B1", False),
        ("3B8980014A434F503234325232", False),  # historical bytes that are only text
        ("3B80800101", False),
        ("3B8F8001804F0CA000000306030001000000006A", False),  # a storage card
        ("3B", False),
        ("", False),
        ("3BFF", False),
        ("3B8780018073", False),
    ],
)
def test_historical_bytes(atr: str, says: bool) -> None:
    assert says_extended(bytes.fromhex(atr)) is says


@pytest.mark.parametrize(
    ("contents", "limit"),
    [
        ("4703800040", 65536),
        ("47038000407F660802027FFF02027FFF", 32767),
        ("7F66080202040002020400", 1024),
        ("4703800000", None),
        ("47028000", None),
        ("7F6608020200FF020200FF", None),
        ("", None),
        ("47", None),
    ],
)
def test_ef_atr_info(contents: str, limit: int | None) -> None:
    assert extended_limit(bytes.fromhex(contents)) == limit


def lessons(sw: int) -> list[ReadingStyle]:
    found = [ReadingStyle(extended=True)]
    while (following := found[-1].after_loss(sw)) is not None:
        found.append(following)
    return found[1:]


@pytest.mark.parametrize("sw", [0x6B00, 0x6C10, 0x6282])
def test_a_session_lost_to_a_read_beyond_the_end_is_not_blamed_on_extended_length(sw: int) -> None:
    first = lessons(sw)[0]
    assert first == ReadingStyle(extended=True, one_shot=False)


@pytest.mark.parametrize("sw", [0x6700, 0x6988, 0])
def test_any_other_loss_is_blamed_on_extended_length_first(sw: int) -> None:
    assert lessons(sw) == [
        ReadingStyle(),
        ReadingStyle(one_shot=False),
        ReadingStyle(one_shot=False, short_ids=False),
    ]
