"""Tiles, exports and the API's documentation; pages have modules of their own here."""
