"""Tasks: given by who leads, listed for both sides, carried out, answered, withdrawn."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.customers.models import Customer
from genjin.customers.views import verbs
from genjin.customers.views.bulk import choice_of, list_of
from genjin.followups.desk import customer_for
from genjin.followups.models import Task
from genjin.followups.tasks import reading, services
from genjin.followups.tasks.forms import DoneForm, GiveForm, GiveToOwnersForm, WhyNotForm, WithdrawForm
from genjin.followups.tasks.services import Given
from genjin.followups.views.returning import back_field, came_from_today
from genjin.organization.models import Person
from genjin.playbooks.practice import practice_of
from genjin.web.asked import key_in
from genjin.web.forms import Form
from genjin.web.htmx import redirect_to, respond, shown_anew
from genjin.web.toasts import say, warn
from genjin.web.wording import word


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """What one has to do, or what one's people have; by state, and of one person."""
    actor, at = request.user, timezone.now()
    gives = actor.may("followups.give_tasks")
    require(actor, "customers.work")
    side = request.GET.get("side", "given" if gives else "mine")
    state = request.GET.get("state", "open")
    person = _person(request) if side == "given" else None
    rows = Task.objects.visible_to(actor)
    rows = rows.exclude(person=actor.pk) if side == "given" else rows.filter(person=actor.pk)
    context = {
        "side": side if side in ("mine", "given") else "mine",
        "state": state if state in reading.STATES else "open",
        "chosen": person,
        "gives": gives,
        "shown": reading.listed(
            rows, actor=actor, state=state if state in reading.STATES else "open", at=at,
            person=person.pk if person else None,
        ),
        "counts": reading.counts_of(rows.filter(person=person) if person else rows, today=timezone.localdate(at)),
        "lines": reading.lines_of(_people(actor), at=at) if side == "given" else [],
        "most": reading.MOST,
    }  # fmt: skip
    return respond(request, "followups/tasks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def task_new(request: HttpRequest) -> HttpResponse:
    """Ask one or several people to do something, at a customer or not."""
    actor = request.user
    require(actor, "followups.give_tasks")
    given = request.POST if request.method == "POST" else request.GET
    customer = _customer(request, given.get("customer", ""))
    tomorrow = practice_of(actor.unit).calendar.add(timezone.localdate(), 1)
    among = [customer.owner_id] if customer and customer.owner_id else [_key(given.get("person", ""))]
    form = GiveForm(
        request.POST if request.method == "POST" else None, actor=actor, at_customer=customer is not None,
        initial={"on": tomorrow, "among": among},
    )  # fmt: skip
    back = reverse("customer", args=[customer.pk]) if customer else reverse("tasks")
    title = _("Give a task at %(name)s") % {"name": customer.name} if customer else _("Give a task")
    asking = verbs.Asking(
        title, _("Give it"), back, [_("It stands in their day and at the customer; you see what becomes of it.")],
        hidden=[("customer", customer.pk)] if customer else (), place="customers" if customer else "week",
    )  # fmt: skip

    def act(data: dict[str, Any]) -> verbs.Done:
        people = list(Person.objects.visible_to(actor).filter(pk__in=form.chosen_people()).order_by("pk"))
        made = services.give_tasks(
            order=form.order(), people=people, customer=customer, lend=bool(data.get("lend")), by=actor,
            at=timezone.now(),
        )  # fmt: skip
        return verbs.Done(_given(made), reverse("tasks_taken_back", args=[made.batch]))

    return verbs.answer(request, form, asking, act)


@require_POST
def bulk_task(request: HttpRequest) -> HttpResponse:
    """The same task for whoever holds each of the chosen customers: first the form, then, with `sure`, it is given."""
    actor, back = request.user, list_of(request)
    require(actor, "followups.give_tasks")
    try:
        choice = choice_of(request)
    except Refused as refused:
        warn(request, word(refused))
        return redirect_to(request, back)
    counted = choice.counted()
    if counted == "0":
        warn(request, _("Choose at least one customer."))
        return redirect_to(request, back)
    tomorrow = practice_of(actor.unit).calendar.add(timezone.localdate(), 1)
    form = GiveToOwnersForm(request.POST if "sure" in request.POST else None, initial={"on": tomorrow})
    hidden = [("chosen", key) for key in choice.keys] + [("sure", "1"), ("back", back)]
    if choice.query:
        hidden += [("whole", "1"), ("list", choice.query)]
    line = _("%(n)s chosen. Whoever holds a customer gets the task for it; those in a pool are left out.")
    asking = verbs.Asking(_("Give a task to the owners"), _("Give it"), back, [line % {"n": counted}], hidden=hidden)
    if not form.is_bound:
        return verbs.show(request, form, asking)

    def act(_data: dict[str, Any]) -> verbs.Done:
        rows = choice.rows.order_by("pk")[: services.MOST + 1]
        made = services.give_tasks_to_owners(order=form.order(), customers=rows, by=actor, at=timezone.now())
        return verbs.Done(_given(made), reverse("tasks_taken_back", args=[made.batch]))

    return verbs.answer(request, form, asking, act)


@require_safe
def customer_tasks(request: HttpRequest, pk: int) -> HttpResponse:
    """The tasks at one customer: the panel of its page."""
    customer = customer_for(request.user, pk)
    context = {
        "customer": customer,
        "shown": reading.at_customer(customer, actor=request.user, at=timezone.now()),
        "gives": request.user.may("followups.give_tasks") and customer.is_open,
        "back": "today" if came_from_today(request) else "",
    }
    return respond(request, "followups/customer_tasks.html", context, fragment="followups/_customer_tasks.html")


@require_http_methods(["GET", "HEAD", "POST"])
def task_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Carried out: by a note, or with a short result."""
    task = _task(request, pk)
    form = DoneForm(request.POST if request.method == "POST" else None, notes=reading.notes_for(task))
    asking = _asking(request, task, _("Carried out"), _("Carried out"))

    def act(data: dict[str, Any]) -> services.Task:
        return services.end_task(
            task=task, outcome=Task.Outcome.DONE, result=data["result"], touch=form.note(), by=request.user,
            at=timezone.now(),
        )  # fmt: skip

    return _ended(request, form, asking, act, _("Task carried out"))


@require_http_methods(["GET", "HEAD", "POST"])
def task_declined(request: HttpRequest, pk: int) -> HttpResponse:
    """Not carried out, with why."""
    task = _task(request, pk)
    form = WhyNotForm(request.POST if request.method == "POST" else None)
    asking = _asking(request, task, _("Not carried out"), _("Answer"))

    def act(data: dict[str, Any]) -> services.Task:
        return services.end_task(
            task=task, outcome=Task.Outcome.DECLINED, result=data["result"], by=request.user, at=timezone.now()
        )

    return _ended(request, form, asking, act, _("Task answered"))


@require_http_methods(["GET", "HEAD", "POST"])
def task_withdrawn(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken back by whoever leads."""
    task = _task(request, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    asking = _asking(request, task, _("Withdraw the task"), _("Withdraw"))

    def act(data: dict[str, Any]) -> services.Task:
        return services.withdraw_task(task=task, reason=data["result"], by=request.user, at=timezone.now())

    return _ended(request, form, asking, act, _("Task withdrawn"))


@require_POST
def task_reopened(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an end that was a slip."""
    task = _task(request, pk)
    services.reopen_task(task=task, by=request.user, at=timezone.now())
    say(request, _("Taken back."))
    return shown_anew(request, _back(request, task))


@require_POST
def tasks_taken_back(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Undo giving: what nobody has answered yet is withdrawn."""
    if not Task.objects.visible_to(request.user).filter(given_by=request.user.pk, batch=batch).exists():
        raise Http404
    count = services.take_back_tasks(batch=batch, by=request.user, at=timezone.now())
    say(request, ngettext("%(n)d task taken back", "%(n)d tasks taken back", count) % {"n": count})
    return shown_anew(request, reverse("tasks"))


def _ended(
    request: HttpRequest, form: Form, asking: verbs.Asking, act: Callable[[dict[str, Any]], Task], sentence: str
) -> HttpResponse:
    def done(data: dict[str, Any]) -> verbs.Done:
        return verbs.Done(sentence, reverse("task_reopened", args=[act(data).pk]))

    return verbs.answer(request, form, asking, done)


def _asking(request: HttpRequest, task: Task, title: str, submit: str) -> verbs.Asking:
    line = _("%(by)s asks: %(purpose)s") % {"by": task.given_by.name, "purpose": task.purpose}
    lines = [line, *([_("Result wanted: %(wanted)s") % {"wanted": task.wanted}] if task.wanted else [])]
    hidden = [("from", request.GET.get("from") or request.POST.get("from", "")), *back_field(request)]
    return verbs.Asking(title, submit, _back(request, task), lines, hidden=hidden)


def _back(request: HttpRequest, task: Task) -> str:
    """Today, the customer's page, or the list of tasks: wherever the answer was begun."""
    came_from = request.POST.get("from") or request.GET.get("from", "")
    if came_from_today(request):
        return reverse("today_customer", args=[task.customer_id]) if task.customer_id else reverse("today")
    if came_from == "customer" and task.customer_id:
        return reverse("customer", args=[task.customer_id])
    return reverse("tasks")


def _task(request: HttpRequest, pk: int) -> Task:
    rows = Task.objects.visible_to(request.user).select_related("person", "given_by", "customer")
    return get_object_or_404(rows, pk=pk)


def _customer(request: HttpRequest, text: str) -> Customer | None:
    if not text:
        return None
    return get_object_or_404(Customer.objects.visible_to(request.user), pk=_key(text))


def _person(request: HttpRequest) -> Person | None:
    text = request.GET.get("person", "")
    return get_object_or_404(Person.objects.visible_to(request.user), pk=_key(text)) if text else None


def _people(actor: Person) -> list[Person]:
    return list(Person.objects.visible_to(actor).exclude(pk=actor.pk))


def _key(text: str) -> int:
    return key_in(text) or 0


def _given(made: Given) -> str:
    said = ngettext("%(n)d task given", "%(n)d tasks given", len(made.tasks)) % {"n": len(made.tasks)}
    if made.left_out:
        left = ngettext("%(n)d customer has no owner here", "%(n)d customers have no owner here", len(made.left_out))
        return _("%(given)s; %(left)s") % {"given": said, "left": left % {"n": len(made.left_out)}}
    return said
