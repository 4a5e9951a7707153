"""The configuration: what comes with the kiosk is right, and what is wrong is told clearly."""

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from config.hall_profile import ALWAYS_OPEN
from config.loading import (
    CATALOGUE,
    DEMO_MACHINE,
    DEMO_SERVER,
    HALLS,
    hall_ids,
    load,
    load_catalogue,
    load_hall,
    load_server,
)
from config.report import ConfigError
from kiosk.hall.opening import is_open

MACHINE = """
[kiosk]
id = "test-1"
hall = "urban"
[devices]
camera = "sim:camera"
printer = "tcp://127.0.0.1:9100"
[backend]
url = "http://127.0.0.1:8080"
document_key_file = "document.key"
[paths]
journal = "journal.sqlite3"
"""


def written(tmp_path: Path, text: str, name: str = "machine.toml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path) -> dict[str, str]:
    """The problems of a machine's file: key -> message; the source is always the file."""
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert {problem.source for problem in caught.value.problems} == {str(path)}
    return {problem.key: problem.message for problem in caught.value.problems}


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HALL_KIOSK_CONFIG", "HALL_KIOSK_BACKEND__URL"):
        monkeypatch.delenv(name, raising=False)


class TestWhatComesWithTheKiosk:
    def test_every_hall_profile_is_right(self) -> None:
        catalogue = load_catalogue()
        halls = [load_hall(hall_id, catalogue) for hall_id in hall_ids()]
        assert [hall.kind.value for hall in halls] == ["station", "suburban", "urban"]

    def test_the_suburban_hall_has_a_desk_for_joint_applications_and_the_station_offers_less(
        self,
    ) -> None:
        catalogue = load_catalogue()
        suburban = load_hall("suburban", catalogue)
        assert any("work-joint" in desk.services for desk in suburban.desks)
        assert set(catalogue["work-joint"].combines) == {"work-permit", "residence-work"}
        assert len(load_hall("station", catalogue).services) < len(suburban.services)

    def test_every_service_says_what_to_bring_except_enquiries(self) -> None:
        bare = [service.id for service in load_catalogue().services if not service.materials]
        assert bare == ["enquiry"]

    def test_the_demonstration_files_load(self) -> None:
        demo = load(DEMO_MACHINE)
        assert demo.settings.kiosk.training
        assert demo.hall.opening_hours == ALWAYS_OPEN
        assert len(load_server(DEMO_SERVER).halls) == 3

    def test_the_annotated_example_names_every_section(self) -> None:
        example = load(DEMO_MACHINE.with_name("machine.toml")).settings
        assert example.model_fields_set == set(type(example).model_fields)


class TestMachineSettings:
    def test_paths_are_seen_from_the_file(self, tmp_path: Path) -> None:
        settings = load(written(tmp_path, MACHINE)).settings
        assert settings.paths.journal == tmp_path / "journal.sqlite3"
        assert settings.backend.document_key_file == tmp_path / "document.key"

    def test_defaults_are_those_promised(self, tmp_path: Path) -> None:
        settings = load(written(tmp_path, MACHINE)).settings
        assert settings.timeouts.idle_seconds == 60
        assert settings.timeouts.countdown_seconds == 10
        assert settings.devices.chip_reader is None
        assert settings.devices.fitted() == {
            "camera": "sim:camera",
            "printer": "tcp://127.0.0.1:9100",
        }

    def test_the_environment_goes_before_the_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HALL_KIOSK_BACKEND__URL", "https://other.example")
        monkeypatch.setenv("HALL_KIOSK_KIOSK__TRAINING", "true")
        monkeypatch.setenv("HALL_KIOSK_KIOSK__PAPER", "58")
        monkeypatch.setenv("HALL_KIOSK_DEVICES__REQUIRED", '["camera", "printer"]')
        settings = load(written(tmp_path, MACHINE)).settings
        assert settings.backend.url == "https://other.example"
        assert settings.backend.connect_seconds == 2
        assert settings.kiosk.training
        assert settings.kiosk.paper == 58
        assert settings.devices.required == ("camera", "printer")

    def test_a_wrong_variable_is_named_as_the_source(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HALL_KIOSK_KIOSK__PAPER", "70")
        monkeypatch.setenv("HALL_KIOSK_BAKEND__URL", "http://x")
        with pytest.raises(ConfigError) as caught:
            load(written(tmp_path, MACHINE))
        assert str(caught.value).splitlines() == [
            "HALL_KIOSK_BAKEND__URL: there is no section 'bakend'; did you mean 'backend'?",
            "HALL_KIOSK_KIOSK__PAPER: '70' will not do; should be 80 or 58",
        ]

    def test_a_list_in_a_variable_that_is_no_json_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HALL_KIOSK_DEVICES", "[printer")
        with pytest.raises(ConfigError, match="a list is written as JSON"):
            load(written(tmp_path, MACHINE))

    def test_everything_wrong_is_told_at_once(self, tmp_path: Path) -> None:
        wrong = """
[kiosk]
idd = "test-1"
hall = "urban"
paper = "wide"
orientation = "diagonal"
training = "perhaps"
[devices]
camera = "video0"
scanner = "sim:camera"
required = ["printer"]
[backend]
url = "hall.example"
total_seconds = -1
document_key_file = "document.key"
[timeouts]
idle_secnds = 30
[pahts]
journal = "journal.sqlite3"
"""
        assert problems(written(tmp_path, wrong)) == {
            "devices.printer": "is missing; give it a value",
            "kiosk.idd": "is not a known key; did you mean 'id'?",
            "kiosk.paper": "'wide' will not do; should be 80 or 58",
            "kiosk.orientation": "'diagonal' will not do; should be 'portrait' or 'landscape'",
            "kiosk.training": "should be true or false, not 'perhaps'",
            "devices.camera": "'video0' will not do; should look like 'tcp://192.0.2.7:9100'",
            "devices.scanner": "is not a known key; known are: camera, chip_reader, "
            "id_card_reader, printer, required",
            "backend.url": "'hall.example' will not do; should look like 'https://hall.example/'",
            "backend.total_seconds": "should be more than 0, not -1",
            "timeouts.idle_secnds": "is not a known key; did you mean 'idle_seconds'?",
            "pahts": "is not a known key; did you mean 'paths'?",
        }

    def test_what_is_right_is_held_against_the_rest_where_something_else_is_wrong(
        self, tmp_path: Path
    ) -> None:
        text = MACHINE.replace('"urban"', '"urbna"\npaper = 70\ntraining = "perhaps"')
        text = text.replace("[paths]\njournal", "[tickets]\ncopies_by_visitor = 9\n[paths]\njurnal")
        text = text.replace("[backend]", "[backend]\nread_seconds = 30")
        assert problems(written(tmp_path, text)) == {
            "kiosk.paper": "should be 80 or 58, not 70",
            "kiosk.training": "should be true or false, not 'perhaps'",
            "tickets.copies_by_visitor": "should be 3 or less, not 9",
            "paths.jurnal": "is not a known key; did you mean 'journal'?",
            "backend.read_seconds": "should not be more than total_seconds",
            "kiosk.hall": (
                "no profile 'urbna' comes with the kiosk; did you mean 'urban'? "
                "Or give the path of a .toml file"
            ),
        }

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ('"soon"', "should be a number, not 'soon'"),
            ("nan", "should be a number that is finite, not nan"),
            ("7200", "should be 3600 or less, not 7200"),
            ("[1]", "should be a number"),
        ],
    )
    def test_numbers_are_asked_for_in_plain_words(
        self, tmp_path: Path, value: str, expected: str
    ) -> None:
        text = f"{MACHINE}[timeouts]\nidle_seconds = {value}\n"
        assert problems(written(tmp_path, text)) == {"timeouts.idle_seconds": expected}

    def test_a_kiosk_for_training_may_be_open_at_any_hour_and_no_other(
        self, tmp_path: Path
    ) -> None:
        always = MACHINE.replace("[devices]", "ignore_opening_hours = true\n[devices]")
        assert problems(written(tmp_path, always)) == {
            "kiosk.ignore_opening_hours": (
                "is for training only; set training = true, or leave it out"
            )
        }
        training = always.replace("[devices]", "training = true\n[devices]")
        hall = load(written(tmp_path, training)).hall
        sunday_night = datetime(2026, 3, 8, 3, 30, tzinfo=ZoneInfo(hall.time_zone))
        assert is_open(hall, sunday_night)
        assert not is_open(load_hall("urban", load_catalogue()), sunday_night)

    def test_devices_that_are_required_have_a_uri_and_one_reads_documents(
        self, tmp_path: Path
    ) -> None:
        text = MACHINE.replace('camera = "sim:camera"\n', 'required = ["printer", "camera"]\n')
        assert problems(written(tmp_path, text)) == {
            "devices.camera": "is listed in devices.required, but has no URI; add one",
            "devices": "no document can be read; give chip_reader, id_card_reader or camera a URI",
        }

    def test_single_time_outs_are_not_longer_than_the_total(self, tmp_path: Path) -> None:
        text = MACHINE.replace("[backend]", "[backend]\nread_seconds = 30")
        assert problems(written(tmp_path, text)) == {
            "backend.read_seconds": "should not be more than total_seconds"
        }

    def test_an_unknown_hall_is_told_with_the_nearest(self, tmp_path: Path) -> None:
        text = MACHINE.replace('"urban"', '"urbn"')
        (message,) = problems(written(tmp_path, text)).values()
        assert message.startswith("no profile 'urbn' comes with the kiosk; did you mean 'urban'?")

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (b"[kiosk]\nid = \n", "is not TOML: Invalid value (at line 2, column 6)"),
            (b"id = 'a'\nid = 'b'\n", "is not TOML: Cannot overwrite a value (at line 2"),
            (b"\xff\xfe", "is not UTF-8 text (byte 0)"),
            (b"", "kiosk: is missing; give it a value"),
        ],
    )
    def test_a_file_that_is_no_settings_is_told(
        self, tmp_path: Path, content: bytes, expected: str
    ) -> None:
        path = tmp_path / "machine.toml"
        path.write_bytes(content)
        with pytest.raises(ConfigError) as caught:
            load(path)
        assert str(caught.value).startswith(f"{path}: {expected}")

    def test_a_file_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match="cannot be read: No such file or directory"):
            load(tmp_path / "nothing.toml")


