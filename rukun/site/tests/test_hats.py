"""One hat at a time: who holds two roles sees what the worn one opens, never what both would."""

from django.test import Client
from django.urls import reverse

from rukun.officers import services as officers
from rukun.officers.models import Assignment
from rukun.site.tests.planted import FOUNDER, SINCE
from rukun.site.tests.reading import as_somebody


def opens(client: Client, name: str, *args: object) -> bool:
    return client.get(reverse(name, args=args)).status_code == 200


def put_on(client: Client, role: str) -> None:
    client.post(reverse("officers:hat"), {"role": role})


def test_a_unit_head_who_is_auditor_too_sees_reports_or_the_whole_book_never_both(world, all_planted):
    officers.assign(FOUNDER, world.nofri, role="auditor", unit=world.polda_nc, valid_from=SINCE)
    near, far, client = all_planted.things["inside"], all_planted.things["elsewhere"], as_somebody(world.nofri.account)
    as_head = [
        opens(client, "fieldwork:report", near["report"]),
        opens(client, "problems:board"),
        opens(client, "audit:entry", far["entry"]),
    ]
    put_on(client, "auditor")
    as_auditor = [
        opens(client, "fieldwork:report", near["report"]),
        opens(client, "problems:board"),
        opens(client, "audit:entry", far["entry"]),
    ]
    put_on(client, "sector_unit_head")
    assert (as_head, as_auditor, opens(client, "fieldwork:report", near["report"])) == ([True, True, False], [False, False, True], True)


def test_an_officer_of_the_field_who_is_analyst_too_records_or_reads_never_both(world, all_planted):
    officers.assign(FOUNDER, world.sari, role="analyst", unit=world.res_rd, valid_from=SINCE)
    client, theirs = as_somebody(world.sari.account), all_planted.things["sibling"]["report"]
    in_the_field = [opens(client, "fieldwork:new_report"), opens(client, "fieldwork:report", theirs)]
    put_on(client, "analyst")
    as_analyst = [opens(client, "fieldwork:new_report"), opens(client, "fieldwork:report", theirs)]
    assert (in_the_field, as_analyst) == ([True, False], [False, True])


def test_a_hat_is_gone_with_its_term_while_it_is_worn(world, all_planted):
    term = officers.assign(FOUNDER, world.sari, role="analyst", unit=world.res_rd, valid_from=SINCE)
    client = as_somebody(world.sari.account)
    put_on(client, "analyst")
    theirs = all_planted.things["sibling"]["report"]
    before = opens(client, "fieldwork:report", theirs)
    officers.relieve(FOUNDER, Assignment.objects.get(pk=term.pk), on=world.res_rd.today())
    assert (before, opens(client, "fieldwork:report", theirs), opens(client, "fieldwork:new_report")) == (True, False, True)


def test_nobody_puts_on_a_hat_that_they_do_not_hold(world, all_planted):
    client = as_somebody(world.sari.account)
    put_on(client, "sector_unit_head")
    assert not opens(client, "fieldwork:inbox")
