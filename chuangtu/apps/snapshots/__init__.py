"""What everybody reads: the published answers to every Selection."""
