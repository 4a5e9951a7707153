"""What differs from hall to hall and from machine to machine: settings, hall profiles, services."""
