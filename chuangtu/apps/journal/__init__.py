"""Who did what: an append-only, hash-chained record of every change."""
