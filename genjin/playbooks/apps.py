from django.apps import AppConfig


class PlaybooksConfig(AppConfig):
    name = "genjin.playbooks"

    def ready(self) -> None:
        from genjin.playbooks import features  # noqa: F401  declares what this app plugs into core
