"""The queue's own bookkeeping: which workers live, and when each recurring job is due."""

from django.db import models


class Worker(models.Model):
    """A worker process, by its last sign of life."""

    name = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField(db_index=True)


class Schedule(models.Model):
    """A recurring job, by the moment at which it is due next."""

    job = models.CharField(max_length=120, primary_key=True)
    due_at = models.DateTimeField()
