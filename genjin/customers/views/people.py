"""Names of colleagues for the box they are typed into."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from genjin.customers.forms import people
from genjin.customers.services import ownership
from genjin.web.htmx import respond

OF = {"takers": ownership.takers, "colleagues": ownership.colleagues}
OPTIONS = "customers/_people_offered.html"


@require_GET
def people_offered(request: HttpRequest) -> HttpResponse:
    """`to` is what has been typed; `of` whom one may give customers, or lend one, to."""
    if request.GET.get("of") not in OF:
        raise Http404
    found = people.offered(OF[request.GET["of"]](request.user), request.GET.get("to", "").strip()[:60])
    return respond(request, OPTIONS, {"names": found}, fragment=OPTIONS)
