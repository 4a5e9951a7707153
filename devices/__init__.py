"""Everything that touches hardware: per kind of device the contract, its drivers, its simulator."""
