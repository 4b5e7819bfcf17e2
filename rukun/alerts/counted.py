"""The two views of the database that are all the engine may read: counts by village, day and group, weighed before they leave, and visits.

What counts how much is told in `scale`, which a test holds beside these views. They are dropped before migrations and made after them: SQLite
renames no table that a view looks at, and a view has no data to lose. Nothing in them is grouped, and no step has two windows: so both
databases, SQLite too, answer for a part of the country without walking the rest.
"""

from typing import Any

from django.db import connections

from rukun.alerts.scale import PLACES_ELSEWHERE, PLACES_HERE, SETTLED, TOGETHER
from rukun.officers.rules import FIELD_ROLES, LADDER

MONDAY, JULIAN = "2000-01-03", "2451546.5"
VIEWS = ("alerts_counted", "alerts_effort")
ZONES = {"Asia/Makassar": "+8 hours", "Asia/Jayapura": "+9 hours"}  # SQLite knows no zones; ours have no summer time
HERE = ", ".join(f"'{role}'" for role in (*sorted(FIELD_ROLES), *LADDER))  # who serves or commands a place

# a village's own reports, and those of its parts, which count as the village's
IN_A_VILLAGE = """
SELECT v.path AS path, {columns} FROM territory_area v JOIN {table} r ON r.area_id = v.id {joins} WHERE v.level = 4 AND {condition}
UNION ALL
SELECT v.path AS path, {columns} FROM territory_area v JOIN territory_area a ON a.parent_id = v.id AND a.level = 5
JOIN {table} r ON r.area_id = a.id {joins} WHERE v.level = 4 AND {condition}
"""
CURRENT = "NOT EXISTS (SELECT 1 FROM {} n WHERE n.corrects_id = r.id) AND NOT r.practice AND NOT r.time_uncertain"
# A correction is counted on the day of what it corrects; what comes from a clock that could not be set right is read, but not counted.
FIRST_VERSION = """
LEFT JOIN fieldwork_report o ON o.id = r.corrects_id
LEFT JOIN fieldwork_report p ON p.id = o.corrects_id
LEFT JOIN fieldwork_report q ON q.id = p.corrects_id
"""
ARRIVED = "COALESCE(q.received_at, p.received_at, o.received_at, r.received_at)"
ORIGIN = "COALESCE(q.id, p.id, o.id, r.id)"

# Whoever wrote it and no operator, by a term for this village, a part of it, what lies above it, or all that the unit covers.
SERVES = """
r.recorded_by_id IS NULL AND EXISTS (
  SELECT 1 FROM officers_assignment t WHERE t.officer_id = r.officer_id AND t.role IN ({here}) AND {holds} AND (
    EXISTS (SELECT 1 FROM officers_assignment_areas x JOIN territory_area y ON y.id = x.area_id WHERE x.assignment_id = t.id
      AND (substr(v.path, 1, length(y.path)) = y.path OR substr(y.path, 1, 10) = v.path))
    OR NOT EXISTS (SELECT 1 FROM officers_assignment_areas x WHERE x.assignment_id = t.id)
    AND EXISTS (SELECT 1 FROM territory_jurisdiction j JOIN territory_area y ON y.id = j.area_id WHERE j.unit_id = t.unit_id
      AND j.valid_from <= {on} AND (j.valid_until IS NULL OR j.valid_until > {on}) AND substr(v.path, 1, length(y.path)) = y.path)))
"""
# Four weeks earlier somebody served the village by name: who comes then is new there. Before that, everybody was.
WAS_SERVED = """
EXISTS (SELECT 1 FROM officers_assignment_areas x JOIN officers_assignment t ON t.id = x.assignment_id
  WHERE (x.area_id = v.id OR x.area_id IN (SELECT c.id FROM territory_area c WHERE c.parent_id = v.id)) AND {holds})
"""
HOLDS = "t.valid_from <= {on} AND (t.valid_until IS NULL OR t.valid_until > {on})"

# Step by step. '*' stands for all groups together, '' for no kind yet. `told`: of how many other villages the account has told since Monday.
# Of an account's days in a village the first of each calendar week counts, or the first that lies seven days after that of the week before.
SPOKEN = """
WITH one AS ({rows}),
each_report AS (SELECT path, own, officer_id, n, served, (
  SELECT COUNT(DISTINCT substr(b.path, 1, 10)) FROM fieldwork_report e JOIN territory_area b ON b.id = e.area_id
  WHERE e.officer_id = one.officer_id AND e.received_at >= {monday} AND CASE WHEN e.corrects_id IS NULL THEN NOT e.practice END
    AND (e.received_at < arrived OR e.received_at = arrived AND e.id < origin) AND substr(b.path, 1, 10) <> one.path) AS told FROM one),
each_day AS (SELECT DISTINCT path, CASE together WHEN 1 THEN '*' ELSE own END AS grp, officer_id, n, n / 7 AS week, served
  FROM each_report CROSS JOIN (SELECT 0 AS together UNION ALL SELECT 1) g
  WHERE told < CASE served WHEN 1 THEN {here} ELSE {elsewhere} END),
with_before AS (SELECT path, grp, officer_id, n, week, served,
  MIN(n) OVER (PARTITION BY path, grp, officer_id ORDER BY week RANGE BETWEEN 1 PRECEDING AND 1 PRECEDING) AS before FROM each_day),
each_week AS (SELECT path, grp, officer_id, n, week, served,
  MIN(CASE WHEN before IS NULL OR n >= before + 7 THEN n END) OVER (PARTITION BY path, grp, officer_id, week) AS counts FROM with_before),
of_week AS (SELECT path, grp, officer_id, n, week, MAX(served) OVER (PARTITION BY path, grp, officer_id, week) AS served
  FROM each_week WHERE n = counts),
in_order AS (SELECT path, grp, officer_id, n, week, served,
  ROW_NUMBER() OVER (PARTITION BY path, grp, week, served ORDER BY n, officer_id) AS place
  FROM (SELECT DISTINCT path, grp, officer_id, n, week, served FROM of_week) once),
spoken AS (SELECT path, grp, officer_id, n, served, place,
  MIN(CASE served WHEN 1 THEN n END) OVER (PARTITION BY path, grp, week) AS beside FROM in_order)
"""
COUNTED = """
CREATE VIEW alerts_counted AS {spoken},
counted AS (SELECT path, grp, CASE WHEN served = 1 OR n > beside THEN n ELSE beside END AS late
  FROM spoken WHERE served = 1 OR place = {together} AND beside IS NOT NULL)
SELECT DISTINCT path, {day} AS day, grp, COUNT(*) OVER (PARTITION BY path, grp, late) AS capped_n FROM counted
"""
EFFORT = """
CREATE VIEW alerts_effort AS
SELECT DISTINCT path, day, SUM(contacts) OVER (PARTITION BY path, day) AS visits FROM ({visits} UNION ALL {old}) each_visit
"""


