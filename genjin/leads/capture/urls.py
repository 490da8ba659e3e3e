"""The addresses of capture forms: the public ones, and the settings."""

from django.urls import path

from genjin.leads.views import capture_forms, public_forms, suspects

urlpatterns = [
    path("f/<slug:slug>/", public_forms.capture_form, name="capture_form"),
    path("f/<slug:slug>/thanks/", public_forms.capture_thanks, name="capture_thanks"),
    path("settings/forms/", capture_forms.form_list, name="capture_form_list"),
    path("settings/forms/new/", capture_forms.form_new, name="capture_form_new"),
    path("settings/forms/<int:pk>/", capture_forms.form_change, name="capture_form_change"),
    path("settings/forms/<int:pk>/preview/", capture_forms.form_preview, name="capture_form_preview"),
    path("settings/forms/<int:pk>/embedding/", capture_forms.form_embedding, name="capture_form_embedding"),
    path("settings/forms/<int:pk>/copy/", capture_forms.form_copied, name="capture_form_copied"),
    path("settings/forms/<int:pk>/suspects/", suspects.suspect_list, name="suspect_list"),
    path("settings/forms/<int:pk>/suspects/<int:suspect>/", suspects.suspect_decided, name="suspect_decided"),
]
