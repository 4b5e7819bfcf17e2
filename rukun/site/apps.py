from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class Site(AppConfig):
    name = "rukun.site"
    label = "rukun_site"

    def ready(self) -> None:
        autodiscover_modules("services", "jobs")  # so that every act and every job is known
        from rukun.site import policies  # noqa: F401  the policies of pages that libraries bring
