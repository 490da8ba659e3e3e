from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "genjin.customers"

    def ready(self) -> None:
        from genjin.customers import features  # noqa: F401  declares what this app plugs into core
