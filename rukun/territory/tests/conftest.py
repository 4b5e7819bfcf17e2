"""Territory data in the formats in which it is published, of a province that does not exist."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command

HEAD = """/*
BISMILLAAHIRRAHMAANIRRAHIIM
THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND; it isn't a row: ('99','x')
*/
--
-- Table structure; don't read ('98','y') here
--
DROP TABLE IF EXISTS wilayah;
CREATE TABLE IF NOT EXISTS wilayah (
    kode varchar(13) NOT NULL,
    nama varchar(100) NOT NULL,
    PRIMARY KEY (kode)
) ENGINE=MyISAM;
"""
CODES = """INSERT INTO wilayah (kode, nama)
VALUES
('99','Nusa Contoh'),
('99.01','Kabupaten Rimbo Data'),
('99.01.01','Koto Rimbo'),
('99.01.01.2001','Aia Baliang'),
('99.01.01.2002','Lasara Ba''u'),
('99.01.02','Lembah Alun'),
('99.01.02.2001','Sungai Alun '),
('99.71','Kota Sungai Contoh'),
('99.71.01','Pasar Contoh'),
('99.71.01.1001','Pasa Lamo');
"""
AREA = "INSERT INTO wilayah_luas(kode,nama,luas)\nVALUES\n('99','Nusa Contoh',912.5),\n('99.01','Kabupaten Rimbo Data',861.019);\n"
PEOPLE = """INSERT INTO wilayah_penduduk(kode, nama, pria, wanita, total)
VALUES
('0','INDONESIA','2','3','5'),
('99','Nusa Contoh','60000','58400','118400'),
('99.01','Kabupaten Rimbo Data','38000','38900','76900');
"""
CENTROIDS = """code,name,lat,lon
99.01.01.2001,Aia Baliang,-0.47100,100.52100
99.01.01.2002,Lasara Ba'u,-0.45200,100.50700
99.71.01.1001,Pasa Lamo,-0.57800,100.77600
"""
BORDERS = """DELETE FROM wilayah_boundaries WHERE kode LIKE '99.01.%' AND LENGTH(kode)=13;
INSERT INTO wilayah_boundaries(kode,nama,lat,lng,path) VALUES
"""


def square(north: float, east: float, size: float = 0.02) -> str:
    """A border as it is published, latitude first, closed."""
    a, b, c, d = north - size / 2, north + size / 2, east - size / 2, east + size / 2
    return f"[[[{a},{c}],[{a},{d}],[{b},{d}],[{b},{c}],[{a},{c}]]]"


def border(code: str, path: str, north: float = -0.47, east: float = 100.52) -> str:
    return f"\t('{code}','Iv Koto',{north},{east},'{path}')"


@pytest.fixture
def publish(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file as it might be published, and gives its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / "published" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def nusa(publish: Callable[..., Path]) -> Path:
    """A folder with all that is published about Nusa Contoh."""
    publish("db/wilayah.sql", HEAD + CODES)
    publish("db/wilayah_luas.sql", AREA)
    publish("db/wilayah_penduduk.sql", PEOPLE)
    publish("db/kel/13.sql", BORDERS + border("99.01.01.2001", square(-0.471, 100.521)) + ";\n")
    publish("README.md", "nothing to read here")
    return publish("centroids.csv", CENTROIDS).parent


@pytest.fixture
def territory(db: None) -> Callable[..., SimpleNamespace]:
    """`rukun territory …`: what it said."""

    def run(*words: object) -> SimpleNamespace:
        out = StringIO()
        call_command("territory", *map(str, words), stdout=out)
        return SimpleNamespace(text=out.getvalue())

    return run
