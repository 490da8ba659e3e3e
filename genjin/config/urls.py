"""Every address of the product, app by app."""

from django.urls import include, path

from genjin.config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("genjin.web.urls")),
    path("", include("genjin.organization.urls")),
    path("", include("genjin.playbooks.urls")),
    path("", include("genjin.customers.urls")),
    path("", include("genjin.followups.urls")),
    path("", include("genjin.leads.urls")),
    path("", include("genjin.insights.urls")),
]

handler400 = "genjin.web.errors.bad_request"
handler404 = "genjin.web.errors.not_found"
handler403 = "genjin.web.errors.forbidden"
handler500 = "genjin.web.errors.server_error"
