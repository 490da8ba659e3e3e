"""Taking back the last save, and correcting a note later."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from genjin.core.reasons import NotPermitted, Refused
from genjin.followups.chips import GROUPS, choices
from genjin.followups.forms import CodesField, own_words, within_ten_years
from genjin.followups.models import Touch
from genjin.followups.services.corrections import correct_touch, undo_touch
from genjin.followups.shown import shown_note, with_all_that_is_shown
from genjin.playbooks.services import variant
from genjin.web.drafts import confirm
from genjin.web.htmx import redirect_to, respond
from genjin.web.toasts import say, warn
from genjin.web.wording import word


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own last save and stand before that customer again."""
    touch = get_object_or_404(Touch.objects.visible_to(request.user).select_related("customer"), pk=pk)
    here = reverse("today_customer", args=[touch.customer_id])
    try:
        undo_touch(touch=touch, by=request.user, at=timezone.now())
    except NotPermitted:
        raise
    except Refused as refusal:
        warn(request, word(refusal))
    else:
        say(request, _("%(name)s: the note is taken back") % {"name": touch.customer.name})
    return redirect_to(request, here)


class CorrectionForm(forms.Form):
    remarks = forms.CharField(label=gettext_lazy("Remarks"), max_length=5000, required=False)
    interests = CodesField(required=False)
    interests_own = forms.CharField(max_length=200, required=False)
    objections = CodesField(required=False)
    objections_own = forms.CharField(max_length=200, required=False)
    services = CodesField(required=False)
    services_own = forms.CharField(max_length=200, required=False)
    attitude = forms.ChoiceField(
        label=gettext_lazy("Attitude"), choices=[("", ""), *Touch.Attitude.choices], required=False
    )
    pays_on = forms.DateField(label=gettext_lazy("Promised to pay by"), required=False, validators=[within_ten_years])

    def several(self, name: str) -> list[str]:
        given = [*self.cleaned_data[name], *own_words(self.cleaned_data[f"{name}_own"])]
        return list(dict.fromkeys(given))


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what a note says; the old text stays and is shown."""
    rows = with_all_that_is_shown(Touch.objects.visible_to(request.user).standing())
    touch = get_object_or_404(rows.select_related("author", "contact_person", "customer__unit"), pk=pk)
    if touch.is_imported:
        raise NotPermitted("imported_contact_stays")
    if touch.author_id != request.user.pk:
        raise NotPermitted("only_the_author_corrects")
    playbook = variant(touch.customer.playbook)
    groups = {group: choices(playbook, group) for group in GROUPS[:3]}
    form = CorrectionForm(request.POST or None, initial=_as_typed(touch, groups))
    if request.method == "POST" and form.is_valid():
        correct_touch(
            touch=touch,
            remarks=form.cleaned_data["remarks"],
            interests=form.several("interests"),
            objections=form.several("objections"),
            services=form.several("services"),
            attitude=form.cleaned_data["attitude"],
            pays_on=form.cleaned_data["pays_on"],
            by=request.user,
            at=timezone.now(),
        )
        say(request, _("Note corrected; the old text is kept"))
        confirm(request, f"correction-{touch.pk}")
        return redirect_to(request, reverse("customer", args=[touch.customer_id]))
    context = {
        "form": form,
        "touch": touch,
        "customer": touch.customer,
        "note": shown_note(touch, touch.customer),
        "chips": groups,
        "attitudes": [*Touch.Attitude.choices, ("", pgettext("attitude", "Not noted"))],
        "pays": bool(playbook.won_class),
        "place": "customers",
    }
    return respond(request, "followups/touch_correct.html", context, status=422 if form.errors else 200)


def _as_typed(touch: Touch, groups: dict[str, list[tuple[str, str]]]) -> dict[str, object]:
    """The note as the form shows it: chips that the playbook knows, the rest as own words."""
    day = touch.pays_on.isoformat() if touch.pays_on else ""
    typed: dict[str, object] = {"remarks": touch.remarks, "attitude": touch.attitude, "pays_on": day}
    for group, known in groups.items():
        codes = {code for code, _word in known}
        values = getattr(touch, group)
        typed[group] = [value for value in values if value in codes]
        typed[f"{group}_own"] = "、".join(value for value in values if value not in codes)
    return typed
