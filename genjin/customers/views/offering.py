"""Names for the boxes they are typed into: colleagues, and what stands in a field already."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from genjin.customers import known_values
from genjin.customers.forms import people
from genjin.web.htmx import respond

OPTIONS = "customers/_offered.html"
LONGEST = 60


@require_GET
def people_offered(request: HttpRequest) -> HttpResponse:
    """`to` is what has been typed; `of` a word of `people.OF`."""
    if request.GET.get("of") not in people.OF:
        raise Http404
    found = people.offered(people.OF[request.GET["of"]](request.user), request.GET.get("to", "").strip()[:LONGEST])
    return respond(request, OPTIONS, {"names": found}, fragment=OPTIONS)


@require_GET
def values_offered(request: HttpRequest) -> HttpResponse:
    """`value` is what has been typed; `field` one of those of which values are known."""
    field = request.GET.get("field", "")
    if not known_values.is_known(field):
        raise Http404
    found = known_values.offered(field, request.GET.get("value", "").replace("\0", "")[:400], request.user)
    return respond(request, OPTIONS, {"names": found}, fragment=OPTIONS)
