"""Which record is meant: states in bulk, parties by code or name, rows of a file by identity."""
