"""Invented records that look like a district's: from a seed, always the same, never real.

Nothing here names or describes a real organization. Credit codes lie in the region 99…, which
GB/T 2260 does not use, so they cannot hit a real one.
"""
