"""Where customers come from: the seven channels of B1 and one's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.customers.forms.verbs import SourceForm
from genjin.customers.models import SourceChannel
from genjin.customers.services import sources as services
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say
from genjin.web.wording import word


def sources(request: HttpRequest) -> HttpResponse:
    """The list, and a form that adds one's own."""
    require(request.user, "customers.change_sources")
    form = SourceForm(request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            try:
                made = services.add_source(name=form.cleaned_data["name"], by=request.user, at=timezone.now())
            except Refused as refused:
                form.add_error("name", word(refused))
            else:
                say(request, _("Added: %(name)s") % {"name": made.name})
                return redirect_to(request, reverse("sources"))
        return _page(request, form, status=422)
    return _page(request, form)


def source_rename(request: HttpRequest, pk: int) -> HttpResponse:
    require(request.user, "customers.change_sources")
    source = get_object_or_404(SourceChannel, pk=pk)
    form = SourceForm(request.POST or None, initial={"name": str(source)})
    if request.method == "POST" and form.is_valid():
        try:
            typed = form.cleaned_data["name"]
            name = source.name if typed == str(source) else typed  # a shipped one is called otherwise in English
            services.rename_source(source=source, name=name, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error("name", word(refused))
        else:
            say(request, _("Saved."))
            return redirect_to(request, reverse("sources"))
    status = 422 if form.errors else 200
    return respond(request, "customers/source_rename.html", {"form": form, "source": source}, status=status)


def _page(request: HttpRequest, form: SourceForm, *, status: int = 200) -> HttpResponse:
    rows = SourceChannel.objects.order_by("position", "pk")
    return respond(request, "customers/source_list.html", {"form": form, "sources": rows}, status=status)
