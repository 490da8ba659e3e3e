"""Automatic replies in the settings: the rules in their order, one rule with its preview, how texts are sent."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.leads.replies import rules
from genjin.leads.replies.forms import GatewayForm, OptOutForm, RuleForm
from genjin.leads.replies.models import OptOut, Reply, ReplyRule, SmsGateway
from genjin.leads.replies.services import GATEWAY, PERMISSION, Gateway, enter_opt_out, save_gateway, save_rule
from genjin.web.htmx import respond
from genjin.web.toasts import say
from genjin.web.wording import word

RECENT = 20


def reply_list(request: HttpRequest) -> HttpResponse:
    """The rules in their order, what was sent lately, and who wants no more."""
    require(request.user, PERMISSION)
    form = OptOutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            enter_opt_out(form.cleaned_data["contact"], by=request.user, at=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("No automatic reply goes there any more."))
            return redirect("reply_list")
    rows = ReplyRule.objects.visible_to(request.user).select_related("unit", "form")
    states = Reply.State
    rows = rows.annotate(
        sent=Count("replies", filter=Q(replies__state=states.SENT)),
        failed=Count("replies", filter=Q(replies__state__in=[states.FAILED, states.UNSURE])),
    )
    recent = Reply.objects.visible_to(request.user).select_related("lead", "rule").order_by("-pk")[:RECENT]
    context = {
        "rows": rows, "recent": recent, "form": form, "opted_out": OptOut.objects.count(),
        "gateway": SmsGateway.objects.first(), "may_change_gateway": request.user.may(GATEWAY),
    }  # fmt: skip
    return respond(request, "leads/reply_list.html", context, status=422 if form.errors else 200)


def reply_rule_new(request: HttpRequest) -> HttpResponse:
    require(request.user, PERMISSION)
    return _rule(request, None)


def reply_rule_change(request: HttpRequest, pk: int) -> HttpResponse:
    require(request.user, PERMISSION)
    return _rule(request, get_object_or_404(ReplyRule.objects.visible_to(request.user), pk=pk))


def _rule(request: HttpRequest, rule: ReplyRule | None) -> HttpResponse:
    """Sent as `preview` it shows the text as an example gets it, and keeps nothing."""
    form = RuleForm(request.POST or None, actor=request.user, rule=rule)
    is_preview = "preview" in request.POST
    if request.method == "POST" and form.is_valid() and not is_preview:
        sent = request.POST.get("version", "")
        version = int(sent) if sent.isdecimal() and len(sent) < 10 else 0
        try:
            save_rule(rule, form.ruled(), by=request.user, at=timezone.now(), version=version)
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("Saved."))
            return redirect("reply_list")
    context = {"form": form, "rule": rule, "names": rules.NAMES, "preview": _preview(form, rule)}
    status = 422 if form.errors and not is_preview else 200
    return respond(request, "leads/reply_rule.html", context, status=status)


def _preview(form: RuleForm, rule: ReplyRule | None) -> dict[str, Any] | None:
    """Subject and text as an invented lead gets them, or why they cannot be filled."""
    if form.is_bound:
        subject, text = form.data.get("subject", ""), form.data.get("text", "")
    elif rule is not None:
        subject, text = rule.subject, rule.text
    else:
        return None
    if wrong := rules.refusal_of_template(subject) or rules.refusal_of_template(text):
        return {"wrong": word(wrong)}
    values = example()
    return {"wrong": "", "subject": rules.filled(subject, values), "text": rules.filled(text, values)}


def example() -> dict[str, str]:
    """Nobody's."""
    return {
        "person": _("Mr Xu"), "company": _("Huishan Machines"), "phone": "13812345678", "email": "xu@example.com",
        "city": _("Wuxi"), "product": _("the product"), "wants": _("what they want to know"), "form": _("the form"),
        "unit": _("the unit"), "owner": _("the owner"),
    }  # fmt: skip


@sensitive_post_parameters("address", "secret")
@require_http_methods(["GET", "HEAD", "POST"])
def sms_gateway(request: HttpRequest) -> HttpResponse:
    """How texts are sent; address and secret are entered, never shown."""
    require(request.user, GATEWAY)
    row = SmsGateway.objects.first()
    shown = ("kind", "key_id", "sign_name", "quiet_from", "quiet_to", "is_on")
    start = {name: getattr(row, name) for name in shown} if row else {"kind": "console"}
    form = GatewayForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            save_gateway(Gateway(**form.cleaned_data), by=request.user, at=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            say(request, _("Saved."))
            return redirect("sms_gateway")
    return respond(request, "leads/sms_gateway.html", {"form": form, "row": row}, status=422 if form.errors else 200)
