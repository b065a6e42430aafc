"""Rooms that only think: pure, independent of one another and of Django."""
