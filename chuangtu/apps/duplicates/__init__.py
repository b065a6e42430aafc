"""One organization, once: the queue of pairs that may be one, and what was decided."""
