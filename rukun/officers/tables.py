"""Who serves, from a table that a Polda has already: people, and with each row a role; a row that is known says only what is new."""

from datetime import date, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.lib.days import NotADay, day_of
from rukun.lib.table import BadRow, OnBad, Place, Row, Table
from rukun.officers import services
from rukun.officers.models import Assignment, Officer
from rukun.officers.rules import FIELD_ROLES, RANKS, Role, is_nrp
from rukun.officers.services import NotPossible
from rukun.territory.models import Area, Unit
from rukun.territory.named import area_of, several
from rukun.territory.services import NotPossible as NotPlaced
from rukun.territory.tables import BadTable, Done, changed, enter_rows, unit_of, unused

COLUMNS = {
    "nrp": "nrp", "name": "nama", "rank": "pangkat", "function": "fungsi", "unit": "satuan", "role": "peran", "areas": "wilayah",
    "order": "sprin", "from": "mulai", "until": "sampai",
}  # fmt: skip
NEEDED = {"nrp", "name", "rank", "unit"}
WORDS = {theirs: ours for ours, theirs in COLUMNS.items()} | {"surat_perintah": "order", "basis": "order", "jabatan": "function"}
SECRETS = {"password", "sandi", "kata_sandi", "kata_kunci", "pin"}


def named(cell: str) -> str:
    """A column as we call it; one that we don't know keeps its name."""
    name = "_".join(cell.lower().split())
    return WORDS.get(name, name)


def enter_officers(actor: Actor, table: Table, on: date, *, on_bad: OnBad | None = None, rehearsal: bool = False) -> Done:
    """Columns nrp, name, rank, unit and optionally function, role, areas, order, from, until. No passwords: sheets are printed."""
    if kept := SECRETS & set(table.header):
        place = Place(table.name, 1)
        raise BadTable(
            [BadRow(place, _("the column “%s” holds what nobody else may know") % min(kept), _("Take it out; sign-in sheets are printed"))]
        )
    done, first = Done(unused=unused(table, COLUMNS)), dict[tuple[str, str, int], int]()

    def enter(row: Row) -> None:
        try:
            before = len(done.changes)
            unit = unit_of(row["unit"])
            once(row, unit, first)
            officer = enter_person(actor, row, unit, done)
            if row["role"]:
                enter_role(actor, officer, row, unit, done)
            done.same += before == len(done.changes)
        except NotPossible as why:
            raise NotPlaced(str(why)) from why

    enter_rows(table, NEEDED, enter, on_bad=on_bad, rehearsal=rehearsal)
    return done


def once(row: Row, unit: Unit, first: dict[tuple[str, str, int], int]) -> None:
    line = first.setdefault((row["nrp"], role_of(row["role"]) if row["role"] else "", unit.pk), row.place.line)
    if line != row.place.line:
        raise NotPossible(
            _("%(nrp)s stands with this role in line %(line)s already. Write all areas into one row, with | between.")
            % {"nrp": row["nrp"], "line": line}
        )


def enter_person(actor: Actor, row: Row, unit: Unit, done: Done) -> Officer:
    nrp = nrp_of(row["nrp"])
    told = {"name": " ".join(row["name"].split()), "rank": rank_of(row["rank"]), "function": row["function"]}
    known = Officer.objects.select_related("unit", "account").filter(account__nrp=nrp).first()
    if known is None:
        officer = services.enrol(actor, unit, nrp=nrp, **told)
        done.founded += 1
        done.tell(row, str(officer), _("enrolled at %s") % unit.name)
        return officer
    if known.left_on:
        raise NotPossible(_("%s has left the service. Take the row out, or have the officer enrolled anew on the page.") % known)
    told["function"] = told["function"] or known.function
    old = {"name": known.name, "rank": known.rank, "function": known.function, "unit": known.unit.name}
    if services.change(actor, known, unit=unit, **told):
        done.changed += 1
        words = {"name": _("name"), "rank": _("rank"), "function": _("function"), "unit": _("home unit")}
        for part, now in {**told, "unit": unit.name}.items():
            if old[part] != now:
                done.tell(row, str(known), changed(words[part], old[part], now))
    return known


