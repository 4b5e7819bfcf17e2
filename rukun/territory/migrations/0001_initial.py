import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(blank=True, db_index=True, max_length=24, verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("province", "province"),
                            ("regency", "regency"),
                            ("city", "city"),
                            ("district", "district"),
                            ("nagari", "nagari"),
                            ("desa", "village (desa)"),
                            ("kelurahan", "urban village (kelurahan)"),
                            ("rw", "RW"),
                            ("jorong", "jorong"),
                            ("korong", "korong"),
                            ("kampung", "kampung"),
                            ("dusun", "dusun"),
                            ("lingkungan", "lingkungan"),
                            ("banjar", "banjar"),
                            ("pedukuhan", "pedukuhan"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("level", models.PositiveSmallIntegerField()),
                ("path", models.CharField(max_length=13, unique=True)),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("population", models.PositiveIntegerField(null=True)),
                ("area_km2", models.FloatField(null=True)),
                ("time_zone", models.CharField(default="Asia/Jakarta", max_length=32)),
                ("valid_from", models.DateField(null=True)),
                ("valid_until", models.DateField(null=True)),
                (
                    "parent",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="children", to="territory.area"),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="predecessors", to="territory.area"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("path", models.CharField(blank=True, max_length=13)),
                ("files", models.JSONField(default=list)),
                ("counts", models.JSONField(default=dict)),
                ("skipped", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Outline",
            fields=[
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="outline",
                        serialize=False,
                        to="territory.area",
                    ),
                ),
                ("geometry", models.JSONField()),
                ("west", models.FloatField()),
                ("south", models.FloatField()),
                ("east", models.FloatField()),
                ("north", models.FloatField()),
                ("repaired", models.CharField(blank=True, max_length=200)),
                ("digest", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mabes", "Mabes (national headquarters)"),
                            ("polda", "Polda (regional police)"),
                            ("polres", "Polres (resort police)"),
                            ("polsek", "Polsek (sector police)"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("path", models.CharField(max_length=8, unique=True)),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="duty telephone")),
                ("time_zone", models.CharField(default="Asia/Jakarta", max_length=32)),
                ("closed_on", models.DateField(null=True)),
                (
                    "parent",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="children", to="territory.unit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Jurisdiction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="jurisdictions", to="territory.area")),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="jurisdictions", to="territory.unit")),
            ],
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", 1), ("path__regex", "^\\d{2}$")),
                    models.Q(("level", 2), ("path__regex", "^\\d{4}$")),
                    models.Q(("level", 3), ("path__regex", "^\\d{6}$")),
                    models.Q(("level", 4), ("path__regex", "^\\d{10}$")),
                    models.Q(("level", 5), ("path__regex", "^\\d{13}$")),
                    _connector="OR",
                ),
                name="area_path_fits_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", 1), ("parent", None)), models.Q(("level__gt", 1), ("parent__isnull", False)), _connector="OR"
                ),
                name="area_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.UniqueConstraint(
                models.F("code"), condition=models.Q(models.Q(("code", ""), _negated=True), ("valid_until", None)), name="area_code_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.UniqueConstraint(
                models.F("parent"),
                models.F("kind"),
                django.db.models.functions.text.Lower("name"),
                condition=models.Q(("level", 5), ("valid_until", None)),
                name="subunit_name_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "mabes"), ("path__regex", "^\\d$")),
                    models.Q(("kind", "polda"), ("path__regex", "^\\d{3}$")),
                    models.Q(("kind", "polres"), ("path__regex", "^\\d{5}$")),
                    models.Q(("kind", "polsek"), ("path__regex", "^\\d{8}$")),
                    _connector="OR",
                ),
                name="unit_path_fits_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="jurisdiction",
            constraint=models.UniqueConstraint(
                models.F("unit"), models.F("area"), condition=models.Q(("valid_until", None)), name="jurisdiction_once"
            ),
        ),
    ]
