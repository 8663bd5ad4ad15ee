from types import SimpleNamespace

from django.db import migrations
from django.utils import timezone

from audit.models.activity import Activity


def approve_who_is_there(apps, schema_editor):
    """Organizations that worked until now go on working, and their Activity begins with saying so."""
    entries = apps.get_model("audit", "Activity").objects
    organizations = apps.get_model("accounts", "Organization").objects
    for organization in organizations.all():
        now = timezone.now()
        said = SimpleNamespace(
            subject_type="accounts.organization",
            subject_id=organization.pk,
            sequence=1,
            happened_at=now,
            event="approved",
            from_state="waiting",
            to_state="approved",
            details={},
            person_id=None,
            organization_id=None,
            actor_name="ChartRequest",
            organization_name="automatic",
            previous_hash="",
        )
        entries.create(hash=Activity.seal(said), **vars(said))
        slug = f"practice-{organization.pk}" if organization.kind == "provider" else None
        organizations.filter(pk=organization.pk).update(
            standing="approved", decided_at=now, activity_count=1, slug=slug
        )
    apps.get_model("accounts", "Person").objects.update(onboarded_at=timezone.now())


def nothing(apps, schema_editor):
    """The entries stay; going back only takes the columns away."""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_organizations_live"), ("audit", "0002_append_only")]

    operations = [migrations.RunPython(approve_who_is_there, nothing)]
