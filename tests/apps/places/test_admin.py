"""An administrator looks at places and changes nothing past the journal."""

from datetime import UTC, datetime

import pytest
from django.apps import apps

from chuangtu.apps.places.actions import init_district

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("table", ["region", "area"])
def test_administrators_look_at_places_and_cannot_change_them(admin_client, table):
    init_district(code="310112", by="test", at=AT)

    page = admin_client.get(f"/admin/places/{table}/")
    row = admin_client.get(
        f"/admin/places/{table}/{apps.get_model('places', table).objects.first().pk}/change/"
    )
    one = admin_client.post(f"/admin/places/{table}/add/", {})

    assert page.status_code == 200
    assert "310112101" in page.content.decode()
    assert row.status_code == 200
    assert one.status_code == 403
