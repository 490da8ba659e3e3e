from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    name = "genjin.followups"

    def ready(self) -> None:
        from genjin.followups import features  # noqa: F401  declares what this app plugs into core
        from genjin.followups.tasks import features as tasks  # noqa: F401  and what a folder of it does
