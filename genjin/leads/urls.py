"""The addresses of leads."""

from django.urls import URLPattern, URLResolver, include, path

from genjin.leads.views import bulk, costs, exporting, lists, merging, new, ownership, pushes, record

urlpatterns: list[URLPattern | URLResolver] = [
    path("leads/", lists.lead_list, name="leads"),
    path("leads/export/", exporting.lead_export, name="lead_export"),
    path("leads/export/<int:pk>/", exporting.lead_export_file, name="lead_export_file"),
    path("leads/hints/", merging.lead_hints, name="lead_hints"),
    path("leads/<int:pk>/hints/", merging.lead_hints_of, name="lead_hints_of"),
    path("leads/bulk/<str:verb>/", bulk.lead_bulk, name="lead_bulk"),
    path("leads/merge/<str:keys>/", merging.lead_merge_new, name="lead_merge_new"),
    path("leads/merges/<int:pk>/undo/", merging.lead_merge_undo, name="lead_merge_undo"),
    path("leads/new/", new.lead_new, name="lead_new"),
    path("leads/<int:pk>/", record.lead, name="lead"),
    path("leads/<int:pk>/change/", new.lead_change, name="lead_change"),
    path("leads/<int:pk>/push/", pushes.lead_push, name="lead_push"),
    path("leads/pushes/<int:pk>/undo/", pushes.push_undo, name="push_undo"),
    path("leads/<int:pk>/accept/", ownership.lead_accept, name="lead_accept"),
    path("leads/<int:pk>/give/", ownership.lead_give, name="lead_give"),
    path("leads/<int:pk>/back/", ownership.lead_lay_back, name="lead_lay_back"),
    path("leads/<int:pk>/end/", ownership.lead_end, name="lead_end"),
    path("leads/costs/", costs.cost_list, name="cost_list"),
    path("leads/costs/new/", costs.cost_new, name="cost_new"),
    path("leads/costs/<int:pk>/removed/", costs.cost_removed, name="cost_removed"),
    path("leads/rewards/new/", costs.reward_new, name="reward_new"),
    path("leads/rewards/<int:pk>/paid/", costs.reward_paid, name="reward_paid"),
    path("leads/<int:pk>/reopen/", ownership.lead_reopen, name="lead_reopen"),
    path("", include("genjin.leads.capture.urls")),
    path("", include("genjin.leads.replies.urls")),
    path("", include("genjin.leads.converting.urls")),
    path("", include("genjin.leads.mail.urls")),
    path("", include("genjin.leads.assigning.urls")),
]
