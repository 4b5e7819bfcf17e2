"""The named world with one thing of every kind in it, by somebody near and by somebody far, each with words that nobody else writes."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from rukun.access.scope import Actor, Grant, system
from rukun.alerts import services as alerts
from rukun.alerts.rules import Voices
from rukun.audit.door import maintenance
from rukun.audit.models import Entry
from rukun.directives import services as directives
from rukun.fieldwork import photos
from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import Photo, Report, new_id
from rukun.fieldwork.photos import Developed
from rukun.handover.models import Handover
from rukun.history import services as history
from rukun.history.places import Standing
from rukun.history.reading import Fact
from rukun.history.rules import precision_of
from rukun.lib import clock
from rukun.notices import services as notices
from rukun.notices.models import Notice
from rukun.officers import services as officers
from rukun.officers.models import Account, Officer
from rukun.phone.keys import sealed
from rukun.phone.models import Device, Dispute, Handed, Renewal, Upload
from rukun.phone.rules import canonical
from rukun.problems import services as problems
from rukun.problems.models import Action, Problem
from rukun.rights import services as rights
from rukun.sharing import services as sharing
from rukun.site.tests.chores import fails
from rukun.territory.models import Area, Jurisdiction, Unit
from rukun.territory.placing import add_place

FOUNDER = system("test")
SINCE, AFTER = date(2026, 1, 1), date(2026, 2, 1)
ROLES = {
    "rw_officer": "sari", "village_officer": "rahmi", "sector_unit_head": "nofri", "sector_chief": "budi", "resort_unit_head": "dewi",
    "resort_chief": "hendra", "regional_director": "ratna", "operator": "lina", "analyst": "putri", "auditor": "yusuf", "dpo": "mira",
    "administrator": "tomi",
}  # fmt: skip
CHIEFS = {"sek_kr": "nofri", "sek_la": "yeni", "sek_pc": "mega"}


@dataclass(frozen=True)
class Planted:
    """Who asks, and what there is to ask for: one thing of each kind in each relation; `own` has one for each who asks."""

    accounts: dict[str, Account | None]
    things: dict[str, dict[str, object]]
    own: dict[str, dict[str, object]]
    machine: dict[str, object]  # what stands nowhere


def planted(world: SimpleNamespace) -> Planted:
    """A colleague's in the same nagari, in the nagari beside, in the Polsek beside, under another Polres; and one's own."""
    people = {role: getattr(world, key) for role, key in ROLES.items()} | {"relieved": relieved(world)}
    things = {
        "inside": plant(world, colleague(world), world.pasar, "sek_kr"),
        "beside": plant(world, world.fadli, world.koto_randah, "sek_kr"),
        "sibling": plant(world, world.wendra, world.alun_ilia, "sek_la"),
        "elsewhere": plant(world, world.arif, world.rw_03, "sek_pc"),
    }
    own = {role: plant(world, officer, world.pasar, "sek_kr") for role, officer in people.items()}
    accounts = {role: officer.account for role, officer in people.items()}
    accounts |= {"no_officer": Account.objects.create_user("90019902"), "anonymous": None}
    return Planted(accounts, things, own, machine(world))


def colleague(world: SimpleNamespace) -> Officer:
    """Another Polisi RW of Aia Baliang: the same role, the same place, other records."""
    return serving(world, "90019903", "Rekan Sari", "rw_officer", [world.aia_baliang])


def relieved(world: SimpleNamespace) -> Officer:
    """Was Kanit once; the term is over, the account is not."""
    return serving(world, "90019901", "Habis Masa", "sector_unit_head", [], until=AFTER)


def serving(world: SimpleNamespace, nrp: str, name: str, role: str, areas: list[Area], until: date | None = None) -> Officer:
    who = officers.enrol(FOUNDER, world.sek_kr, nrp=nrp, name=name, rank="Briptu")
    officers.assign(FOUNDER, who, role=role, unit=world.sek_kr, areas=areas, valid_from=SINCE, valid_until=until)
    return who


def machine(world: SimpleNamespace) -> dict[str, object]:
    fails.enqueue()
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    key = Authenticator.objects.create(user=world.fadli.account, type=Authenticator.Type.WEBAUTHN, data={"name": "hp", "credential": {}})
    return {"job": DBTaskResult.objects.first().pk, "passkey": key.pk, "cast": "sari", "guide": "officer", "icon": 192}


def plant(world: SimpleNamespace, who: Officer, place: Area, station: str) -> dict[str, object]:
    """What `who` recorded there as its Polisi RW, perhaps long ago, and what their chief made of it."""
    then = Actor(f"officer:{who.pk}", "rw_officer", "service", (Grant("rw_officer", place.path, "service"),), who.pk, who.account_id)
    unit = getattr(world, station)
    visit = fieldwork.receive_visit(
        then, place, id=new_id(), kind="visit", made_at=clock.now(), place=canary(who, "rumah"), narrative=canary(who, "catatan"),
        concerns=((canary(who, "keluhan"), None),), promises=((canary(who, "janji"), date(2030, 1, 1)),),
    )  # fmt: skip
    report = fieldwork.receive_report(
        then, place, id=new_id(), title=canary(who, "laporan"), facts=canary(who, "fakta"), opinion=canary(who, "pendapat"),
        place=canary(who, "tempat"), basis="told", code="CRM-03", happened_at=clock.now() - timedelta(hours=3),
    )  # fmt: skip
    tick = sharing.copy(then, visit)
    added = fieldwork.add_photos(then, report, developed=[picture(who)])
    dpo = world.actor(world.mira)
    request = rights.receive(dpo, unit, kind="erase", name=canary(who, "laporan"), contact="", words="", received_at=clock.now())
    rights.search(dpo, request)
    absence = officers.record_absence(FOUNDER, who, reason="leave", valid_from=place.today() + timedelta(days=9))
    keys = {
        "visit": visit.pk, "promise": visit.promises.get().pk, "report": report.pk, "tick": tick.pk, "photo": added.rows[0].pk,
        "request": request.pk, "hit": request.hits.get().pk, "officer": who.pk, "term": who.assignments.get().pk,
        "absence": absence.pk, "invite": officers.reissue(FOUNDER, who, why="ponsel hilang").pk, "entry": Entry.objects.of(report)[0].pk,
        "area": place.path[:10], "subunit": place.path, "unit": unit.path, "held": Jurisdiction.objects.filter(unit=unit)[0].pk,
    }  # fmt: skip
    keys["place"] = add_place(then, place, kind="market", name=f"Pasar {who.pk}").pk
    with maintenance("planted"):
        keys["handover"] = Handover.objects.create(giver=world.arif, taker=who, unit=unit, at=clock.now(), note=canary(who, "serah")).pk
    keys |= brought_in(place, unit, who) | carried(who, world.arif) | stands_out(place, unit, who, then)
    return keys | told(world, who, place, report, unit) | followed(world.actor(getattr(world, CHIEFS[station])), report, who)


def carried(who: Officer, asker: Officer) -> dict[str, object]:
    """A phone of `who` that somebody asked to let in again, and a photo on its way from it."""
    now = clock.now()
    with maintenance("planted"):
        phone = Device.objects.create(
            officer=who,
            label=canary(who, "hp"),
            key=f"{who.pk}.{new_id()}",
            pepper="0" * 64,
            seal_key="none",
            enrolled_at=now,
            leased_until=now,
        )
        renewal = Renewal.objects.create(
            device=phone, asked_by=asker, why=canary(who, "pin"), asked_at=now, expires_at=now + timedelta(days=7)
        )
        upload = Upload.objects.create(id=new_id(), device=phone, item=new_id(), length=9, sha256="0" * 64, begun_at=now)
        key, body = new_id(), {"kind": "visit", "concerns": [{"text": canary(who, "serahan")}]}
        handed = Handed.objects.create(
            id=key, device=phone, officer=who, unit=who.unit, kind="visit", code="fields", happened_at=now, handed_at=now,
            content=sealed(canonical(body), str(key), now),
        )  # fmt: skip
    return {"device": phone.pk, "renewal": renewal.pk, "upload": upload.pk, "handed": handed.pk}


def picture(who: Officer) -> Developed:
    return Developed(b"\xff\xd8\xff" + canary(who, "foto").encode(), 1, 1)


def keep_photos() -> None:
    """The files of what was planted: another test may have swept them away."""
    for photo in Photo.objects.select_related("report__officer"):
        photos.keep(picture(photo.report.officer))


def told(world: SimpleNamespace, who: Officer, place: Area, report: Report, unit: Unit) -> dict[str, object]:
    """What `who` was told, and an Atensi for the place, by whoever stands in as Kapolsek there."""
    notices.tell(FOUNDER, to=[who.pk], kind="report.read", about=f"report:{report.pk}", key=f"planted:{report.pk}")
    grants = tuple(Grant("sector_chief", held.area.path, "supervision", unit.path) for held in unit.jurisdictions.all())
    kapolsek = Actor("officer:0", "sector_chief", "supervision", grants, getattr(world, CHIEFS[station_of(unit)]).pk)
    atensi = directives.issue(kapolsek, unit, text="Jaga parkiran saat magrib", areas=[place], last_day=unit.today() + timedelta(days=9))
    return {"notice": Notice.objects.get(officer=who, key=f"planted:{report.pk}").pk, "directive": atensi.pk}


def station_of(unit: Unit) -> str:
    return unit.code.lower().replace("-", "_")


def brought_in(place: Area, unit: Unit, who: Officer) -> dict[str, object]:
    """A file of one past incident, with a text, that is the unit's own."""
    batch = history.open_batch(FOUNDER, unit, source=f"planted {who.pk}", channel="history", file="planted.csv", sha256="0")
    fact = Fact("1", Standing(place, precision_of(place.level)), SINCE, None, "CRM-03", "GN", 3, canary(who, "riwayat"))
    tally = history.Tally()
    history.receive(FOUNDER, batch, batch=batch, facts=[fact], tally=tally)
    history.close_batch(FOUNDER, batch, tally=tally, reasons={}, new=1, changed=0, rejected=0)
    return {"batch": batch.pk, "incident": batch.incidents.get().pk}


