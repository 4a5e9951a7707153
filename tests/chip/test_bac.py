"""BAC and 3DES secure messaging: the worked example of ICAO Doc 9303-11, appendix D."""

import pytest

from devices.chip.access.bac import perform_bac
from devices.chip.access.credentials import CanCredentials, Credentials, MrzCredentials
from devices.chip.apdu import Command, exchange
from devices.chip.crypto.cipher import Cipher, Purpose
from devices.chip.errors import AccessDenied, AccessFailed, MalformedReply
from tests.chip.scripted import ScriptedTransport

SPECIMEN = MrzCredentials("L898902C<", "690806", "940623")
GET_CHALLENGE = "0084000008"
E_IFD = (
    "008200002872C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A728"
)
ANSWER = "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D74499000"
RND_IC = "4608F919887022129000"


def example_random(length: int) -> bytes:
    """RND.IFD and K.IFD of the worked example."""
    return bytes.fromhex({8: "781723860C06C226", 16: "0B795240CB7049B01C19B33E32804F0B"}[length])


def test_keys_of_appendix_d1_and_d2() -> None:
    assert SPECIMEN.mrz_information == "L898902C<369080619406236"
    assert SPECIMEN.bac_seed.hex().upper() == "239AB9CB282DAF66231DC5A4DF6BFBAE"
    cipher = Cipher.TDES
    k_enc = cipher.derive(SPECIMEN.bac_seed, Purpose.ENCRYPTION)
    k_mac = cipher.derive(SPECIMEN.bac_seed, Purpose.MAC)
    assert k_enc.hex().upper() == "AB94FDECF2674FDFB9B391F85D7F76F2"
    assert k_mac.hex().upper() == "7962D9ECE03D1ACD4C76089DCE131543"


def test_number_longer_than_nine_characters_enters_the_key_whole() -> None:
    """The TD1 example of appendix D.2, number D23145890734."""
    td1 = MrzCredentials("D23145890734", "340712", "950712")
    assert td1.mrz_information == "D23145890734934071279507122"
    assert td1.bac_seed.hex().upper() == "B366AD857DDCA2B08C0E299811714730"


def test_authentication_and_secure_messaging_of_appendix_d3_and_d4() -> None:
    card = ScriptedTransport(
        [
            (GET_CHALLENGE, RND_IC),
            (E_IFD, ANSWER),
            (
                "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800",
                "990290008E08FA855A5D4C50A8ED9000",
            ),
            (
                "0CB000000D9701048E08ED6705417E96BA5500",
                "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000",
            ),
            (
                "0CB000040D9701128E082EA28A70F3C7B53500",
                "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000",
            ),
        ]
    )
    secured = perform_bac(card, SPECIMEN, random_bytes=example_random)
    assert exchange(secured, Command(0x00, 0xA4, 0x02, 0x0C, b"\x01\x1e")).ok
    head = exchange(secured, Command(0x00, 0xB0, 0x00, 0x00, ne=4))
    rest = exchange(secured, Command(0x00, 0xB0, 0x00, 0x04, ne=18))
    assert head.data.hex().upper() == "60145F01"
    assert rest.data.hex().upper() == "04303130365F36063034303030305C026175"
    card.assert_finished()


@pytest.mark.parametrize("sw", ["6300", "6982", "6988", "63C0"])
def test_every_status_word_for_wrong_keys_means_access_denied(sw: str) -> None:
    card = ScriptedTransport([(GET_CHALLENGE, RND_IC), (E_IFD, sw)])
    with pytest.raises(AccessDenied):
        perform_bac(card, SPECIMEN, random_bytes=example_random)


@pytest.mark.parametrize("sw", ["6A88", "6982", "6D00"])
def test_a_card_without_bac_is_no_wrong_mrz(sw: str) -> None:
    card = ScriptedTransport([(GET_CHALLENGE, sw)])
    with pytest.raises(AccessFailed):
        perform_bac(card, SPECIMEN, random_bytes=example_random)


@pytest.mark.parametrize(
    "reply",
    ["9000", ANSWER[2:], "00" + ANSWER[2:], ANSWER[:-6] + "009000"],
    ids=["empty", "short", "altered", "wrong checksum"],
)
def test_an_answer_that_does_not_verify_is_refused(reply: str) -> None:
    card = ScriptedTransport([(GET_CHALLENGE, RND_IC), (E_IFD, reply)])
    with pytest.raises(MalformedReply):
        perform_bac(card, SPECIMEN, random_bytes=example_random)


@pytest.mark.parametrize(
    "fields",
    [("", "690806", "940623"), ("<<<", "690806", "940623"), ("L8", "69080", "940623"),
     ("L8", "690806", "94O623"), ("l8", "690806", "940623")],
)  # fmt: skip
def test_fields_that_no_mrz_can_hold_are_refused(fields: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match="MRZ"):
        MrzCredentials(*fields)


def test_credentials_show_no_personal_data() -> None:
    text = repr(Credentials(SPECIMEN, CanCredentials("500540")))
    assert not any(secret in text for secret in ("L898902C", "690806", "500540"))


@pytest.mark.parametrize("can", ["", "12345", "1234567", "12345a", "１２３４５６"])
def test_a_can_has_six_digits(can: str) -> None:
    with pytest.raises(ValueError, match="six digits"):
        CanCredentials(can)
