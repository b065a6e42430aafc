"""Where people walk in: one Django app for each record the bureau keeps."""
