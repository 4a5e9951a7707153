"""From a card's text to the identity that it proves."""

from devices.documents.identity import Identity, Proof, Source, Verdict
from devices.idcard.cards import Card2017, Card2023, CardKind, decode
from devices.idcard.contract import IdCardReading
from devices.idcard.layout import CardTextError
from devices.idcard.numbers import number_2017_error, number_2017_of_2023, number_2023_error

ISSUING_STATE = "CHN"

_ICAO_STATES = {"DEU": "D"}
"""Where ICAO Doc 9303-3 section 5 has another code than ISO 3166-1, which the cards use."""

PROOF = Proof(
    data_authentic=Verdict.YES,
    signer_trusted=Verdict.UNKNOWN,
    chip_genuine=Verdict.YES,
    reasons=("proven by the reader's SAM, not by the kiosk",),
)
"""Of every card that the reader gives out.

Its SAM and the card have proven themselves to each other (otherwise SW3 31 or 32), and it has
verified the data (33). With which keys is known to the SAM alone.
"""


def read_text(text: bytes | bytearray) -> IdCardReading:
    """What the text of a card says, checked.

    Of a citizen's card and a residence permit nothing but the type is looked at.

    Raises:
        CardTextError: a field is damaged, or a check digit is wrong; the message does not say what
            the field holds.
    """
    kind = CardKind.of(text)
    if kind not in {CardKind.PERMANENT_RESIDENT_2017, CardKind.PERMANENT_RESIDENT_2023}:
        return IdCardReading(kind, None)
    card = decode(text)
    if isinstance(card, Card2017):
        return IdCardReading(kind, _identity(card, number_2017_error(card.number), ()))
    if isinstance(card, Card2023):
        old = number_2017_of_2023(card.number, card.nationality, card.link)
        error = number_2023_error(card.number)
        return IdCardReading(kind, _identity(card, error, (old,) if old else ()))
    raise AssertionError(kind)


def _identity(
    card: Card2017 | Card2023, number_error: str | None, alternate_numbers: tuple[str, ...]
) -> Identity:
    if number_error is not None:
        raise CardTextError(f"the card's number {number_error}")
    nationality = card.nationality.rstrip("<")
    if not (nationality.isascii() and nationality.isalpha() and nationality.isupper()):
        raise CardTextError("nationality is no code of letters")
    if not card.name:
        raise CardTextError("name is blank")
    primary, _, secondary = card.name.partition(",")
    return Identity(
        source=Source.ID_CARD,
        document_code=card.KIND.value,
        issuing_state=ISSUING_STATE,
        document_number=card.number,
        nationality=_ICAO_STATES.get(nationality, nationality),
        primary_identifier=primary.strip(),
        secondary_identifier=secondary.strip(),
        birth_date=card.birth_date,
        sex=card.sex,
        expiry_date=card.valid_until,
        alternate_numbers=alternate_numbers,
        proof=PROOF,
    )
