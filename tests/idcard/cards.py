"""Hypothesis strategies for cards of every type."""

from datetime import date

import hypothesis.strategies as st

from devices.documents.identity import PartialDate, Sex
from devices.idcard.cards import Card, Card2017, Card2023, CitizenCard, ResidencePermit

CHINESE = "王李张刘陈杨黄赵周吴示例样本"
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def texts(alphabet: str, most: int, least: int = 0) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=least, max_size=most)


@st.composite
def latin_names(draw: st.DrawFn, most: int) -> str:
    words = draw(st.lists(texts(LATIN + "'-", 14, 1), min_size=1, max_size=8))
    return " ".join(words)[:most].strip()


dates = st.dates(date(1000, 1, 1), date(9999, 12, 31))
ends = st.none() | dates
sexes = st.sampled_from(Sex)


@st.composite
def birth_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(dates)
    known = draw(st.integers(0, 3))
    parts = (day.year, day.month, day.day)
    return PartialDate(*(part if n < known else None for n, part in enumerate(parts)))


_common = {"sex": sexes, "birth_date": birth_dates(), "valid_from": dates, "valid_until": ends}
_numbers = texts("0123456789X", 18)
_codes = texts("0123456789", 2)

cards_2017 = st.builds(
    Card2017,
    name=latin_names(60),
    number=texts("0123456789" + LATIN, 15),
    nationality=texts(LATIN, 3),
    chinese_name=texts(CHINESE, 15),
    version=_codes,
    authority=texts("0123456789", 4),
    **_common,
)
cards_2023 = st.builds(
    Card2023,
    name=latin_names(46),
    number=_numbers,
    nationality=texts(LATIN, 3),
    chinese_name=texts(CHINESE, 15),
    renewals=_codes,
    link=texts("0123456789", 3),
    **_common,
)
citizens = st.builds(
    CitizenCard,
    name=texts(CHINESE, 15),
    number=_numbers,
    nation=_codes,
    address=texts(CHINESE + "0123456789", 35),
    authority=texts(CHINESE, 15),
    **_common,
)
permits = st.builds(
    ResidencePermit,
    name=texts(CHINESE, 15),
    number=_numbers,
    address=texts(CHINESE, 35),
    authority=texts(CHINESE, 15),
    pass_number=texts(LATIN + "0123456789", 9),
    issues=_codes,
    **_common,
)
cards: st.SearchStrategy[Card] = st.one_of(cards_2017, cards_2023, citizens, permits)
