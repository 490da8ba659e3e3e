"""The start, the reader's own preferences, and what a browser asks of the product as a whole."""

from django.urls import path

from genjin.web.views import components, home, manifest, preferences, search

urlpatterns = [
    path("", home.home, name="home"),
    path("language/", preferences.change_language, name="change_language"),
    path("theme/", preferences.change_theme, name="change_theme"),
    path("manifest.webmanifest", manifest.manifest, name="manifest"),
    path("search/", search.search, name="search"),
    path("settings/components/", components.component_list, name="components"),
]
