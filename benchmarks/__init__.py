"""Side-by-side measurements; each prints what it measured in one run on one machine."""
