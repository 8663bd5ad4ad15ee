from django.db import models

from directory.models.custodian import Custodian


class Favorite(models.Model):
    """A custodian a person starred."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="favorites")
    custodian = models.ForeignKey(Custodian, on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "custodian"], name="favorite_once")]

    def __str__(self):
        return f"{self.person_id} ★ {self.custodian_id}"

    @classmethod
    def toggle(cls, person, custodian):
        """Set or clear the star; returns whether it is set now."""
        gone, _ = cls.objects.filter(person=person, custodian=custodian).delete()
        if gone:
            return False
        cls.objects.get_or_create(person=person, custodian=custodian)
        return True
