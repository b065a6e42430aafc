"""One organisation, once: whether two records mean the same organisation, and why."""
