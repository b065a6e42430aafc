"""Files of rows: read with every cell's place, parse, map headers, write, and mark errors.

It knows files, not kinds of records: what a column should hold is told by the caller.
"""
