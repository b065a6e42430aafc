"""Tiles kept ready to send, and the pieces of exported files."""
