"""Once values stand in a custom field its kind stays."""

import pytest

from genjin.core.fields import services
from genjin.core.fields.models import Field
from genjin.core.reasons import Refused
from genjin.customers.models import Customer

pytestmark = pytest.mark.django_db


def test_the_kind_changes_until_values_stand(qian, lin, at, owned):
    field = services.make_field(subject="customer", label="员工人数", kind="number", by=qian, at=at)
    services.change_field(field=field, kind="text", by=qian, at=at)
    services.change_field(field=field, kind="number", by=qian, at=at)
    Customer.objects.filter(pk=owned(lin).pk).update(custom={field.code: 5})
    with pytest.raises(Refused, match="field_holds_values"):
        services.change_field(field=field, kind="text", by=qian, at=at)
    assert Field.objects.get().kind == "number"
