"""Reading an imported file anew, in another encoding, with another delimiter, sheet or header row."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from genjin.core.reasons import Refused
from genjin.core.transfer import runs
from genjin.core.transfer.encodings import ENCODINGS
from genjin.core.transfer.reading import DELIMITERS, Wish
from genjin.customers.views.importing import columns_page, one_run
from genjin.web.htmx import redirect_to


@require_POST
def import_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it so; a file that cannot be is left as it was read before."""
    run = one_run(request, pk)
    try:
        runs.reread(run=run, wish=_wish(request), by=request.user, at=timezone.now())
    except Refused as refused:
        return columns_page(request, run, refused)
    return redirect_to(request, reverse("import_columns", args=[run.pk]))


def _wish(request: HttpRequest) -> Wish:
    asked = request.POST

    def figure(name: str, most: int) -> int:
        text = asked.get(name, "")
        return min(int(text), most) if text.isdecimal() and len(text) < 9 else 0

    encoding, delimiter = asked.get("encoding", ""), asked.get("delimiter", "")
    return Wish(
        encoding=encoding if encoding in ENCODINGS else "",
        delimiter=delimiter if len(delimiter) == 1 and delimiter in DELIMITERS else "",
        sheet=asked.get("sheet", "")[:100],
        header_row=figure("header_row", 200),
        header_depth=figure("header_depth", 2),
    )
