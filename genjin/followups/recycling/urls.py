"""The addresses of the nights that took customers back, below `/recycling/`."""

from django.urls import path

from genjin.followups.views import recycling

urlpatterns = [
    path("", recycling.recycle_list, name="recycle_list"),
    path("<int:pk>/", recycling.recycle_run, name="recycle_run"),
    path("<int:pk>/return/", recycling.recycle_run_return, name="recycle_run_return"),
    path("<int:pk>/customers/<int:listed>/return/", recycling.recycled_return, name="recycled_return"),
]
