"""The addresses of conversion, of qualification, and of what one may be worth."""

from django.urls import path

from genjin.leads.views import converting, likeness, qualifying

urlpatterns = [
    path("leads/<int:pk>/conversion/", converting.lead_conversion, name="lead_conversion"),
    path("leads/<int:pk>/conversion/panel/", converting.lead_conversion_panel, name="lead_conversion_panel"),
    path("leads/<int:pk>/pass/<int:customer>/", converting.lead_pass, name="lead_pass"),
    path("leads/conversions/<int:pk>/undo/", converting.conversion_undo, name="conversion_undo"),
    path("leads/<int:pk>/qualification/", qualifying.lead_qualification, name="lead_qualification"),
    path("leads/<int:pk>/qualification/panel/", qualifying.lead_qualification_panel, name="lead_qualification_panel"),
    path("settings/checklists/", qualifying.checklist_list, name="checklists"),
    path("settings/checklists/<int:unit>/", qualifying.checklist, name="checklist"),
    path("settings/checklists/<int:pk>/retire/", qualifying.checklist_retire, name="checklist_retire"),
    path("leads/likeness/", likeness.likeness, name="likeness"),
    path("leads/<int:pk>/likeness/", likeness.lead_likeness, name="lead_likeness"),
    path("customers/<int:pk>/origin/", converting.customer_origin, name="customer_origin"),
    path("customers/<int:pk>/likeness/", likeness.customer_likeness, name="customer_likeness"),
]
