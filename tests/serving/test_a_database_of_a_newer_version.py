import pytest
from django.db.migrations.recorder import MigrationRecorder

from genjin.config.preparing import CannotStart, require_known_database

pytestmark = pytest.mark.django_db


def test_is_refused_with_the_name_of_what_is_unknown():
    MigrationRecorder.Migration.objects.create(app="customers", name="9999_from_the_future")
    with pytest.raises(CannotStart, match=r"customers\.9999_from_the_future"):
        require_known_database()


def test_another_apps_leftovers_are_no_matter():
    MigrationRecorder.Migration.objects.create(app="once_installed", name="0001_initial")
    require_known_database()
