"""Finding and reading the machine readable zone in a picture, by small networks."""

from devices.camera.mrz.reader import MrzReader
from devices.camera.mrz.sighting import MrzSighting

__all__ = ["MrzReader", "MrzSighting"]
