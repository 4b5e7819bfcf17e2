from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0009_photo")]

    operations = [
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["area", "desk", "desk_since"], name="report_on_a_desk"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["received_at"], name="report_by_arrival"),
        ),
    ]
