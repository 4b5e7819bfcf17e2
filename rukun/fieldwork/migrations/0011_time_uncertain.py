from typing import Any

from django.db import migrations, models


def add(apps: Any, schema_editor: Any) -> None:
    """Said in SQL: SQLite would else write every record anew, and could not while views look at the table."""
    for table in ("fieldwork_report", "fieldwork_visit"):
        schema_editor.execute(f"ALTER TABLE {table} ADD COLUMN time_uncertain boolean NOT NULL DEFAULT false")


def drop(apps: Any, schema_editor: Any) -> None:
    for table in ("fieldwork_report", "fieldwork_visit"):
        schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN time_uncertain")


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0010_read_at_size")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(add, drop)],
            [
                migrations.AddField(name, "time_uncertain", models.BooleanField(db_default=False, default=False))
                for name in ("report", "visit")
            ],
        )
    ]
