from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("problems", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(fields=["step", "due"], name="problem_by_day"),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(fields=["code", "step"], name="problem_of_a_kind"),
        ),
    ]
