"""What can be found: one row for each thing, its words as stems, and where it stands."""

from django.db import models


class Entry(models.Model):
    """A thing that can be found. Its text is not here, only stems in no order that tells a sentence; the thing itself is asked for, in scope."""

    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=36)
    terms = models.TextField()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=("kind", "key"), name="search_once")]
