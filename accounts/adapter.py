from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """How people sign in. Nobody signs up by themselves: ops make the accounts (product 2.1 is to come)."""

    def is_open_for_signup(self, request):
        return False

    def format_email_subject(self, subject):
        """The sentence alone: the sender already says who writes."""
        return subject
