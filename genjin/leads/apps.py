from django.apps import AppConfig


class LeadsConfig(AppConfig):
    name = "genjin.leads"

    def ready(self) -> None:
        from genjin.leads import features  # noqa: F401  declares what this app plugs into core
