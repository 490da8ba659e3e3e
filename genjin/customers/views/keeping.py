"""锁定: keeping one customer from going back to the pool until a day."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from genjin.customers.forms.verbs import KeepForm
from genjin.customers.recycling.keeping import keep_customer
from genjin.customers.views import verbs
from genjin.customers.views.finding import customer_for, require_ability
from genjin.customers.views.standing import undo_address
from genjin.web.formats import day_weekday


def customer_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """`/customers/7/keep/`: until a day, with a reason; without a day no longer."""
    row = customer_for(request, pk)
    require_ability("keep", row, request.user, timezone.localdate())
    why = row.kept_why or {}
    form = KeepForm(request.POST or None, initial={"until": row.kept_until, "reason": why.get("text", "")})
    stays = _("Until then it stays with %(person)s, whatever the rules of going back say.")
    lines = [stays % {"person": row.owner.name if row.owner else ""}]
    asking = verbs.Asking(_("Keep it until a day"), _("Keep"), reverse("customer", args=[row.pk]), lines)

    def act(data: dict[str, Any]) -> verbs.Done:
        keep_customer(customer=row, **data, by=request.user, at=timezone.now())
        said = _("Kept until %(day)s") % {"day": day_weekday(data["until"])} if data["until"] else _("Kept no longer")
        return verbs.Done(said, undo_address(row, request))

    return verbs.answer(request, form, asking, act)
