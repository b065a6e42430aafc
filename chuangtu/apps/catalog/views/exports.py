"""Files of any Selection, streamed: what is counted on the page is what stands in the file."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from chuangtu.apps.catalog import parameters as read
from chuangtu.apps.catalog.problems import problem_of
from chuangtu.apps.catalog.queries.exports import FORMATS, export
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.errors import ChuangtuError, ParameterError

LANGUAGES = ("zh", "en")


# It writes nothing: whoever sends a form here is told so, not that the form is too old.
@csrf_exempt
@require_safe
def export_file(request: HttpRequest, form: str) -> HttpResponseBase:
    try:
        return _export(request, form)
    except ParameterError as error:
        return problem_of(error, 400)
    except ChuangtuError as error:
        return problem_of(error, 503)


def _export(request: HttpRequest, form: str) -> HttpResponseBase:
    if form not in FORMATS:
        known = "、".join(FORMATS)
        raise ParameterError(
            "format",
            f"不能导出“{form[:20]}”。可用：{known}。",
            f"'{form[:20]}' is not a format. Choose from: {', '.join(FORMATS)}.",
        )
    today = timezone.localdate()
    asked = read.read(request, {"language": read.one_of(LANGUAGES)}, today=today)
    language = asked.options.get("language", "zh")
    file = export(snapshots.current(), asked.selection, form, language=language)
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse(content_type=file.media_type)
    else:
        response = StreamingHttpResponse(file.pieces, content_type=file.media_type)
    name = f"{'创图资源' if language == 'zh' else 'chuangtu-resources'}-{today:%Y%m%d}.{form}"
    response["Content-Disposition"] = (
        f"attachment; filename=\"chuangtu-{today:%Y%m%d}.{form}\"; filename*=UTF-8''{quote(name)}"
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Total-Count"] = str(file.total)
    return response
