"""Who and what exists: the district's register, one declaration for each kind."""
