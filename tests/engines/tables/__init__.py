"""The engine that reads and writes files of rows."""
