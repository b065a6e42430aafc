"""Commands of the search for duplicates."""
