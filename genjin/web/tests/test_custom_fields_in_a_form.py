"""A form takes on the custom fields of its subject: by role, with what stands, with errors in place."""

from decimal import Decimal

import pytest
from django import forms as django_forms

from genjin.core.fields import services
from genjin.web.fields.forms import FieldsMixin
from genjin.web.forms import DateInput, Form

pytestmark = pytest.mark.django_db


class LeadForm(FieldsMixin, Form):
    subject = "customer"
    name = django_forms.CharField()


@pytest.fixture
def defined(qian, at):
    def make(label, kind, **details):
        return services.make_field(subject="customer", label=label, kind=kind, by=qian, at=at, **details)

    make("人数", "number", default=3, least=Decimal(1))
    make("到期日", "date")
    make("预算", "money", seen_by=["manager"])
    make("品牌", "choice", choices=[("", "用友", False), ("", "金蝶", False)])
    make("渠道", "several", choices=[("", "展会", False), ("", "网站", False)])
    make("负责人", "person")
    make("签过", "yes_no", is_required=True)
    make("口号", "text", longest=5)
    make("备用电话", "phone")


def test_a_role_is_offered_what_it_may_fill(defined, lin, liang):
    assert "custom_yusuan" not in LeadForm(custom_actor=lin).fields
    assert "custom_yusuan" in LeadForm(custom_actor=liang).fields
    assert LeadForm().custom_names == []
    assert LeadForm(custom_only=["daoqiri", "fuzeren", "renshu"]).custom_names == ["custom_daoqiri", "custom_renshu"]


def test_it_looks_like_every_other_field(defined, lin):
    form = LeadForm(custom_actor=lin)
    assert isinstance(form.fields["custom_daoqiri"].widget, DateInput)
    assert "input" in form.fields["custom_renshu"].widget.attrs["class"]


def test_what_was_filled_in_is_given_by_code(defined, lin):
    typed = {
        "name": "无锡恒丰", "custom_renshu": "1,200", "custom_daoqiri": "2026-12-31", "custom_pinpai": "jindie",
        "custom_qudao": ["wangzhan", "zhanhui"], "custom_fuzeren": str(lin.pk), "custom_qianguo": "no",
        "custom_kouhao": "快", "custom_beiyongdianhua": "138 1234 5678",
    }  # fmt: skip
    form = LeadForm(typed, custom_actor=lin)
    assert form.is_valid(), form.errors
    assert form.custom == {
        "renshu": 1200, "daoqiri": "2026-12-31", "pinpai": "jindie", "qudao": ["zhanhui", "wangzhan"],
        "fuzeren": lin.pk, "qianguo": False, "kouhao": "快", "beiyongdianhua": "13812345678",
    }  # fmt: skip


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(defined, lin, fang):
    typed = {
        "name": "x", "custom_renshu": "0", "custom_daoqiri": "明天", "custom_pinpai": "sap",
        "custom_fuzeren": str(fang.pk), "custom_beiyongdianhua": "abc",
    }  # fmt: skip
    form = LeadForm(typed | {"custom_kouhao": "太长的一个口号"}, custom_actor=lin)
    assert set(form.errors) == {
        "custom_renshu", "custom_daoqiri", "custom_pinpai", "custom_kouhao", "custom_fuzeren", "custom_qianguo",
        "custom_beiyongdianhua",
    }  # fmt: skip
    assert 'value="明天"' in str(form["custom_daoqiri"])


def test_a_new_one_shows_defaults_and_an_old_one_what_stands(defined, lin):
    assert LeadForm(custom_actor=lin, custom_is_new=True)["custom_renshu"].value() == 3
    assert LeadForm(custom_actor=lin)["custom_renshu"].value() is None
    held = LeadForm(custom_actor=lin, custom_held={"renshu": 8, "qianguo": True, "qudao": ["zhanhui"]})
    assert held["custom_renshu"].value() == 8
    assert 'value="yes" selected' in str(held["custom_qianguo"])
    assert str(held["custom_qudao"]).count("checked") == 1


def test_a_colleague_out_of_ones_scope_may_stay_and_is_named(defined, lin, fang):
    held = {"fuzeren": fang.pk, "qianguo": True}
    form = LeadForm(custom_actor=lin, custom_held=held)
    assert "方志远" in str(form["custom_fuzeren"])
    sent = {"name": "x", "custom_fuzeren": str(fang.pk), "custom_qianguo": "yes"}
    assert LeadForm(sent, custom_actor=lin, custom_held=held).is_valid()


def test_of_many_colleagues_one_is_written_by_name(defined, qian, lin, zhou, monkeypatch):
    monkeypatch.setattr("genjin.web.fields.forms.FEW", 1)
    sent = {"name": "x", "custom_qianguo": "yes", "custom_yusuan": ""}
    form = LeadForm(sent | {"custom_fuzeren": "林小满"}, custom_actor=qian)
    assert form.is_valid(), form.errors
    assert form.custom["fuzeren"] == lin.pk
    assert "custom_fuzeren" in LeadForm(sent | {"custom_fuzeren": "林大满"}, custom_actor=qian).errors
    assert "林小满" in str(LeadForm(custom_actor=qian, custom_held={"fuzeren": lin.pk})["custom_fuzeren"])
