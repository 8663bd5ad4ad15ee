ALIAS = "sandbox"


class SandboxRouter:
    """The bank's books in their own database, and nothing else in there."""

    def db_for_read(self, model, **hints):
        return ALIAS if model._meta.app_label == "sandbox" else None

    db_for_write = db_for_read

    def allow_relation(self, one, other, **hints):
        labels = {one._meta.app_label, other._meta.app_label}
        return None if "sandbox" not in labels else labels == {"sandbox"}

    def allow_migrate(self, db, app_label, **hints):
        return (db == ALIAS) == (app_label == "sandbox")
