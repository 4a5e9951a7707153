import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from cryptography import x509

from devices.chip.pki import certificate, create, specimen_pki
from devices.chip.pki_commands import pki
from devices.chip.trust_commands import trust
from devices.chip.verify_command import verify
from devices.documents import specimen
from tests.chip import pki_world as world

NAMES = ("lindqvist-utopia", "brandt-germany", "dvorak-czechia")
AT = "2026-06-01"


def _run(command: Any, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(item) for item in arguments])


def _documents(*names: str) -> list[object]:
    return [part for name in names for part in ("--document", specimen.SPECIMENS / f"{name}.json")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PKI with the files of three documents, one of the signers revoked."""
    folder = tmp_path_factory.mktemp("pki")
    arguments = ["create", "--out", folder, "--files", "--revoke", "CZE", "--at", AT]
    result = _run(pki, *arguments, *_documents(*NAMES))
    assert result.exit_code == 0, result.output
    return folder


def _files(made: Path, name: str, *numbers: int) -> list[object]:
    folder = made / "files" / name
    groups = [part for number in numbers for part in ("--dg", f"{number}={folder}/dg{number}.bin")]
    return ["--sod", folder / "sod.bin", *groups]


def _verify(made: Path, name: str, *arguments: object) -> Result:
    return _run(verify, *_files(made, name, 1, 2), "--at", "2026-07-01", *arguments)


def test_files_that_are_proven_end_with_status_0(made: Path) -> None:
    result = _verify(made, "lindqvist-utopia", "--trust", made / "trust")
    assert result.exit_code == 0
    assert "data authentic  yes" in result.output
    assert "signer trusted  yes" in result.output
    assert "data groups     DG1 ok, DG2 ok" in result.output
    assert "CSCA            C=UT" in result.output


def test_the_answer_as_json_names_everything(made: Path) -> None:
    result = _verify(made, "brandt-germany", "--trust", made / "trust", "--json")
    found = json.loads(result.output)
    assert found["dataAuthentic"] == found["signerTrusted"] == "yes"
    assert found["dataGroups"] == {"1": "yes", "2": "yes"}
    assert found["issuingCountry"] == "DE"
    assert found["signatureAlgorithm"] == "ECDSA with SHA-384, EC-brainpoolP384r1"
    assert found["at"] == "2026-07-01T00:00:00+00:00"
    assert found["reasons"] == found["trustNotes"] == found["weakAlgorithms"] == []


def test_a_data_group_may_say_itself_which_it_is(made: Path) -> None:
    folder = made / "files" / "lindqvist-utopia"
    result = _run(
        verify, "--sod", folder / "sod.bin", "--dg", folder / "dg11.bin", "--dg",
        f"DG15={folder}/dg15.bin", "--trust", made / "trust", "--at", "2026-07-01",
    )  # fmt: skip
    assert result.exit_code == 0
    assert "DG11 ok, DG15 ok" in result.output


def test_an_altered_file_ends_with_status_1(made: Path, tmp_path: Path) -> None:
    altered = tmp_path / "dg1.bin"
    data = (made / "files" / "lindqvist-utopia" / "dg1.bin").read_bytes()
    altered.write_bytes(data.replace(b"LINDQVIST", b"LINDQUIST"))
    result = _run(
        verify, *_files(made, "lindqvist-utopia", 2), "--dg", f"1={altered}",
        "--trust", made / "trust", "--at", "2026-07-01",
    )  # fmt: skip
    assert result.exit_code == 1
    assert "DG1 ALTERED, DG2 ok" in result.output
    assert "signer trusted  yes" in result.output


def test_a_revoked_signer_ends_with_status_1(made: Path) -> None:
    result = _verify(made, "dvorak-czechia", "--trust", made / "trust")
    assert result.exit_code == 1
    assert "the signer certificate was revoked on 2026-06-01" in result.output


def test_without_trust_the_signer_is_unknown_with_status_3(made: Path) -> None:
    result = _verify(made, "lindqvist-utopia")
    assert result.exit_code == 3
    assert "signer trusted  unknown" in result.output
    assert "the trust store has no CSCA of UT" in result.output


def test_a_sod_file_with_padding_behind_it_is_read(made: Path, tmp_path: Path) -> None:
    folder = made / "files" / "lindqvist-utopia"
    padded = tmp_path / "sod.bin"
    padded.write_bytes((folder / "sod.bin").read_bytes() + bytes(100))
    result = _run(
        verify, "--sod", padded, "--dg", folder / "dg1.bin", "--trust", made / "trust",
        "--at", "2026-07-01",
    )  # fmt: skip
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--dg", "77=x"], "no such file"),
        (["--at", "yesterday"], "is no date"),
        (["--dg", "1={dg}", "--dg", "1={dg}"], "DG1 is given twice"),
        (["--dg", "17={dg}"], "'17' is no data group from 1 to 16"),
        (["--dg", "{sod}"], "begins like no data group; say which"),
        (["--dg", "1={dg}", "--trust", "{dg}"], "is no certificate, revocation list"),
    ],
)
def test_what_cannot_be_done_ends_with_status_2_and_says_why(
    made: Path, arguments: list[str], message: str
) -> None:
    folder = made / "files" / "lindqvist-utopia"
    filled = [item.format(dg=folder / "dg1.bin", sod=folder / "sod.bin") for item in arguments]
    result = _run(verify, "--sod", folder / "sod.bin", *filled)
    assert result.exit_code == 2
    assert message in result.output


def test_trust_is_shown_by_country_and_by_certificate(made: Path) -> None:
    overview = _run(trust, "show", made / "trust", "--at", "2026-07-01")
    assert overview.exit_code == 0
    assert "DE           1       0     0  2026-08-30" in overview.output
    late = _run(trust, "show", made / "trust", "--at", "2050-07-01")
    assert "DE           0       1     0  2026-08-30 OUT OF DATE" in late.output
    details = _run(trust, "show", made / "trust", "--country", "cz", "--at", "2026-07-01")
    assert "CSCA: C=CZ" in details.output
    assert "EC-secp384r1, signed with ECDSA with SHA-384" in details.output
    assert "revoked      1 certificates" in details.output
    assert "C=DE" not in details.output
    none = _run(trust, "show", made / "trust", "--country", "XX")
    assert "nothing of XX is trusted" in none.output


def test_trust_is_shown_as_json(made: Path) -> None:
    result = _run(trust, "show", made / "trust", "--json", "--at", "2026-07-01")
    found = json.loads(result.output)
    assert {item["country"] for item in found["authorities"]} == {"UT", "DE", "CZ"}
    assert all(item["anchor"] and item["valid"] for item in found["authorities"])
    assert sum(item["revoked"] for item in found["revocationLists"]) == 1


def test_a_master_list_is_imported_once_its_signer_is_known(made: Path, tmp_path: Path) -> None:
    master_list, folder = made / "master-list.ml", tmp_path / "trust"
    refused = _run(trust, "import", master_list, "--into", folder, "--at", AT)
    assert refused.exit_code == 2
    assert not folder.exists()
    anchor = made / "trust" / "UTO-ECDSA-12-SHA-256.cer"
    fingerprint = certificate.parse(anchor.read_bytes()).fingerprint
    assert fingerprint in refused.output
    with_colons = ":".join(fingerprint[at : at + 2] for at in range(0, 64, 2)).upper()
    for option in (["--anchor", anchor], ["--fingerprint", with_colons]):
        target = tmp_path / option[0].strip("-") if isinstance(option[0], str) else tmp_path
        result = _run(trust, "import", master_list, "--into", target, "--at", AT, *option)
        assert result.exit_code == 0, result.output
        assert "3 new, 0 already there" in result.output
        again = _run(trust, "import", master_list, "--into", target, "--at", AT)
        assert "0 new, 3 already there" in again.output, "the folder vouches for the list now"
        shown = _verify(made, "lindqvist-utopia", "--trust", target)
        assert shown.exit_code == 0


@pytest.mark.parametrize("text", ["12", "g" * 64])
def test_a_wrong_fingerprint_is_refused(made: Path, tmp_path: Path, text: str) -> None:
    result = _run(trust, "import", made / "trust", "--into", tmp_path / "t", "--fingerprint", text)
    assert result.exit_code == 2
    assert "64 hexadecimal digits" in result.output


def test_an_older_revocation_list_does_not_replace_a_newer_one(tmp_path: Path) -> None:
    folder = tmp_path / "trust"
    (tmp_path / "csca.cer").write_bytes(world.csca().certificate.raw)
    _run(trust, "import", tmp_path / "csca.cer", "--into", folder)
    lists = [
        create.create_crl(world.csca(), {}, world.AT.replace(month=month), world.AT)
        for month in (2, 1, 3)
    ]
    seen = []
    for index, item in enumerate(lists):
        source = tmp_path / f"{index}.crl"
        source.write_bytes(item.raw)
        result = _run(trust, "import", source, "--into", folder)
        seen.append(result.output.partition(": ")[2].strip())
    assert seen == ["1 new, 0 already there", "0 new, 1 already there", "1 new, 0 already there"]
    (kept,) = folder.glob("*.crl")
    assert kept.read_bytes() == lists[2].raw


def test_a_forged_revocation_list_does_not_replace_the_issuers(tmp_path: Path) -> None:
    folder, csca = tmp_path / "trust", world.csca()
    forger = create.create_csca("UT", world.FAST, world.VALIDITY, common_name="CSCA")
    assert forger.certificate.subject == csca.certificate.subject
    true_list = create.create_crl(csca, {7: world.AT}, world.AT.replace(month=1), world.AT)
    forged = create.create_crl(forger, {}, world.AT.replace(month=2), world.AT)
    files = {"csca.cer": csca.certificate.raw, "true.crl": true_list.raw, "forged.crl": forged.raw}
    outputs = []
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        outputs.append(_run(trust, "import", tmp_path / name, "--into", folder).output)
    assert "1 revocation lists were not taken" in outputs[-1]
    (kept,) = folder.glob("*.crl")
    assert kept.read_bytes() == true_list.raw


def test_a_pki_is_read_back_and_kept(made: Path) -> None:
    loaded = specimen_pki.load(made)
    document = specimen.load_all()["brandt-germany"]
    assert document.chip is not None
    before = loaded.document_signer("D", document.chip.signer)
    assert len(loaded.pairs) == 3
    result = _run(pki, "create", "--out", made, "--revoke", "CZE", "--at", AT, *_documents(*NAMES))
    assert result.exit_code == 0, result.output
    after = specimen_pki.load(made).document_signer("D", document.chip.signer)
    assert after.certificate == before.certificate
    assert after.key.public_key_info() == before.key.public_key_info()
    assert x509.load_der_x509_certificate(after.certificate.raw).serial_number == (
        before.certificate.serial
    )


def test_a_new_key_is_reached_by_link_certificates(tmp_path: Path) -> None:
    documents = _documents("lindqvist-utopia")
    for rekey in ([], ["--rekey", "UTO"], ["--rekey", "UTO"]):
        arguments = ["create", "--out", tmp_path, "--files", "--at", AT, *rekey, *documents]
        assert _run(pki, *arguments).exit_code == 0
    assert len(specimen_pki.load(tmp_path).trust_store().authorities) == 3
    shown = _run(trust, "show", tmp_path / "trust", "--at", AT)
    assert "UT           1       0     2  2026-08-30" in shown.output
    proven = _verify(tmp_path, "lindqvist-utopia", "--trust", tmp_path / "trust", "--json")
    found = json.loads(proven.output)
    assert (found["signerTrusted"], found["reasons"]) == ("yes", [])
    first = tmp_path / "trust" / "UTO-ECDSA-12-SHA-256.cer"
    alone = _verify(tmp_path, "lindqvist-utopia", "--trust", first)
    assert "signer trusted  unknown" in alone.output


def test_private_keys_are_for_their_owner_only(made: Path) -> None:
    modes = {path.stat().st_mode & 0o777 for path in (made / "keys").iterdir()}
    assert modes == {0o600}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--rekey", "XXX"], "there is no issuer of XXX"),
        (["--revoke", "XXX"], "there is no issuer of XXX"),
        (["--document", "silva-visa-utopia"], "has a chip"),
        (["--document", "nobody"], "there is no specimen document 'nobody'"),
    ],
)
def test_a_pki_that_cannot_be_made_says_why(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    documents = [] if "--document" in arguments else _documents("lindqvist-utopia")
    result = _run(pki, "create", "--out", tmp_path / "pki", *documents, *arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_the_documents_and_their_schema_are_shown() -> None:
    listed = _run(pki, "documents")
    assert listed.exit_code == 0
    assert len(listed.output.splitlines()) == len(specimen.load_all())
    assert "claes-belgium            TD1, chip" in listed.output
    found = json.loads(_run(pki, "schema").output)
    assert set(found["required"]) >= {"document", "visit"}
    printed = found["$defs"]["PrintedDocument"]["properties"]
    pattern = printed["birth_date"]["pattern"]
    for text in ("1974-08-12", "1974-08", "1974", "unknown"):
        assert re.search(pattern, text)
    assert not re.search(pattern, "12.8.1974")
    assert "Card access number" in printed["can"]["description"]


def test_a_folder_that_is_damaged_is_named(tmp_path: Path) -> None:
    (tmp_path / "issuers.json").write_text('[{"state": "UTO"}]')
    result = _run(pki, "create", "--out", tmp_path, *_documents("lindqvist-utopia"))
    assert result.exit_code == 2
    assert "holds no specimen PKI" in result.output
