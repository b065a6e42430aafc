"""Who asks: people and the role each plays."""
