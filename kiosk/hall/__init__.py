"""The hall's own terms, used by kiosk and server alike."""
