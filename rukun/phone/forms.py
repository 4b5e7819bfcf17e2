"""What the pages of phones may send."""

from django.utils.translation import gettext_lazy as _

from rukun.fieldwork.watched import Guarded, Words


class WhyForm(Guarded):
    why = Words(
        kind="visit",
        label=_("Why must this phone be admitted again?"),
        max_length=200,
        help_text=_("For example: PIN forgotten; found again. The officer, the second person and the auditor can read it."),
    )
