"""The addresses of the playbooks."""

from django.urls import path

from genjin.playbooks.views import adoptions, playbooks

urlpatterns = [
    path("settings/playbooks/", playbooks.playbook_list, name="playbook_list"),
    path("settings/playbooks/<slug:code>/", playbooks.playbook_seen, name="playbook_seen"),
    path("settings/units/<int:pk>/playbook/", adoptions.unit_playbook, name="unit_playbook"),
]
