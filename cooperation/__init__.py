"""Who agreed to do what together in defence, and which sentence says so."""
