from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Desk(AppConfig):
    name = "rukun.desk"
    label = "desk"

    def ready(self) -> None:
        from rukun.desk.hats import ADMINISTRATION, COMMAND, FIELD, READERS, READERS_OF_THE_BOOK, RECORDERS
        from rukun.fieldwork.inbox import unread_count
        from rukun.web import tabs

        tabs.finder("desk:find", permission=("report.view", "problem.view"))
        tabs.add("desk:today", _("Today"), icon="today", order=10)
        tabs.add("fieldwork:inbox", _("Inbox"), icon="inbox", permission="report.answer", order=20, count=unread_count)
        tabs.add("problems:board", _("Board"), icon="board", permission="problem.view", order=30)
        tabs.add("fieldwork:records", _("Records"), icon="notes", roles=FIELD, order=40)
        tabs.add("desk:areas", _("Areas"), icon="place", roles=FIELD | COMMAND, order=50)
        tabs.add(
            "desk:map",
            _("Map"),
            icon="map",
            permission=("report.view", "problem.view"),
            roles=FIELD | COMMAND | READERS,
            order=55,
            wide=True,
        )
        tabs.add("officers:people", pgettext_lazy("tab", "People"), icon="people", roles=ADMINISTRATION, order=60)
        tabs.add("desk:machine", _("Machine"), icon="clock", permission="job.view", order=70)
        tabs.add("audit:entries", _("Book"), icon="book", roles=READERS_OF_THE_BOOK, order=80)
        tabs.add("fieldwork:record", _("Record"), icon="pencil", roles=RECORDERS, order=90, record=True)