def stands_out(place: Area, unit: Unit, who: Officer, then: Actor) -> dict[str, object]:
    """An alert of the village that `who` was asked to look into, and did."""
    on, village = place.today(), Area.objects.get(path=place.path[:10])
    alert = alerts.raise_alert(
        FOUNDER, unit, watched=unit.parent, kind="statistical", areas=[village], since=on - timedelta(days=2), until=on, observed=5,
        voices=Voices((5,)), group="CRM", expected=1.0, owner=who,
    )  # fmt: skip
    alerts.add_look(then, alert, text=canary(who, "tengok"))
    return {"alert": alert.pk, "watched": unit.parent.path}


def followed(chief: Actor, report: Report, who: Officer) -> dict[str, object]:
    """A problem in the hands of `who`, and an action for them: also of those who left the unit since, so not by an act of today."""
    holder = Officer.objects.get(pk=chief.officer_id)
    if chief.officer_id != who.pk:
        fieldwork.answer(chief, report, kind="acted", text=canary(who, "jawaban"))
    problem = problems.open_from_reports(chief, report, title=canary(who, "masalah"), code="CRM-03", stage="GN", severity=3, owner=holder)
    problems.note_progress(chief, problem, text=canary(who, "perkembangan"))
    problems.describe(chief, problem, analysis=canary(who, "telaah"))
    action = problems.give_action(chief, problem, text=canary(who, "tindakan"), officer=holder, due=problem.due)
    with maintenance("matrix.hold"):
        Problem.objects.filter(pk=problem.pk).update(owner=who)
        Action.objects.filter(pk=action.pk).update(officer=who)
        came = {
            "field": "title",
            "stands": problem.title,
            "came": canary(who, "versi"),
            "item": new_id(),
            "officer": who,
            "at": clock.now(),
        }
        dispute = Dispute.objects.create(problem=problem, **came)
    return {"problem": problem.pk, "action": action.pk, "dispute": dispute.pk}


def canary(who: Officer, kind: str) -> str:
    """Words that stand nowhere else, so that wherever they are read, this is what was read."""
    return f"kenari{kind}{who.pk}x"
