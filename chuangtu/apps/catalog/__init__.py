"""The explorer, record pages, tiles, exports and the JSON API."""
