"""The doctor's list as a page shows it: what is missing first, and one sentence above it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from rukun.care import doctor, mode
from rukun.care.findings import OK


def health(now: datetime) -> dict[str, Any]:
    found = sorted(doctor.glance(now), key=lambda finding: (not finding.hinders, finding.state == OK))
    missing = sum(finding.hinders for finding in found)
    return {"findings": found, "real": mode.is_real(), "health_lead": lead(missing, len(found), mode.is_real())}


def lead(missing: int, count: int, real: bool) -> str:
    if missing:
        return _("%(missing)d of %(count)d things are not in order. Each says what to do.") % {"missing": missing, "count": count}
    return _("All %d things are in order.") % count if real else _("All %d things are in order. Real mode can be granted.") % count
