"""What is known of each written symbol, as bits of one byte."""

BORDER = 1
"""Flag: a word starts here, or a field ended here."""
IN_NAME = 2
"""Flag: inside a name."""
IN_CODE = 4
"""Flag: inside a code."""
OPENING = 8
"""Flag: the first character of a field."""
ENDED = 16
"""Flag: the mark after a field."""
