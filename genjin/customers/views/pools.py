"""The settings page of pools: which there are, whose, and who deals out of them."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.customers import amounts
from genjin.customers.forms.pools import NewPoolForm, PoolForm, led_by
from genjin.customers.models import Pool
from genjin.customers.pools import services
from genjin.organization.models import Person
from genjin.playbooks.services import playbooks_for
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say, warn
from genjin.web.wording import word


def pool_list(request: HttpRequest) -> HttpResponse:
    """Every open pool of the units one leads, with the rules it goes by, and a form for one more."""
    require(request.user, "customers.change_pools")
    form = NewPoolForm(request.POST or None, actor=request.user, initial={"unit": request.user.unit_id})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_pool(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("%(name)s is made.") % {"name": made.name})
            return redirect_to(request, reverse("pool_change", args=[made.pk]))
    today = timezone.localdate()
    pools = list(
        _led(request.user)
        .select_related("unit")
        .annotate(
            members=Count("people", filter=Q(people__is_administrator=False)),
            administrators=Count("people", filter=Q(people__is_administrator=True)),
        )
    )
    rules = playbooks_for(pool.unit_id for pool in pools)
    context: dict[str, Any] = {
        "form": form,
        "rows": [(pool, amounts.in_pool(pool, today), rules[pool.unit_id].pool) for pool in pools],
    }
    return respond(request, "customers/pool_list.html", context, status=422 if form.errors else 200)


def pool_change(request: HttpRequest, pk: int) -> HttpResponse:
    require(request.user, "customers.change_pools")
    pool = get_object_or_404(_led(request.user).select_related("unit"), pk=pk)
    people = list(pool.people.order_by("person").values_list("person", "is_administrator"))
    start = {
        "name": pool.name,
        "is_for_chosen": pool.is_for_chosen,
        "members": [person for person, is_administrator in people if not is_administrator],
        "administrators": [person for person, is_administrator in people if is_administrator],
    }
    form = PoolForm(request.POST or None, pool=pool, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            pool = services.change_pool(pool=pool, **form.changes(), by=request.user, at=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("%(name)s is saved.") % {"name": pool.name})
            return redirect_to(request, reverse("pool_list"))
    return respond(
        request, "customers/pool_form.html", {"form": form, "pool": pool}, status=422 if form.errors else 200
    )


@require_POST
def pool_close(request: HttpRequest, pk: int) -> HttpResponse:
    require(request.user, "customers.change_pools")
    pool = get_object_or_404(_led(request.user), pk=pk)
    try:
        services.close_pool(pool=pool, by=request.user, at=timezone.now())
    except Refused as refused:
        warn(request, word(refused))
        return redirect_to(request, reverse("pool_change", args=[pk]))
    say(request, _("%(name)s is closed.") % {"name": pool.name})
    return redirect_to(request, reverse("pool_list"))


def _led(person: Person) -> Any:
    return Pool.objects.visible_to(person).filter(unit__in=led_by(person))
