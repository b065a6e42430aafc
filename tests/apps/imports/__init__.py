"""Files that become records."""
