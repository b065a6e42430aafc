"""The WSGI application that granian serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chuangtu.site.settings")

application = get_wsgi_application()

# The register's models exist only once the application is made.
from chuangtu.apps.snapshots.queries import prepare  # noqa: E402 - see the line above

prepare()
