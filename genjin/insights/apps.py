from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "genjin.insights"

    def ready(self) -> None:
        from genjin.insights import features  # noqa: F401  declares what this app plugs into core
