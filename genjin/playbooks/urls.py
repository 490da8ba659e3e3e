"""The addresses of the playbooks."""

from django.urls import path

from genjin.playbooks.views import adoptions, carrying, drafts, effects, playbooks, versions

urlpatterns = [
    path("settings/playbooks/", playbooks.playbook_list, name="playbook_list"),
    path("settings/playbooks/<slug:code>/", playbooks.playbook_seen, name="playbook_seen"),
    path("settings/playbooks/<slug:code>/draft/", drafts.draft_begun, name="playbook_draft_begun"),
    path("settings/playbooks/<slug:code>/draft/class-left-out/", drafts.class_left_out, name="playbook_class_left_out"),
    path("settings/playbooks/<slug:code>/draft/discarded/", drafts.draft_discarded, name="playbook_draft_discarded"),
    path("settings/playbooks/<slug:code>/draft/carried-over/", carrying.carried, name="playbook_draft_carried"),
    path("settings/playbooks/<slug:code>/draft/file/", drafts.draft_file, name="playbook_draft_file"),
    path("settings/playbooks/<slug:code>/draft/<slug:section>/", drafts.draft_section, name="playbook_draft"),
    path("settings/playbooks/<slug:code>/effects/", effects.playbook_effects, name="playbook_effects"),
    path("settings/playbooks/<slug:code>/versions/", versions.playbook_versions, name="playbook_versions"),
    path("settings/playbooks/<slug:code>/versions/<int:number>/", versions.version_file, name="playbook_file"),
    path("settings/units/<int:pk>/playbook/", adoptions.unit_playbook, name="unit_playbook"),
]
