from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BillingConfig(AppConfig):
    name = "billing"
    verbose_name = "Billing"

    def ready(self):
        from billing.editions import begin_with_the_file

        post_migrate.connect(begin_with_the_file, sender=self)
        from billing import customers, listening, paying, returning, sections  # noqa: F401  (they register)
