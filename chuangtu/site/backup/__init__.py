"""One file that holds an installation: every table and every kept file, checked by hash."""
