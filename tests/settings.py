"""Settings of the tests: the product's, with a data folder of their own and quick passwords."""

import os
from pathlib import Path

os.environ.setdefault("CHUANGTU_DATA", str(Path(__file__).resolve().parents[1] / "var" / "test"))
# A demonstration or a rate limit set in the developer's shell must not change what tests see.
os.environ["CHUANGTU_DEMO"] = ""
# An application reads the limit when it is made: off from the start, or some test meets it.
os.environ["CHUANGTU_RATE_LIMIT"] = "0"

from chuangtu.site.settings import *  # noqa: F403 - the environment above comes first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
