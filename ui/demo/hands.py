"""The hands of whoever stands at the demo's kiosk."""

from typing import cast

from devices.camera.simulator import SimulatedCamera
from devices.chip.simulator import SimulatedChipReader
from devices.documents.specimen import load_all
from devices.idcard.simulator import SimulatedIdCardDriver
from kiosk.application import KioskApplication


class Hands:
    """Lays things on a kiosk's simulated readers, and takes them away."""

    def __init__(self, application: KioskApplication) -> None:
        drivers = application.drivers
        self.camera = cast("SimulatedCamera", drivers["camera"])
        self.chip_reader = cast("SimulatedChipReader", drivers["chip_reader"])
        self.id_card_reader = cast("SimulatedIdCardDriver", drivers["id_card_reader"])

    def place(self, name: str, options: str = "") -> None:
        """Lay a specimen document down: under the camera, and its chip on the reader."""
        self.camera.tray.do(f"place {name} {options}".strip())
        if load_all()[name].chip is not None:
            self.chip_reader.operator.do(f"insert {name}")

    def turn_over(self, name: str) -> None:
        """Turn a card that lies on its face, so that the camera sees the zone on its back."""
        self.camera.tray.do(f"place {name} side=back")

    def present(self, code: str) -> None:
        """Show a QR code on a phone."""
        self.camera.tray.do(f"present qr {code}")

    def place_card(self, name: str) -> None:
        """Lay an ID card on its reader."""
        self.id_card_reader.virtual.do(f"place {name}")

    def remove(self) -> None:
        """Take everything away."""
        self.camera.tray.do("remove")
        self.chip_reader.operator.do("remove")
        self.id_card_reader.virtual.do("lift")
