"""The door: settings, addresses, error pages, base templates, console."""
