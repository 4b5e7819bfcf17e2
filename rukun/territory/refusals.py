"""What can't be done with areas and units now."""


class NotPossible(ValueError):
    """What was asked for can't be; the sentence says why."""
