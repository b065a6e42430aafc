"""Where officers work: imports, edits, upkeep."""
