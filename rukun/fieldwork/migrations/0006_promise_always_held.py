"""Every promise is in somebody's hands. Apart from the filling: PostgreSQL changes no table with checks still pending."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0005_promise_holder")]
    operations = [
        migrations.AlterField("promise", "holder", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="promises", to="officers.officer")),
    ]  # fmt: skip
