"""Map tiles: the answer to a Selection, cut to one square of the web map."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from chuangtu.apps.catalog import parameters as read
from chuangtu.apps.catalog.answers import not_modified, tagged, takes_gzip
from chuangtu.apps.catalog.problems import problem_of
from chuangtu.apps.catalog.queries.tiles import tile_of
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.errors import ChuangtuError, ParameterError

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"


# It writes nothing: whoever sends a form here is told so, not that the form is too old.
@csrf_exempt
@require_safe
def tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    try:
        return _tile(request, z, x, y)
    except ParameterError as error:
        return problem_of(error, 404 if error.name == "tile" else 400)
    except ChuangtuError as error:
        return problem_of(error, 503)


def _tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    asked = read.read(request, {}, today=timezone.localdate())
    view = snapshots.current()
    etag = view.etag(asked.selection)
    if not_modified(request, etag):
        return tagged(HttpResponse(status=304), asked.viewer, etag)
    kept = tile_of(view, asked.selection, z, x, y)
    if takes_gzip(request):
        response = HttpResponse(kept.packed, content_type=MEDIA_TYPE)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(kept.plain, content_type=MEDIA_TYPE)
    return tagged(response, asked.viewer, etag)
