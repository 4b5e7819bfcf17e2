"""Promises about the whole house, kept by asking every room."""

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.forms import BaseForm
from django.urls import URLPattern, URLResolver, get_resolver

from rukun.access.policy import DOORS, FOREIGN
from rukun.access.roles import PURPOSES, ROLES, known
from rukun.access.scope import ScopedQuerySet, is_sight
from rukun.audit.door import ACTS, NOTES
from rukun.history.mapping import OURS, BadMapping, parsed
from rukun.lib.jobs import AFTER
from rukun.officers.tables import COLUMNS as PEOPLE
from rukun.sharing.rules.mapping import BESIDES, read
from rukun.sharing.rules.wording import BLANKS
from rukun.territory.tables import SUBUNIT_COLUMNS, UNIT_COLUMNS

ROOMS = Path(__file__).parents[2]
HOUSE = ROOMS.parent
UNSCOPED = {
    "care.Assessment": "the house itself, which belongs to the country",
    "care.Longer": "the house itself, which belongs to the country",
    "care.Permit": "the house itself, which belongs to the country",
    "audit.Checkpoint": "roots over the whole book; says nothing of any entry",
    "audit.Tile": "roots over the whole book; says nothing of any entry",
    "fieldwork.Code": "the taxonomy, the same for everybody",
    "lib.Schedule": "the queue's own bookkeeping",
    "lib.Worker": "the queue's own bookkeeping",
    "search.Entry": "stems alone; asked only with the places an actor reaches, then each thing is asked for in its own scope",
    "officers.Account": "what signs in; reached through the officer, who is scoped",
}
BANNED = re.compile(
    r"(^|_)(party|partai|candidate|paslon|vote|voter_preference|religion|agama|ethnic\w*|suku|suspect|score|watch_?list|face|plate|nik)(_|$)"
)


@pytest.fixture(autouse=True, scope="module")
def addresses() -> None:
    """Acts and notes are declared where they stand; all of them are there once the addresses are."""
    import_module(settings.ROOT_URLCONF)


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("rukun.")]


def sources(pattern: str) -> list[Path]:
    return [file for file in ROOMS.glob(pattern) if "tests" not in file.parts and "migrations" not in file.parts]


def test_every_table_is_scoped_or_says_why_not():
    open_tables = {model._meta.label for model in ours() if not isinstance(model._default_manager.all(), ScopedQuerySet)}
    assert open_tables <= set(UNSCOPED), open_tables - set(UNSCOPED)


def test_every_scoped_table_names_the_permission_that_opens_it():
    scoped = [model for model in ours() if isinstance(model._default_manager.all(), ScopedQuerySet)]
    nameless = {
        model._meta.label
        for model in scoped
        if not is_sight(model._default_manager.all().sees) or model._default_manager.all().sees not in known()
    }
    assert nameless == set()


def test_every_act_is_granted_to_some_role_and_every_grant_is_an_act_a_note_or_a_sight():
    granted = {permission for permission in known() if not is_sight(permission)}
    assert set(ACTS) - granted == set()
    assert granted - set(ACTS) - set(NOTES) == set()


def test_every_role_has_a_purpose():
    assert set(ROLES) == set(PURPOSES)


def test_every_job_waits_for_an_act_that_exists():
    assert set(AFTER) <= set(ACTS)


def test_views_reach_rows_through_the_scope_alone():
    loose = [
        f"{file.relative_to(ROOMS)}:{node.lineno}"
        for file in [*sources("*/views.py"), *sources("*/api.py"), *sources("*/views/*.py"), *sources("*/api/*.py")]
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and node.attr not in {"within", "none"}
        and isinstance(node.value, ast.Attribute) and node.value.attr == "objects"
        and not (isinstance(node.value.value, ast.Name) and node.value.value.id in {"Code", "DBTaskResult"})
    ]  # fmt: skip
    assert loose == []


