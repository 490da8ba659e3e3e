"""A new customer, with a hint who may be the same while one types."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from genjin.core.permissions import require
from genjin.core.reasons import NotPermitted, Reason, Refused
from genjin.customers.duplicates.hints import possible_duplicates, with_same_phone
from genjin.customers.forms.new import NewCustomerForm
from genjin.customers.models import Pool
from genjin.customers.rules import phones_in
from genjin.customers.services.identity import create_customer
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say
from genjin.web.wording import word


def customer_new(request: HttpRequest) -> HttpResponse:
    """A phone that is known already asks once more before a second customer is made."""
    require(request.user, "customers.create")
    form = NewCustomerForm(request.POST or None, actor=request.user)
    status, same, asks_again = 200, [], False
    if request.method == "POST":
        status = 422
        if form.is_valid():
            same = with_same_phone(request.user, form.every_phone)
            if same and not form.cleaned_data["anyway"]:
                asks_again = True
                form.add_error(None, word(Reason("phone_is_known")))
            else:
                try:
                    return _create(request, form)
                except NotPermitted:
                    raise
                except Refused as refused:
                    # Somebody may have added the same phone while this one was asked about.
                    asks_again = refused.reason.code == "phone_is_known"
                    same = with_same_phone(request.user, form.every_phone) if asks_again else []
                    form.add_error(None, word(refused))
        if not same:
            same = possible_duplicates(request.user, name=request.POST.get("name", ""), phones=_typed(request.POST))
    context = {"form": form, "duplicates": same, "asks_again": asks_again or bool(request.POST.get("anyway"))}
    return respond(
        request, "customers/customer_new.html", context, fragment="customers/_customer_new_form.html", status=status
    )


def _create(request: HttpRequest, form: NewCustomerForm) -> HttpResponse:
    holder = form.cleaned_data["holder"]
    row = create_customer(
        fields=form.file,
        phones=form.cleaned_data["phones"],
        contact=form.contact,
        tags=form.cleaned_data["tags"],
        custom=form.custom,
        class_code=form.cleaned_data["class_code"],
        owner=None if isinstance(holder, Pool) else holder,
        pool=holder if isinstance(holder, Pool) else None,
        anyway=form.cleaned_data["anyway"],
        by=request.user,
        at=timezone.now(),
    )
    say(request, _("Created: %(name)s") % {"name": row.name})
    return redirect_to(request, reverse("customer", args=[row.pk]))


@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """The live hint: who has this phone, this name, or nearly this name."""
    require(request.user, "customers.create")
    name = request.GET.get("name", "")[:200]
    found = possible_duplicates(request.user, name=name, phones=_typed(request.GET))
    return respond(request, "customers/duplicates.html", {"duplicates": found}, fragment="customers/_duplicates.html")


def _typed(given) -> list[str]:
    """Every phone typed so far that is one; half a number is no number yet."""
    numbers: list[str] = []
    for name in ("phone", "phones", "contact_phones"):
        for text in given.getlist(name):
            found = phones_in(text[:400])
            numbers += [] if isinstance(found, Reason) else found
    return numbers
