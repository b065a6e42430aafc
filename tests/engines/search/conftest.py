"""Hundreds of indexes are built here: none waits for the disk to have settled."""

import os

import pytest


@pytest.fixture(autouse=True, scope="module")
def _no_settling():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: None)
        yield