class TestHallProfile:
    def changed(self, tmp_path: Path, *changes: tuple[str, str]) -> list[str]:
        """The messages for the suburban profile after changes."""
        path = tmp_path / "hall.toml"
        text = (HALLS / "suburban.toml").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError) as caught:
            load_hall(str(path), load_catalogue())
        return [str(problem).removeprefix(f"{path}: ") for problem in caught.value.problems]

    def test_a_copy_of_a_profile_loads_by_its_path(self, tmp_path: Path) -> None:
        shutil.copy(HALLS / "station.toml", tmp_path / "ours.toml")
        path = written(tmp_path, MACHINE.replace('"urban"', '"ours.toml"'))
        assert load(path).hall.id == "station"

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            (
                '"Asia/Shanghai"',
                '"Asia/Shangai"',
                "time_zone: 'Asia/Shangai' is no IANA time zone; use one like 'Asia/Shanghai'",
            ),
            (
                '["zh", "en"]',
                '["zh", "ko"]',
                "languages: 'en' is missing; zh and en are always offered",
            ),
            (
                '["zh", "en"]',
                '["zh", "en", "zh"]',
                "languages: 'zh' is listed twice",
            ),
            (
                'services = [\n    "work-joint",',
                'services = [\n    "work-jiont",\n    "work-joint",',
                "services: 'work-jiont' is not in the catalogue; did you mean 'work-joint'?",
            ),
            (
                'services = [\n    "work-joint",',
                'services = [\n    "permanent-residence",\n    "work-joint",',
                (
                    "services: 'permanent-residence' is offered, but no desk handles it; "
                    "add it to a desk or leave it out"
                ),
            ),
            (
                'services = ["work-joint",',
                'services = ["permanent-residence", "work-joint",',
                (
                    "desks[\"1\"].services: 'permanent-residence' is not offered by this hall; "
                    "add it to services"
                ),
            ),
            (
                'services = ["work-joint",',
                'services = ["enquirry", "work-joint",',
                (
                    "desks[\"1\"].services: 'enquirry' is not in the catalogue; "
                    "did you mean 'enquiry'?"
                ),
            ),
            (
                'id = "1"\nzone = "A"',
                'id = "1"\nzone = "D"',
                "desks[\"1\"].zone: there is no zone 'D'; known are: A, B",
            ),
            ('id = "2"', 'id = "1"', "desks: the id '1' is given twice; ids are unique"),
            (
                'id = "2"',
                'id = "one"',
                "desks[\"one\"].id: 'one' will not do; should look like '12'",
            ),
            (
                'id = "B"\nname',
                'id = "A"\nname',
                "zones: the id 'A' is given twice; ids are unique",
            ),
            (
                "tuesday = [{ opens = 09:00:00, closes = 11:30:00 }",
                "tuesday = [{ opens = 11:00:00, closes = 10:30:00 }",
                "opening_hours.tuesday[#1]: closes should be later than opens, on the same day",
            ),
            (
                "tuesday = [{ opens = 09:00:00, closes = 11:30:00 }",
                "tuesday = [{ opens = 09:00:00, closes = 14:00:00 }",
                (
                    "opening_hours.tuesday[#2]: begins before the one above ends; "
                    "put periods in order, apart"
                ),
            ),
            (
                "tuesday = [{ opens = 09:00:00",
                "tuesday = [{ opens = 9",
                "opening_hours.tuesday[#1].opens: should be a date or a time of day, not 9",
            ),
            (
                "tuesday = [{ opens = 09:00:00",
                'tuesday = [{ opens = "09:00:00Z"',
                (
                    "opening_hours.tuesday[#1].opens: should be without a zone, "
                    "in the hall's own time, e.g. 09:00:00"
                ),
            ),
            (
                'name.en = "Zone B"',
                'name.eng = "Zone B"',
                'zones["B"].name: give the text at least in zh and en; missing: en',
            ),
            (
                "early_minutes = 30",
                "early_minutes = 30.5",
                "appointments.early_minutes: should be a whole number, not 30.5",
            ),
        ],
    )
    def test_each_mistake_gives_its_one_line(
        self, tmp_path: Path, old: str, new: str, expected: str
    ) -> None:
        messages = self.changed(tmp_path, (old, new))
        assert expected in messages
        consequences = [message for message in messages if ".zone: there is no zone" in message]
        assert len(messages) - len(consequences) <= 1 or expected in consequences

    def test_a_hall_that_never_opens_is_told(self, tmp_path: Path) -> None:
        text = (HALLS / "station.toml").read_text(encoding="utf-8")
        kept = [line for line in text.splitlines() if "day = [" not in line]
        path = written(tmp_path, "\n".join(kept), "hall.toml")
        with pytest.raises(ConfigError, match="opening_hours: the hall is never open"):
            load_hall(str(path), load_catalogue())

    def test_zones_are_held_against_desks_where_something_else_is_wrong(
        self, tmp_path: Path
    ) -> None:
        messages = self.changed(
            tmp_path,
            ("early_minutes = 30", 'early_minutes = "half"'),
            ('id = "1"\nzone = "A"', 'id = "1"\nzone = "D"'),
        )
        assert messages == [
            "appointments.early_minutes: should be a whole number, not 'half'",
            "desks[\"1\"].zone: there is no zone 'D'; known are: A, B",
        ]

    def test_machine_and_hall_are_told_together(self, tmp_path: Path) -> None:
        shutil.copy(HALLS / "station.toml", tmp_path / "ours.toml")
        hall = tmp_path / "ours.toml"
        hall.write_text(hall.read_text(encoding="utf-8").replace('zone = "A"', 'zone = "Q"'))
        text = MACHINE.replace('"urban"', '"ours.toml"').replace(
            "[backend]", "[backend]\nread_seconds = 30"
        )
        with pytest.raises(ConfigError) as caught:
            load(written(tmp_path, text))
        assert [problem.key for problem in caught.value.problems] == [
            "backend.read_seconds",
            'desks["1"].zone',
            'desks["2"].zone',
        ]


