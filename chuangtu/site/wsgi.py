"""The WSGI application that granian serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from chuangtu.site.lineage import end_with_parent

# First of all: one that loads must not outlive its server either.
end_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chuangtu.site.settings")

application = get_wsgi_application()

# Loads every page and the API's schemas, else the first to ask waits a second for them.
get_resolver().url_patterns  # noqa: B018 - asking for it is what loads it

# The register's models exist only once the application is made.
from chuangtu.apps.snapshots.queries import prepare  # noqa: E402 - see the line above

prepare()
