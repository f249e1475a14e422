from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0004_programme_hides_sensitive"),
    ]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="learns_from_chemistry",
            field=models.BooleanField(default=False, verbose_name="learns from first meetings"),
        ),
    ]
