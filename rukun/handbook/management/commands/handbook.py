from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import translation

from rukun.handbook.paper import pdf
from rukun.handbook.sheets import Reader


class Command(BaseCommand):
    help = "Writes the one-page handbooks as PDF: rukun-officer.pdf and rukun-kasat.pdf"

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", default=Path(), help="where to put them (default: here)")
        parser.add_argument("--language", choices=["id", "en"], default="id")

    def handle(self, *, folder: Path, language: str, **options) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        with translation.override(language):
            for reader in Reader:
                file = folder / f"rukun-{reader}.pdf"
                file.write_bytes(pdf(reader))
                self.stdout.write(str(file))