class TestCatalogue:
    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            (
                'series = "B"',
                'series = "A"',
                (
                    "services[\"residence-work\"].series: 'A' is the series of 'work-permit' "
                    "already; use another letter"
                ),
            ),
            (
                'id = "residence-work"',
                'id = "work-permit"',
                "services: the id 'work-permit' is given twice; ids are unique",
            ),
            (
                'combines = ["work-permit", "residence-work"]',
                'combines = ["work-permit", "residence-wrok"]',
                (
                    "services[\"work-joint\"].combines: 'residence-wrok' is not in the catalogue; "
                    "did you mean 'residence-work'?"
                ),
            ),
            (
                'combines = ["work-permit", "residence-work"]',
                'combines = ["work-permit"]',
                'services["work-joint"].combines: should be two services or more, or none',
            ),
            (
                'combines = ["work-permit", "residence-work"]',
                'combines = ["work-permit", "work-joint"]',
                (
                    "services[\"work-joint\"].combines: 'work-joint' is itself joint; "
                    "name its parts instead"
                ),
            ),
            (
                "handling_minutes = 20",
                "handling_minutes = 0",
                'services["work-permit"].handling_minutes: should be 1 or more, not 0',
            ),
            (
                'name.en = "Work permit"',
                'name.en = ""',
                "services[\"work-permit\"].name.en: should be text of 1 or more characters, not ''",
            ),
        ],
    )
    def test_each_mistake_gives_its_line(
        self, tmp_path: Path, old: str, new: str, expected: str
    ) -> None:
        text = CATALOGUE.read_text(encoding="utf-8")
        assert old in text
        path = written(tmp_path, text.replace(old, new, 1), "services.toml")
        with pytest.raises(ConfigError) as caught:
            load_catalogue(path)
        assert f"{path}: {expected}" in str(caught.value)


class TestServerSettings:
    def test_halls_are_listed_once(self, tmp_path: Path) -> None:
        path = written(
            tmp_path, 'halls = ["urban", "urban"]\ndatabase = "sqlite:///h.db"', "server.toml"
        )
        with pytest.raises(ConfigError, match="'urban' is listed twice; list each hall once"):
            load_server(path)

    def test_the_database_is_seen_from_the_file(self, tmp_path: Path) -> None:
        path = written(tmp_path, 'halls = ["urban"]\ndatabase = "sqlite:///h.db"', "server.toml")
        assert load_server(path).settings.database == f"sqlite:///{tmp_path}/h.db"
