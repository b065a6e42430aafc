"""What the public says is wrong in a record, and how it was answered."""
