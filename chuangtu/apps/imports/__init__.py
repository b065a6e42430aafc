"""Files that become records: template, preview, one act, undo."""
