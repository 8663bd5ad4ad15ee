from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People and organizations"

    def ready(self):
        from accounts import letters  # noqa: F401  (registers the handler)
        from accounts.own_account import sections  # noqa: F401  (registers its parts of the page)
