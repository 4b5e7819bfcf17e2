"""Counts for every area that holds a report, filled from the reports that are there."""

from collections import Counter
from zoneinfo import ZoneInfo

from django.db import migrations, models
from django.db.models import Q

from rukun.audit.door import maintenance

TABLE = "fieldwork_tally"
LENGTHS = (0, 2, 4, 6, 10, 13)
CHUNK = 20_000

MODEL = migrations.CreateModel(
    name="Tally",
    fields=[
        (
            "pk",
            models.CompositePrimaryKey(
                "path", "day", "code", "stage", "kind", blank=True, editable=False, primary_key=True, serialize=False
            ),
        ),
        ("path", models.CharField(blank=True, max_length=13)),
        ("day", models.DateField()),
        ("code", models.CharField(blank=True, max_length=6)),
        ("stage", models.CharField(blank=True, max_length=2)),
        ("kind", models.CharField(choices=[("report", "Report"), ("incident", "Incident brought in")], max_length=8)),
        ("level", models.PositiveSmallIntegerField()),
        ("n", models.PositiveIntegerField()),
    ],
    options={"indexes": [models.Index(fields=["level", "day", "path", "code", "stage", "kind", "n"], name="tally_by_level")]},
)


def lay_out(apps, schema_editor):
    """On SQLite the table is its own key: half the space, one place to write."""
    tally = apps.get_model("fieldwork", "Tally")
    if schema_editor.connection.vendor != "sqlite":
        schema_editor.create_model(tally)
        return
    statement, _params = schema_editor.table_sql(tally)
    schema_editor.execute(f"{statement} WITHOUT ROWID", params=None)
    for index in tally._meta.indexes:
        schema_editor.add_index(tally, index)


def remove(apps, schema_editor):
    schema_editor.delete_model(apps.get_model("fieldwork", "Tally"))


def fill(apps, schema_editor):
    connection = schema_editor.connection
    reports = apps.get_model("fieldwork", "Report").objects.filter(Q(corrected_by=None), practice=False).order_by()
    if not reports.exists():
        return
    add = (
        f"INSERT INTO {TABLE} (path, day, code, stage, kind, level, n) VALUES (%s, %s, %s, %s, 'report', %s, %s) "
        f"ON CONFLICT (path, day, code, stage, kind) DO UPDATE SET n = {TABLE}.n + excluded.n"
    )
    sums = Counter()
    for path, zone, moment, code, stage in reports.values_list("area__path", "area__time_zone", "happened_at", "code", "stage").iterator(
        CHUNK
    ):
        code, day = code or "", moment.astimezone(ZoneInfo(zone)).date()
        deepest = 4 if code[:3] in ("VUL", "ELC") or code == "CON-06" else 5
        for level, length in enumerate(LENGTHS[: deepest + 1]):
            if length <= len(path):
                sums[path[:length], day, code, stage, level] += 1
    with maintenance("counts"), connection.cursor() as cursor:
        cursor.executemany(add, [(*key, n) for key, n in sorted(sums.items())])


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0003_versions_and_rungs"), ("audit", "0001_initial")]
    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[MODEL]),
        migrations.RunPython(lay_out, remove),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
