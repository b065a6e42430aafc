"""The read model: records in Morton order, answering one Selection in tiles, counts and pages."""
