"""The kiosk's way to the hall server: the client, the journal, and what joins them."""