def patterns(resolver: URLResolver, prefix: str = "") -> list[tuple[str, URLPattern]]:
    found: list[tuple[str, URLPattern]] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found += patterns(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        else:
            found.append((f"{prefix}{entry.name}", entry))
    return found


def test_every_page_declares_who_it_is_for():
    silent = [name for name, pattern in patterns(get_resolver()) if not getattr(pattern.callback, "policy", None) and name not in FOREIGN]
    assert silent == []


def test_every_page_asks_for_permissions_that_exist():
    asked = {permission for _, pattern in patterns(get_resolver()) for permission in getattr(pattern.callback, "policy", ())}
    assert asked - known() <= {"public", "signed in", *DOORS}


def test_a_phones_signature_opens_nothing_but_its_handing_in():
    pages = dict(patterns(get_resolver()))
    asked = {name: set(getattr(pattern.callback, "policy", ())) for name, pattern in pages.items()}
    signed = {name for name, doors in asked.items() if "phone by its signature" in doors}
    assert signed == {"phone_api:batch", "phone_api:handed", "phone_api:uploads", "phone_api:upload"}
    assert {name for name, doors in asked.items() if "phone by either" in doors} == {"phone_api:reference"}
    open_to_other_sites = {name for name, pattern in pages.items() if getattr(pattern.callback, "csrf_exempt", False)}
    assert open_to_other_sites == signed | {"sharing:paste", "phone:share"}  # what another app shares is shown, and kept by nobody
    assert ROLES["device"] == {
        "item.receive:own",
        "outbox.receive:own",
        "upload.begin:own",
        "upload.append:own",
        "upload.attach:own",
        "handed.give:own",
    }


def test_no_field_holds_what_we_never_ask():
    fields = {f"{model._meta.label}.{field.name}" for model in ours() for field in model._meta.get_fields()}
    assert {name for name in fields if BANNED.search(name.split(".")[-1])} == set()


def test_no_form_asks_what_we_never_ask():
    asked = {f"{form.__module__}.{form.__qualname__}.{name}" for form in forms_of_the_house() for name in form.base_fields}
    assert len(asked) > 100
    assert {name for name in asked if BANNED.search(name.split(".")[-1])} == set()


def forms_of_the_house() -> list[type[BaseForm]]:
    """Every form, of whatever module of ours: found by what was imported with the addresses, and with each module named forms."""
    for file in sources("*/**/*.py"):
        if file.stem in {"forms", "replies", "watched", "entries"}:
            import_module(".".join(file.relative_to(HOUSE).with_suffix("").parts))
    found, kinds = [], [BaseForm]
    while kinds:
        below = kinds.pop().__subclasses__()
        kinds += below
        found += [form for form in below if form.__module__.startswith("rukun.") and hasattr(form, "base_fields")]
    return found


def test_no_column_that_is_brought_in_or_copied_out_names_what_we_never_ask():
    """Columns of every import, the fields of BOS as they are shipped, and the mappings of the how-tos."""
    tables = [
        *PEOPLE,
        *PEOPLE.values(),
        *UNIT_COLUMNS,
        *UNIT_COLUMNS.values(),
        *SUBUNIT_COLUMNS,
        *SUBUNIT_COLUMNS.values(),
        *OURS,
        *OURS.values(),
        *BLANKS["kunjungan"],
        *BLANKS["laporan"],
        *BESIDES,
    ]
    fields = [field.label for form in read((ROOMS / "sharing/data/bos.toml").read_text()) for field in form.fields]
    mapped = [column for file in (HOUSE / "docs/how-to/examples").glob("*.toml") for column in parsed(file.read_text()).used()]
    named = [re.sub(r"\W+", "_", name.casefold()) for name in (*tables, *fields, *mapped)]
    assert len(named) > 60
    assert [name for name in named if BANNED.search(name)] == []


@pytest.mark.parametrize("never", ["agama", "Suku", "NIK", "Partai", "paslon pilihan", "religion", "ethnicity"])
def test_a_mapping_can_not_ask_for_it(never):
    with pytest.raises(BadMapping):
        parsed(f'[columns]\nreference = "no"\ntext = "{never}"\n')
    with pytest.raises(BadMapping):
        parsed(f'[[rules.code]]\nwhen = {{ "{never}" = "*" }}\ngive = "CON-06"\n')


def test_every_setting_is_documented():
    read = set(re.findall(r'"(RUKUN_[A-Z_]+)"', (ROOMS / "site/settings.py").read_text()))
    page = (HOUSE / "docs/reference/settings.md").read_text()
    assert {name for name in read if f"`{name}`" not in page} == set()


def test_the_files_for_a_machine_name_settings_that_exist():
    read = set(re.findall(r'"(RUKUN_[A-Z_]+)"', (ROOMS / "site/settings.py").read_text()))
    named = set(re.findall(r"^#?(RUKUN_[A-Z_]+)=", (HOUSE / "docs/how-to/deploy/rukun.env").read_text(), re.MULTILINE))
    assert named and named <= read


def test_the_page_of_acts_is_what_the_command_prints(capsys):
    call_command("acts")

    def told(text: str) -> list[str]:
        return [" ".join(line.split()) for line in text.strip().splitlines() if ".tests." not in line]

    page = (HOUSE / "docs/reference/acts.md").read_text()
    assert told(page.split("```")[1]) == told(capsys.readouterr().out)


def test_a_web_process_never_loads_the_engine():
    heavy = "{'numba', 'llvmlite', 'scipy', 'sklearn', 'waspada', 'shapely', 'typst'}"
    code = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns;"
        f"import rukun.site.wsgi; print(sorted({heavy} & set(sys.modules)))"
    )
    env = {"DJANGO_SETTINGS_MODULE": "rukun.site.settings", "RUKUN_DATA": str(settings.DATA), "PATH": ""}
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, cwd=HOUSE, check=True)
    assert answer.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "pattern",
    ["*/services.py", "*/services/*.py", "*/views.py", "*/views/*.py", "*/jobs.py", "*/models.py", "*/rules.py", "*/templates/**/*.html"],
)
def test_no_clock_but_the_one_is_read(pattern):
    loose = [
        str(file.relative_to(ROOMS))
        for file in sources(pattern)
        if re.search(r"timezone\.now\(|datetime\.now\(|date\.today\(|{% now ", file.read_text())
    ]
    assert loose == []


def test_nothing_of_this_machine_or_of_a_registry_stands_in_the_repository():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, text=True, check=True).stdout.split("\0")
    wanted = re.compile(r"/work/|/root/|pypi\.org|pythonhosted|registry\.npmjs|deb\.debian")
    loose = []
    for name in listed:
        file = HOUSE / name
        if (
            name
            and file.is_file()
            and file.suffix in {".py", ".md", ".toml", ".txt", ".lock", ".in", ".js", ".html", ".sh", ".json", ".cfg", ""}
        ):
            if file != Path(__file__) and wanted.search(file.read_text(errors="ignore")):
                loose.append(name)
    assert loose == []


def test_a_migration_names_what_it_stands_on():
    """What stands on the latest of another room can't be followed by a later one: installations would refuse it as out of order."""
    for file in ROOMS.glob("*/migrations/0*.py"):
        assert "__latest__" not in file.read_text(), file
