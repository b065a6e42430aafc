"""Words every floor uses: frozen values, no input or output."""
