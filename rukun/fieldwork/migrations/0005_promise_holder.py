"""Who holds a promise now; until today that was whoever gave it."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery

from rukun.audit.door import maintenance


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    promises, visits = apps.get_model("fieldwork", "Promise"), apps.get_model("fieldwork", "Visit")
    if promises.objects.exists():
        with maintenance("promise holders"):
            promises.objects.update(holder=Subquery(visits.objects.filter(pk=OuterRef("visit")).values("officer")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("officers", "0001_initial"),
        ("fieldwork", "0004_tally"),
    ]
    operations = [
        migrations.AddField("promise", "holder", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="promises", to="officers.officer")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]  # fmt: skip
