from django.db import migrations

from directory.finding.words import words_of


def fill(apps, schema_editor):
    """What each custodian is found by: its own `save` says it from now on."""
    Custodian = apps.get_model("directory", "Custodian")
    for one in Custodian.objects.iterator():
        one.words = words_of(
            name=one.name, other_name=one.specialty, city=one.city, state=one.state, zip_code=one.zip_code
        )
        one.save(update_fields=["words"])


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_registry")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
