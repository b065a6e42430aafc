"""Where: regions by code, and areas with their boundaries, sources and dates."""