def spoken(vendor: str) -> str:
    """Of each account the weeks in which it told of something in a village: what the counts are made of, and what never leaves with them."""
    n, on, settled = numbered(local(ARRIVED, vendor), vendor), local(ARRIVED, vendor), shifted(local(ARRIVED, vendor), vendor)
    serves, before = (SERVES.format(here=HERE, on=day, holds=HOLDS.format(on=day)) for day in (on, settled))
    served = f"CASE WHEN {serves} AND ({before} OR NOT {WAS_SERVED.format(holds=HOLDS.format(on=settled))}) THEN 1 ELSE 0 END"
    columns = (
        f"{n} AS n, r.officer_id AS officer_id, COALESCE(substr(r.code_id, 1, 3), '') AS own, {ARRIVED} AS arrived, {ORIGIN} AS origin, "
        f"v.time_zone AS zone, {served} AS served"
    )
    rows = IN_A_VILLAGE.format(columns=columns, table="fieldwork_report", joins=FIRST_VERSION, condition=CURRENT.format("fieldwork_report"))
    return SPOKEN.format(rows=rows, monday=monday(vendor), here=PLACES_HERE, elsewhere=PLACES_ELSEWHERE)


def sources(vendor: str) -> tuple[str, str]:
    """The SQL of both views for a kind of database."""
    visits = IN_A_VILLAGE.format(
        columns=f"{local('r.made_at', vendor)} AS day, 1 AS contacts",
        table="fieldwork_visit",
        joins="",
        condition=CURRENT.format("fieldwork_visit"),
    )
    old = IN_A_VILLAGE.format(columns="r.day AS day, r.contacts AS contacts", table="fieldwork_visitcount", joins="", condition="1 = 1")
    return COUNTED.format(day=day_of("late", vendor), spoken=spoken(vendor), together=TOGETHER), EFFORT.format(visits=visits, old=old)


def numbered(day: str, vendor: str) -> str:
    """Days since a Monday long ago, so that seven of them are a week."""
    return f"({day} - DATE '{MONDAY}')" if vendor == "postgresql" else f"CAST(julianday({day}) - {JULIAN} AS INTEGER)"


def day_of(n: str, vendor: str) -> str:
    return f"(DATE '{MONDAY}' + {n})" if vendor == "postgresql" else f"date({n} + {JULIAN})"


def shifted(day: str, vendor: str) -> str:
    """The day four weeks before."""
    return f"({day} - {SETTLED})" if vendor == "postgresql" else f"date({day}, '-{SETTLED} days')"


def local(moment: str, vendor: str) -> str:
    """The day of a moment where the village lies."""
    return f"({moment} AT TIME ZONE v.time_zone)::date" if vendor == "postgresql" else f"date({moment}, {shift_of('v.time_zone')})"


def monday(vendor: str) -> str:
    """The moment at which the week of day `n` began where the village lies."""
    if vendor == "postgresql":
        return f"((DATE '{MONDAY}' + n / 7 * 7)::timestamp AT TIME ZONE one.zone)"
    return f"datetime(n / 7 * 7 + {JULIAN}, {shift_of('one.zone', back=True)})"


def shift_of(zone: str, back: bool = False) -> str:
    sign = "-" if back else "+"
    cases = " ".join(f"WHEN '{name}' THEN '{sign}{shift[1:]}'" for name, shift in ZONES.items())
    return f"CASE {zone} {cases} ELSE '{sign}7 hours' END"


def drop(using: str = "default", **_: Any) -> None:
    with connections[using].cursor() as cursor:
        for view in VIEWS:
            cursor.execute(f"DROP VIEW IF EXISTS {view}")


def make(using: str = "default", **_: Any) -> None:
    connection = connections[using]
    names = {table.name for table in connection.introspection.get_table_list(connection.cursor())}
    if not {"fieldwork_report", "fieldwork_visitcount", "officers_assignment"} <= names:
        return  # a house that is migrated only in part
    drop(using)
    with connection.cursor() as cursor:
        for source in sources(connection.vendor):
            cursor.execute(source)
