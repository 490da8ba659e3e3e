from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "genjin.core.search"
