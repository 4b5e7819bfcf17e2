from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Phone(AppConfig):
    name = "rukun.phone"
    label = "phone"

    def ready(self) -> None:
        from rukun.access import policy
        from rukun.care import doctor
        from rukun.officers import own
        from rukun.phone import doors, findings, telling

        policy.DOORS.update(doors.DOORS)
        doctor.also(findings.phone_keys, _("Keys of the phones"))
        own.add("phone:devices", _("My phones"))
        telling.declare()
