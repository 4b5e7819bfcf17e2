"""The two views of the database that are all the engine may read: counts by village, day and group, capped before they leave, and visits.

They are dropped before migrations and made after them: SQLite renames no table that a view looks at, and a view has no data to lose.
"""

from typing import Any

from django.db import connections

ACCOUNT_DAYS = 7  # in which an account counts once in a village, of a group
MONDAY, JULIAN = "2000-01-03", "2451546.5"
VIEWS = ("alerts_counted", "alerts_effort")
ZONES = {"Asia/Makassar": "+8 hours", "Asia/Jayapura": "+9 hours"}  # SQLite knows no zones; ours have no summer time

# a village's own reports, and those of its parts, which count as the village's
IN_A_VILLAGE = """
SELECT v.path AS path, {columns} FROM territory_area v JOIN {table} r ON r.area_id = v.id {joins} WHERE v.level = 4 AND {condition}
UNION ALL
SELECT v.path AS path, {columns} FROM territory_area v JOIN territory_area a ON a.parent_id = v.id AND a.level = 5
JOIN {table} r ON r.area_id = a.id {joins} WHERE v.level = 4 AND {condition}
"""

# A correction is counted on the day of what it corrects. '*' stands for all groups together, '' for no kind yet.
FIRST_VERSION = """
LEFT JOIN fieldwork_report o ON o.id = r.corrects_id
LEFT JOIN fieldwork_report p ON p.id = o.corrects_id
LEFT JOIN fieldwork_report q ON q.id = p.corrects_id
CROSS JOIN (SELECT 0 AS together UNION ALL SELECT 1) g
"""
# Of an account's days in a village the first of each calendar week counts, or the first that lies seven days after that of the week before.
COUNTED = """
CREATE VIEW alerts_counted AS
SELECT path, {day_of_n} AS day, grp, COUNT(*) AS capped_n FROM (
  SELECT path, grp, officer_id, week, MIN(CASE WHEN before IS NULL OR n >= before + 7 THEN n END) AS n FROM (
    SELECT path, grp, officer_id, n, week,
      MIN(n) OVER (PARTITION BY path, grp, officer_id ORDER BY week RANGE BETWEEN 1 PRECEDING AND 1 PRECEDING) AS before
    FROM (SELECT DISTINCT path, grp, officer_id, n, n / 7 AS week FROM ({rows}) each_report) each_day
  ) with_before GROUP BY path, grp, officer_id, week
) of_week WHERE n IS NOT NULL GROUP BY path, n, grp
"""
EFFORT = """
CREATE VIEW alerts_effort AS
SELECT path, day, SUM(contacts) AS visits FROM ({visits} UNION ALL {old}) each_visit GROUP BY path, day
"""


def sources(vendor: str) -> tuple[str, str]:
    """The SQL of both views for a kind of database."""
    current = "NOT EXISTS (SELECT 1 FROM {} n WHERE n.corrects_id = r.id) AND NOT r.practice"
    columns = (
        f"{numbered(local('COALESCE(q.received_at, p.received_at, o.received_at, r.received_at)', vendor), vendor)} AS n, r.officer_id AS officer_id, "
        "CASE g.together WHEN 1 THEN '*' ELSE COALESCE(substr(r.code_id, 1, 3), '') END AS grp"
    )
    reports = IN_A_VILLAGE.format(
        columns=columns, table="fieldwork_report", joins=FIRST_VERSION, condition=current.format("fieldwork_report")
    )
    visits = IN_A_VILLAGE.format(
        columns=f"{local('r.made_at', vendor)} AS day, 1 AS contacts",
        table="fieldwork_visit",
        joins="",
        condition=current.format("fieldwork_visit"),
    )
    old = IN_A_VILLAGE.format(columns="r.day AS day, r.contacts AS contacts", table="fieldwork_visitcount", joins="", condition="1 = 1")
    day_of_n = f"(DATE '{MONDAY}' + n)" if vendor == "postgresql" else f"date(n + {JULIAN})"
    return COUNTED.format(day_of_n=day_of_n, rows=reports), EFFORT.format(visits=visits, old=old)


def numbered(day: str, vendor: str) -> str:
    """Days since a Monday long ago, so that seven of them are a week."""
    return f"({day} - DATE '{MONDAY}')" if vendor == "postgresql" else f"CAST(julianday({day}) - {JULIAN} AS INTEGER)"


def local(moment: str, vendor: str) -> str:
    """The day of a moment where the village lies."""
    if vendor == "postgresql":
        return f"({moment} AT TIME ZONE v.time_zone)::date"
    cases = " ".join(f"WHEN '{zone}' THEN '{shift}'" for zone, shift in ZONES.items())
    return f"date({moment}, CASE v.time_zone {cases} ELSE '+7 hours' END)"


def drop(using: str = "default", **_: Any) -> None:
    with connections[using].cursor() as cursor:
        for view in VIEWS:
            cursor.execute(f"DROP VIEW IF EXISTS {view}")


def make(using: str = "default", **_: Any) -> None:
    connection = connections[using]
    names = {table.name for table in connection.introspection.get_table_list(connection.cursor())}
    if not {"fieldwork_report", "fieldwork_visitcount"} <= names:
        return  # a house that is migrated only in part
    drop(using)
    with connection.cursor() as cursor:
        for source in sources(connection.vendor):
            cursor.execute(source)
