from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BillingConfig(AppConfig):
    name = "billing"
    verbose_name = "Billing"

    def ready(self):
        from billing import editions

        post_migrate.connect(editions.begin_with_the_file, sender=self)
        post_migrate.connect(editions.begin_with_the_first_tariff, sender=self)
        from billing import (  # noqa: F401  (they register)
            customers,
            listening,
            paying,
            reconciling,
            refunding,
            returning,
            sections,
        )
