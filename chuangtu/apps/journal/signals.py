"""What the journal tells those above it, which it does not know."""

from django.dispatch import Signal

act_written = Signal()
"""An act of many records is written, but not committed: its outbox lines follow `since`.

Receivers run inside the transaction, see what nobody else sees yet, and may prepare it for
readers. The journal's head is locked, so nothing is added before the commit.
"""

act_lost = Signal()
"""An act that may have been told of was not committed: what was prepared of it goes.

The journal's head is locked, so no other act is between its telling and its commit.
"""
