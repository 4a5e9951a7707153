"""The virtual eMRTD: a complete chip document in software, in process or behind pcscd."""
