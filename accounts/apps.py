from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People and organizations"

    def ready(self):
        from accounts import letters, ops_groups  # noqa: F401  (letters registers its handler)

        # Of all apps in line "auth" comes after ours, whose rights are made by then.
        post_migrate.connect(ops_groups.make, sender=apps.get_app_config("auth"))
        from accounts.idle import parting  # noqa: F401  (hears who signs in)
        from accounts.joining import households, proving  # noqa: F401  (they hear who signs in, who resets)
        from accounts.membership import sections as of_organizations  # noqa: F401  (registers its parts)
        from accounts.own_account import recovery, sections  # noqa: F401  (they register)
