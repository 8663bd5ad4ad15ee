from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = "Directory"

    def ready(self):
        from directory.finding import index

        post_migrate.connect(index.make_all, sender=self)
        from correspondence import contacts
        from directory.models import Custodian

        contacts.add(Custodian, email=["email"], text=["phone"], fax=["fax"])
        from directory import claiming, sections  # noqa: F401  (one listens, one registers its part of a page)
        from directory.organization import sections as of_organizations  # noqa: F401  (registers its parts)
