from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pairing", "0005_chemistry_learning"),
    ]

    operations = [
        migrations.AddField(
            model_name="matchrun",
            name="floor",
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name="matchrun",
            name="keeps_pairs",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="matchrun",
            name="rematch",
            field=models.JSONField(default=dict),
        ),
        migrations.AddConstraint(
            model_name="matchrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("floor__isnull", True),
                    models.Q(("floor__gte", 0), ("floor__lte", 1)),
                    _connector="OR",
                ),
                name="match_run_floor_in_range",
            ),
        ),
    ]
