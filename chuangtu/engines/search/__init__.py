"""Full text of the register: what each viewer finds, exactly, fast and in a stated order."""
