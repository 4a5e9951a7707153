"""What the kiosk does: the visit, diversion, tickets that are never lost. No Qt, no hardware."""
