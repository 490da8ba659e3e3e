"""The living style guide: every component once, with invented content."""

from types import SimpleNamespace

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from genjin.web.forms import Form
from genjin.web.paging import Page

# The telesales ladder; a playbook with other classes maps its ranks onto the same looks.
CLASSES = [
    ("1", "1", "1 类：合同已回，等办款", "催款"),
    ("2", "2", "2 类：合同已发，未回", "催签"),
    ("3k", "重3", "重点3：有兴趣点和异议点，疑虑少", "签单"),
    ("3", "普3", "普通3：认可品牌或人，尚有疑虑", "转重点"),
    ("4k", "重4", "重点4：意愿稍强，疑虑较小", "破疑虑"),
    ("4", "普4", "普通4：认可度低，疑虑大", "建信任"),
    ("5", "5", "5 类：未找到 KP 或三次未接", "找 KP"),
    ("6", "6", "6 类：毁单", "追回"),
    ("7", "7", "7 类：长期", "长期"),
    ("0", "0", "0 类：新分配，未联系", "开口"),
    ("9", "9", "9 类：已成交，转客户维护", "维护"),
]


class SampleForm(Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Name"), max_length=20, help_text=_("As it stands on the business card."))
    phone = forms.CharField(label=_("Phone"), required=False)
    met_on = forms.DateField(label=_("Met on"), required=False)
    source = forms.ChoiceField(label=_("Source"), choices=[("web", _("Website")), ("friend", _("Recommended"))])
    channel = forms.ChoiceField(
        label=_("Channel"), widget=forms.RadioSelect, choices=[("call", _("Call")), ("visit", _("Visit"))]
    )
    remarks = forms.CharField(label=_("Remarks"), required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label=_("May be called at noon"), required=False)


def component_list(request: HttpRequest) -> HttpResponse:
    ladder = [
        SimpleNamespace(value=look, look=look, badge=badge, title=title, word=word)
        for look, badge, title, word in CLASSES
    ]
    form = SampleForm(
        data={"name": "无锡朗悦搬家服务有限公司无锡滨湖分公司仓储园七栋店", "met_on": "2026-02-30", "source": "web"}
    )
    page = Page(rows=list(range(50)), has_next=True, has_previous=False, next_cursor="…", first_index=1, total=310)
    return render(request, "web/component_list.html", {"ladder": ladder, "form": form, "page": page})
