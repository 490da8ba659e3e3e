from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "genjin.organization"

    def ready(self) -> None:
        from genjin.organization import features  # noqa: F401  declares what this app plugs into core
