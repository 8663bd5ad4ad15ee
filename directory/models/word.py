from django.db import models

SHORTEST = 3  # shorter words are everything's neighbor


class Word(models.Model):
    """A word that names in the registry hold, and in how many: what may have been meant by a misspelled one.

    Made anew after each file of the registry (`finding.spelling.learn`); a custodian's are added when it is saved.
    """

    text = models.CharField(max_length=60, primary_key=True)
    count = models.IntegerField()

    def __str__(self):
        return self.text

    @classmethod
    def note(cls, words):
        """Know these words from now on; marks and numbers are nobody's misspelling."""
        told = [cls(text=word, count=1) for word in words.split() if len(word) >= SHORTEST and word.isalpha()]
        cls.objects.bulk_create(told, ignore_conflicts=True)
