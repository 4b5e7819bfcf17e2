"""Taxonomy v1: 52 codes in 8 groups."""

import csv
from pathlib import Path

from django.db import migrations

from rukun.audit.door import maintenance

TAXONOMY = Path(__file__).parents[1] / "taxonomy.csv"


def load(apps, schema_editor):
    code = apps.get_model("fieldwork", "Code")
    with TAXONOMY.open(newline="", encoding="utf-8") as file, maintenance("taxonomy.load"):
        for row in csv.DictReader(file):
            code.objects.update_or_create(
                code=row["code"],
                defaults={
                    "group": row["group"], "label_id": row["label_id"], "label_en": row["label_en"],
                    "disturbance": row["class"].replace("-", ""), "mediation": row["med"], "lead": row["lead"],
                },
            )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0001_initial"), ("audit", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
