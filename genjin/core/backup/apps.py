from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "genjin.core.backup"

    def ready(self) -> None:
        from genjin.core.backup import features  # noqa: F401  declares who may have backups
