"""Chinese addresses: taken apart offline, and located as well as what is known allows."""
