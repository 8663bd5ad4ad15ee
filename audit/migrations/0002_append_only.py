from django.db import migrations

FORBID = """
CREATE FUNCTION activity_is_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'activity can be added to, not changed'; END
$$ LANGUAGE plpgsql;
CREATE TRIGGER activity_append_only BEFORE UPDATE OR DELETE ON audit_activity
FOR EACH ROW EXECUTE FUNCTION activity_is_append_only();
"""
ALLOW = """
DROP TRIGGER activity_append_only ON audit_activity;
DROP FUNCTION activity_is_append_only;
"""


def forbid(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORBID)


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ALLOW)


class Migration(migrations.Migration):
    """On PostgreSQL the database itself refuses to change what happened."""

    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(forbid, allow)]
