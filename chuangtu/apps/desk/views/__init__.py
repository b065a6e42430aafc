"""Pages of officers: the work list, imports, records."""
