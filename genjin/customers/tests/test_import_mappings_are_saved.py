"""A mapping saved under a name is proposed again and can be chosen; shared ones by everybody who imports."""

import pytest
from django.urls import reverse

from genjin.core.reasons import NotPermitted, Refused
from genjin.core.transfer import mappings
from genjin.core.transfer.models import ImportRun, SavedMapping
from genjin.customers.tests.importing import receive

pytestmark = pytest.mark.django_db

TEXT = "单位名,电话一,去年销售\n怡美,13812345678,5\n"


def chosen(client, run: ImportRun, **more):
    answers = {"column-0": "name", "column-1": "phones", "column-2": "remarks_titled", "kind": "org"}
    return client.post(reverse("import_columns", args=[run.pk]), {**answers, **more})


@pytest.fixture
def saved(client_of, liang, at):
    run = receive(liang, at, TEXT)
    chosen(client_of(liang), run, mapping_name=" 老系统  导出 ", mapping_shared="1", pool=liang.unit.pool.pk)
    return SavedMapping.objects.get()


def test_it_is_saved_with_what_was_chosen(saved, liang):
    assert (saved.name, saved.by, saved.is_shared) == ("老系统 导出", liang, True)
    assert saved.mapping == {"单位名": "name", "电话一": "phones", "去年销售": "remarks_titled"}


def test_it_is_proposed_for_a_file_with_these_columns(saved, fang, at):
    run = receive(fang, at, "电话一,单位名,去年销售,今年销售\n13812345679,恒丰,5,6\n")
    assert run.mapping == {"电话一": "phones", "单位名": "name", "去年销售": "remarks_titled", "今年销售": ""}
    assert run.options["columns"][2]["how"] == {"code": "column_as_saved", "name": "老系统 导出"}


def test_it_is_not_proposed_where_a_column_is_missing(saved, fang, at):
    assert receive(fang, at, "单位名,别的\n恒丰,6\n").mapping["单位名"] == ""


def test_it_can_be_chosen_and_only_its_owner_forgets_it(client_of, saved, liang, fang, at):
    run = receive(fang, at, "单位名,甲,乙,丙\n恒丰,6,7,8\n")
    client = client_of(fang)
    assert "老系统 导出" in client.get(reverse("import_columns", args=[run.pk])).content.decode()
    client.post(reverse("import_mapping", args=[run.pk]), {"saved_mapping": saved.pk})
    run.refresh_from_db()
    assert run.mapping["单位名"] == "name"
    assert client.post(reverse("import_mapping_forget", args=[run.pk]), {"saved_mapping": saved.pk}).status_code == 422
    own = receive(liang, at, TEXT)
    client_of(liang).post(reverse("import_mapping_forget", args=[own.pk]), {"saved_mapping": saved.pk})
    assert not SavedMapping.objects.exists()


def test_one_that_is_not_shared_is_not_there_for_others(client_of, saved, fang, at):
    SavedMapping.objects.update(is_shared=False)
    run = receive(fang, at, TEXT)
    assert run.mapping["单位名"] == ""
    client = client_of(fang)
    assert client.post(reverse("import_mapping", args=[run.pk]), {"saved_mapping": saved.pk}).status_code == 404
    assert client.post(reverse("import_mapping", args=[run.pk]), {"saved_mapping": "x"}).status_code == 404


def test_strangers_to_the_run_and_sellers_do_nothing_with_it(client_of, saved, liang, lin, fang, at):
    run = receive(liang, at, TEXT)
    for name in ("import_mapping", "import_mapping_forget"):
        assert client_of(fang).post(reverse(name, args=[run.pk]), {"saved_mapping": saved.pk}).status_code == 404
        assert client_of(lin).post(reverse(name, args=[run.pk]), {"saved_mapping": saved.pk}).status_code == 403
    with pytest.raises(NotPermitted):
        mappings.save_mapping(run=run, name="x", is_shared=True, by=lin, at=at)
    assert SavedMapping.objects.count() == 1


def test_without_a_name_or_beyond_the_most_nothing_is_saved(liang, at, monkeypatch):
    run = receive(liang, at, TEXT)
    with pytest.raises(Refused, match="mapping_needs_a_name"):
        mappings.save_mapping(run=run, name="  ", is_shared=False, by=liang, at=at)
    monkeypatch.setattr(mappings, "MOST", 1)
    mappings.save_mapping(run=run, name="一", is_shared=False, by=liang, at=at)
    with pytest.raises(Refused, match="too_many_mappings"):
        mappings.save_mapping(run=run, name="二", is_shared=False, by=liang, at=at)
    mappings.save_mapping(run=run, name="一", is_shared=False, by=liang, at=at)
    assert SavedMapping.objects.count() == 1
