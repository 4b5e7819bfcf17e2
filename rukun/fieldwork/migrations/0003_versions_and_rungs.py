from django.db import migrations, models

RUNGS = [
    ("rw_officer", "Polisi RW"), ("village_officer", "Bhabinkamtibmas"), ("sector_unit_head", "Kanit Binmas"),
    ("sector_chief", "Kapolsek"), ("resort_unit_head", "Kasat Binmas"), ("resort_chief", "Kapolres"),
    ("regional_director", "Dirbinmas"), ("operator", "operator"), ("analyst", "analyst"), ("auditor", "auditor"),
    ("dpo", "data protection officer"), ("administrator", "technical administrator"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0002_taxonomy")]
    operations = [
        migrations.AddField("visit", "identity_removed", models.BooleanField(default=False)),
        migrations.AddField("report", "risen_from", models.CharField(blank=True, choices=RUNGS, max_length=20)),
    ]
