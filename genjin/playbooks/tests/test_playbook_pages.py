"""The playbooks' pages in the settings."""

import pytest

from genjin.playbooks.services import playbook_for


def test_the_list_says_which_unit_works_by_which(client_of, qian, east, east_one, south):
    page = client_of(qian).get("/settings/playbooks/").content.decode()
    assert "华东一组" in page
    assert "电销 0–9 类" in page
    assert f"/settings/units/{south.pk}/playbook/" in page


def test_a_seller_sees_their_own_unit_and_cannot_change_it(client_of, lin, south):
    page = client_of(lin).get("/settings/playbooks/").content.decode()
    assert "华东一组" in page
    assert "华南大区" not in page
    assert "/playbook/" not in page


@pytest.mark.parametrize("address", ["telesales/", "telesales/?size=large&rhythm=loops", "general/"])
def test_a_playbook_is_shown_in_both_languages(client_of, lin, address):
    client = client_of(lin)
    for language in ("zh-hans", "en"):
        lin.language = language
        lin.save()
        assert client.get(f"/settings/playbooks/{address}").status_code == 200


def test_the_figures_are_those_of_the_number_set_and_rhythm_asked_for(client_of, lin):
    client = client_of(lin)
    standard = client.get("/settings/playbooks/telesales/").content.decode()
    large = client.get("/settings/playbooks/telesales/?size=large&rhythm=table").content.decode()
    assert "最松一天 22.5 个联系，最紧 41.0 个" in standard
    assert "守不住" not in standard
    assert "最松一天 44.9 个联系" in large
    assert "守不住" in large


@pytest.mark.parametrize("address", ["hotel/", "telesales/?size=huge", "general/?rhythm=loops"])
def test_what_does_not_exist_is_not_found(client_of, lin, address):
    assert client_of(lin).get(f"/settings/playbooks/{address}").status_code == 404


def test_the_owner_gives_a_unit_another_playbook(client_of, qian, south):
    client = client_of(qian)
    assert "同梁溪云：通用 A–E 级" in client.get(f"/settings/units/{south.pk}/playbook/").content.decode()
    answer = client.post(f"/settings/units/{south.pk}/playbook/", {"choice": "telesales.large.table"})
    assert (answer.status_code, answer.url) == (302, "/settings/playbooks/")
    assert (playbook_for(south.pk).code, playbook_for(south.pk).size) == ("telesales", "large")


def test_the_owner_lets_a_unit_follow_the_one_above(client_of, qian, east_one):
    client_of(qian).post(f"/settings/units/{east_one.pk}/playbook/", {"choice": "inherit"})
    assert playbook_for(east_one.pk).code == "general"


@pytest.mark.parametrize("choice", ["", "hotel..", "inherit", "telesales.huge.table"])
def test_a_choice_that_is_not_offered_changes_nothing(client_of, qian, headquarters, choice):
    answer = client_of(qian).post(f"/settings/units/{headquarters.pk}/playbook/", {"choice": choice})
    assert answer.status_code == 422
    assert playbook_for(headquarters.pk).code == "general"


def test_a_manager_sees_the_unit_but_may_not_change_its_playbook(client_of, liang, east_one):
    address = f"/settings/units/{east_one.pk}/playbook/"
    assert client_of(liang).get(address).status_code == 403
    assert client_of(liang).post(address, {"choice": "general.."}).status_code == 403
    assert playbook_for(east_one.pk).code == "telesales"


def test_a_manager_of_another_region_gets_404(client_of, fang, east_one):
    assert client_of(fang).get(f"/settings/units/{east_one.pk}/playbook/").status_code == 404