def nrp_of(text: str) -> str:
    """Eight digits, as they are; what a spreadsheet has eaten is named, never guessed."""
    if is_nrp(text):
        return text
    if text.isdigit() and len(text) < 8:
        raise NotPossible(_("The NRP “%s” lacks digits: a spreadsheet drops leading zeros. Make the column text and write all 8.") % text)
    if "e+" in text.lower() or text.endswith(".0"):
        raise NotPossible(_("The NRP “%s” was taken for a number. Make the column text and write all 8 digits.") % text)
    raise NotPossible(_("“%s” is no NRP. It has 8 digits: year and month of birth, then four more.") % text[:20])


def rank_of(text: str) -> str:
    known = {rank.lower(): rank for rank in RANKS} | {"brigpol": "Brigadir"}
    return known.get(text.lower().removesuffix(" pol").strip(), text)


def role_of(text: str) -> Role:
    """A role by our word or by its name, in either language."""
    wanted = " ".join(text.lower().replace("_", " ").split())
    for role in Role:
        names = {role.value.replace("_", " ")}
        for language in ("id", "en"):
            with translation.override(language):
                names.add(str(role.label).lower())
        if wanted in names:
            return role
    raise NotPossible(
        _("There is no role “%(role)s”. Known are: %(known)s.") % {"role": text, "known": ", ".join(role.value for role in Role)}
    )


def enter_role(actor: Actor, officer: Officer, row: Row, unit: Unit, done: Done) -> None:
    role = role_of(row["role"])
    start = day(row["from"]) or unit.today()
    last = day(row["until"])
    until = last + timedelta(days=1) if last else None
    covered = tuple(Area.objects.covered_by(unit, start).values_list("path", flat=True))
    areas = list({area.pk: area for area in (area_of(each, covered) for each in several(row["areas"]))}.values())
    if role in FIELD_ROLES and not areas:
        raise NotPossible(_("An officer in the field serves named areas. Write at least one into the row."))
    term = officer.assignments.not_over(max(start, unit.today())).filter(role=role, unit=unit, stands_in_for=None).first()
    if term is not None and same_areas(term, areas):
        return end_otherwise(actor, term, until, row, done)
    if term is not None:
        start = max(start, unit.today())
        services.relieve(actor, term, on=start, reason=_("other areas, from a table"))
    services.assign(actor, officer, role=role, unit=unit, areas=areas, valid_from=start, valid_until=until, basis=row["order"])
    done.covered += 1
    where = ", ".join(area.name for area in areas) or _("all that %s covers") % unit.name
    done.tell(row, str(officer), _("%(role)s from %(day)s: %(where)s") % {"role": role.label, "day": start.isoformat(), "where": where})


def same_areas(term: Assignment, areas: list[Area]) -> bool:
    return set(term.areas.values_list("pk", flat=True)) == {area.pk for area in areas}


def end_otherwise(actor: Actor, term: Assignment, until: date | None, row: Row, done: Done) -> None:
    """The role is known; what may differ is its end. Sooner is an end, later is a new term behind the old one."""
    if until is None or term.valid_until == until:
        return
    if term.valid_until is None or until < term.valid_until:
        services.relieve(actor, term, on=until, reason=_("end of the term, from a table"))
    else:
        services.assign(
            actor, term.officer, role=term.role, unit=term.unit, areas=list(term.areas.all()), valid_from=term.valid_until,
            valid_until=until, basis=row["order"] or term.basis,
        )  # fmt: skip
    done.covered += 1
    last = (until - timedelta(days=1)).isoformat()
    done.tell(row, str(term.officer), _("%(role)s until and including %(day)s") % {"role": term.get_role_display(), "day": last})


def day(text: str) -> date | None:
    try:
        return day_of(text) if text else None
    except NotADay as why:
        raise NotPossible(f"{why}. " + _("Write it as 2026-05-12 or 12/05/2026.")) from why
