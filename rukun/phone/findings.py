"""What the doctor asks of phones: the keys that were handed out are still here, or what is sealed on phones can never be opened."""

from datetime import datetime

from django.utils.translation import gettext as _

from rukun.care.findings import Finding, told
from rukun.phone import keys
from rukun.phone.models import Device


def phone_keys(now: datetime) -> Finding:
    handed = set(Device.objects.standing().values_list("seal_key", flat=True).distinct())
    lost = sorted(handed - set(keys.seal_names()))
    if handed and not (keys.folder() / keys.RECEIPT).exists():
        lost.append(keys.RECEIPT)
    if handed and not (keys.folder() / keys.RESCUE).exists():
        lost.append(keys.RESCUE)
    says = _("Missing in the folder of keys: %s.") % ", ".join(lost) if lost else _("Every key that phones were given is here.")
    return told(
        "phone",
        _("Keys of the phones"),
        not lost,
        says,
        _("Bring the folder “keys” back from the newest backup: what phones sealed to a lost key can't be opened."),
    )
