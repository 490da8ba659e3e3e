"""From which chance on a pair is asked about, and what is merged by itself; tried before it is switched on."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from genjin.core.permissions import require
from genjin.customers.duplicates import settings
from genjin.customers.forms.duplicates import DuplicateRulesForm
from genjin.customers.merging.automatic import LOOKED_AT, trial
from genjin.customers.models import StockSearch
from genjin.customers.wording import left_to_a_person, rule_words
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say


def duplicate_rules(request: HttpRequest) -> HttpResponse:
    """`/settings/duplicates/`. The button `try` counts what would be merged and changes nothing."""
    require(request.user, "customers.change_duplicate_rules")
    rules = settings.rules_now()
    form = DuplicateRulesForm(request.POST or None, initial=DuplicateRulesForm.initial_of(rules))
    tried = None
    if request.method == "POST" and form.is_valid():
        if "try" not in request.POST:
            settings.change_rules(**form.values, by=request.user, at=timezone.now())
            say(request, _("Saved."))
            return redirect_to(request, reverse("duplicate_rules"))
        values = form.values
        tried = trial(merging=values["merging"], across_owners=values["across_owners"])
    context = {
        "form": form,
        "rules": rules,
        "tried": tried,
        "looked_at": LOOKED_AT,
        "rule_words": rule_words(),
        "left_words": left_to_a_person(),
        "search": StockSearch.objects.filter(state=StockSearch.State.DONE).order_by("-pk").first(),
    }
    return respond(
        request, "customers/duplicate_rules.html", context, status=422 if form.errors and form.is_bound else 200
    )
