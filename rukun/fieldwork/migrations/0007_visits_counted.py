"""Visits are counted beside reports."""

from collections import Counter
from zoneinfo import ZoneInfo

from django.db import migrations, models

from rukun.audit.door import maintenance

LENGTHS = (0, 2, 4, 6, 10, 13)
ADD = (
    "INSERT INTO fieldwork_tally (path, day, code, stage, kind, level, n) VALUES (%s, %s, '', '', 'visit', %s, %s) "
    "ON CONFLICT (path, day, code, stage, kind) DO NOTHING"
)


def fill(apps, schema_editor):
    visits = apps.get_model("fieldwork", "Visit").objects.filter(corrected_by=None, practice=False).order_by()
    sums = Counter()
    for path, zone, moment in visits.values_list("area__path", "area__time_zone", "made_at").iterator(20_000):
        day = moment.astimezone(ZoneInfo(zone)).date()
        for level, length in enumerate(LENGTHS):
            if length <= len(path):
                sums[path[:length], day, level] += 1
    if sums:
        with maintenance("counts"), schema_editor.connection.cursor() as cursor:
            cursor.executemany(ADD, [(*key, n) for key, n in sorted(sums.items())])


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0006_promise_always_held"), ("audit", "0001_initial")]
    operations = [
        migrations.AlterField(
            "tally",
            "kind",
            models.CharField(choices=[("report", "Report"), ("incident", "Incident brought in"), ("visit", "Visit")], max_length=8),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
