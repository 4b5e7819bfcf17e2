"""Photos: made anew from their pixels, seen by whoever may read the record, gone with it; and whatever else is sent as one."""

import io
import struct
import subprocess
import sys
import zlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from rukun.audit.models import Entry
from rukun.care import rules
from rukun.fieldwork import darkroom, jobs, photos, services
from rukun.fieldwork.models import Photo, new_id
from rukun.lib import clock

GPS = b"kenari-0.3051-100.3692"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path, world):
    """Only photos lie there; the book's keys stay where the world was made."""
    (tmp_path / "keys").symlink_to(settings.DATA / "keys")
    settings.DATA = tmp_path


def picture(kind: str = "JPEG", size: tuple[int, int] = (2400, 1200), **more: object) -> bytes:
    made = io.BytesIO()
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.save(made, kind, **more)
    return made.getvalue()


def with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x9286], exif[0x0112] = "Merek Ponsel", GPS.decode(), 6  # made by, comment, lies on its side
    exif.get_ifd(0x8825)[29] = "2026:11:25"
    return picture(exif=exif)


def bomb(width: int, height: int) -> bytes:
    """A PNG of that many pixels in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1_000_000), 9)) + chunk(b"IEND", b"")


def jpeg_of(width: int, height: int) -> bytes:
    """A small JPEG whose header says that it is large."""
    small = bytearray(picture(size=(16, 16)))
    at = small.index(b"\xff\xc0")
    small[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(small)


HOSTILE = {
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "HTML after a JPEG's beginning": b"\xff\xd8\xff<script>alert(1)</script>",
    "PHP": b"<?php system($_GET['x']); ?>",
    "PDF": b"%PDF-1.7 1 0 obj",
    "GIF and script": b"GIF89a/*<script>*/=1;alert(1)//",
    "WAV in a RIFF": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "nothing": b"",
    "half a JPEG's header": picture()[:20],
    "PNG of 50,000 x 50,000": bomb(50_000, 50_000),
    "PNG of 2,000,000,000 x 1": bomb(2_000_000_000, 1),
    "JPEG of 50,000 x 50,000": jpeg_of(50_000, 50_000),
    "zeros": bytes(1_000_000),
    "eleven megabytes": picture() + bytes(11 * 1024 * 1024),
}


@pytest.fixture
def report(world):
    return services.receive_report(
        world.actor(world.sari), world.pasar, id=new_id(), title="Lampu mati", facts="Tiga malam.", basis="saw", code="CRM-03", happened_at=clock.now()
    )  # fmt: skip


@pytest.fixture
def visit(world):
    return services.receive_visit(world.actor(world.sari), world.pasar, id=new_id(), kind="visit", made_at=clock.now(), nothing_said=True)


def sent(content: bytes, name: str = "IMG_1.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def added(world, record, *contents: bytes) -> list[Photo]:
    services.add_photos(world.actor(world.sari), record, developed=[photos.develop(content) for content in contents], alt="tiang lampu")
    return list(record.photos.all())


# --- developed anew ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_made_anew_smaller_and_says_nothing_of_where_it_was_taken(kind):
    made = photos.develop(picture(kind))
    with Image.open(io.BytesIO(made.content)) as image:
        assert (image.format, image.size, made.width, made.height) == ("JPEG", (1600, 800), 1600, 800)
        assert not image.getexif() and "icc_profile" not in image.info and "comment" not in image.info


def test_it_stands_upright_and_without_its_exif():
    raw = with_exif()
    assert GPS in raw
    made = photos.develop(raw)
    assert (made.width, made.height) == (800, 1600)
    assert GPS not in made.content and b"Exif" not in made.content and b"Merek" not in made.content


def test_what_hides_behind_a_picture_does_not_come_along():
    made = photos.develop(picture() + b"<script>alert('kenari')</script>PK\x03\x04kenari.zip")
    assert b"script" not in made.content and b"kenari" not in made.content and b"PK\x03\x04" not in made.content


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_photo_or_too_large_is_refused_and_costs_little(what):
    with pytest.raises(photos.NotAPhoto):
        photos.develop(HOSTILE[what])
    assert kilobytes_for(HOSTILE[what]) < 300 * 1024


@pytest.mark.parametrize(("kind", "size"), [("JPEG", (4000, 3000)), ("PNG", (5000, 5000))])
def test_a_photo_of_twelve_megapixels_and_more_costs_little(kind, size):
    raw = picture(kind, size=size)
    assert max(photos.develop(raw).width, photos.develop(raw).height) == 1600
    assert kilobytes_for(raw) < 300 * 1024


def kilobytes_for(raw: bytes) -> int:
    """The most memory that developing it took: asked of a process that has had no other child."""
    watch = (
        "import resource, subprocess, sys; subprocess.run([sys.executable, '-I', sys.argv[1]], stdin=sys.stdin, capture_output=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", watch, darkroom.__file__], input=raw, capture_output=True, check=True)
    return int(done.stdout)


# --- with a record -------------------------------------------------------------------------------------------------------------------


def test_photos_come_with_a_report_and_the_name_they_were_sent_with_is_forgotten(world, client, own_folder, settings):
    client.force_login(world.rahmi.account)
    page = client.post("/laporan/baru/", {
        "id": str(new_id()), "area": world.pasar.path, "day": "2026-03-01", "clock": "18:30", "title": "Lampu mati", "facts": "Tiga malam gelap.",
        "basis": "saw", "code": "CRM-03", "anyway": "1", "photo_alt": "tiang tanpa lampu",
        "photos": [sent(with_exif(), "../../etc/kenari.php"), sent(HOSTILE["SVG"], "a.svg")],
    }, follow=True)  # fmt: skip
    text = page.content.decode()
    photo = Photo.objects.get()
    assert f'width="{photo.width}" height="{photo.height}"' in text  # a number for browsers, not for readers
    assert "tiang tanpa lampu" in text and str(photo.pk) in text and "Satu foto tidak disimpan" in text
    files = [file for file in (settings.DATA / "media").rglob("*") if file.is_file()]
    assert [file.name for file in files] == [f"{photo.sha256}.jpg"]
    assert GPS not in files[0].read_bytes() and "kenari" not in str(files[0])
    assert Entry.objects.filter(act="photo.add", actor=f"officer:{world.rahmi.pk}").count() == 1


def test_a_record_holds_five_and_the_same_one_once(world, report):
    many = [picture(size=(100 + n, 100)) for n in range(6)]
    assert len(added(world, report, *many[:4], many[0])) == 4
    with pytest.raises(services.NotPossible):
        added(world, report, *many[4:])
    assert len(added(world, report, many[4], many[1])) == 5


def test_a_photo_is_shown_with_what_keeps_it_a_photo(world, report, client):
    photo = added(world, report, picture())[0]
    for key in ("sari", "nofri", "putri"):
        client.force_login(getattr(world, key).account)
        answer = client.get(f"/foto/{photo.pk}/")
        assert answer.status_code == 200
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
        assert "private" in answer["Cache-Control"] and "sandbox" in answer["Content-Security-Policy"]
        assert answer.content.startswith(b"\xff\xd8\xff")


def test_whoever_may_not_see_the_record_does_not_see_its_photo(world, report, visit, client):
    on_report, on_visit = added(world, report, picture())[0], added(world, visit, picture(size=(90, 90)))[0]
    for key in ("joko", "wendra", "yeni"):
        client.force_login(getattr(world, key).account)
        assert {client.get(f"/foto/{photo.pk}/").status_code for photo in (on_report, on_visit)} == {404}, key
    for key in ("tomi", "yusuf", "mira"):
        client.force_login(getattr(world, key).account)
        assert {client.get(f"/foto/{photo.pk}/").status_code for photo in (on_report, on_visit)} == {403}, key
    client.logout()
    assert client.get(f"/foto/{on_report.pk}/").status_code == 302


def test_the_photos_of_a_visit_open_for_the_chief_with_his_reason(world, visit, client):
    photo = added(world, visit, picture())[0]
    client.force_login(world.nofri.account)
    assert client.get(f"/foto/{photo.pk}/").status_code == 404
    assert str(photo.pk) not in client.get(f"/kunjungan/{visit.pk}/").content.decode()
    client.post(f"/kunjungan/{visit.pk}/baca/", {"reason": "tindak lanjut lampu"})
    assert client.get(f"/foto/{photo.pk}/").status_code == 200


def test_only_the_author_adds_describes_and_removes(world, report, client):
    photo = added(world, report, picture())[0]
    for key, code in (("nofri", 404), ("joko", 404), ("mira", 403)):
        client.force_login(getattr(world, key).account)
        assert client.post(f"/foto/{photo.pk}/ubah/", {"remove": "1"}).status_code == code
        assert client.post(f"/laporan/{report.pk}/foto/", {"photos": [sent(picture())]}).status_code == code
    client.force_login(world.sari.account)
    client.post(f"/foto/{photo.pk}/ubah/", {"alt": "gardu"})
    assert Photo.objects.get().alt == "gardu"
    client.post(f"/foto/{photo.pk}/ubah/", {"remove": "1"})
    assert not Photo.objects.exists()
    client.post(f"/laporan/{report.pk}/foto/", {"photos": [sent(picture())]})
    assert Photo.objects.count() == 1


# --- gone ----------------------------------------------------------------------------------------------------------------------------


def test_a_file_goes_with_the_last_record_that_holds_it(world, report, visit, django_capture_on_commit_callbacks):
    on_report, on_visit = added(world, report, picture())[0], added(world, visit, picture())[0]
    path = photos.place_of(on_report.sha256)
    with django_capture_on_commit_callbacks(execute=False) as first:
        services.remove_photo(world.actor(world.sari), on_report)
    done(first)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=False) as second:
        services.remove_photo(world.actor(world.sari), on_visit)
    done(second)
    assert not path.exists()


def done(callbacks) -> None:
    """What follows the commit, but for what can't run in a test's transaction."""
    for callback in callbacks:
        if getattr(callback, "func", callback).__name__ == "remove_unheld":
            callback()


def test_a_correction_keeps_the_photos_and_an_erasure_takes_them(world, report, django_capture_on_commit_callbacks):
    photo = added(world, report, picture())[0]
    newer = services.correct_report(
        world.actor(world.sari), report, title="Lagi", facts="Lagi.", basis="saw", happened_at=report.happened_at
    )
    assert list(newer.photos.all()) == [photo]
    with django_capture_on_commit_callbacks(execute=False) as after:
        services.erase_report(world.actor(world.mira), newer, basis="permintaan 1")
    done(after)
    assert not Photo.objects.exists() and not photos.place_of(photo.sha256).exists()


def test_photos_go_after_six_months_and_strays_after_an_hour(world, report, settings):
    photo = added(world, report, picture())[0]
    stray = settings.DATA / "media/photos/aa/stray.jpg"
    stray.parent.mkdir(exist_ok=True, parents=True)
    stray.write_bytes(b"x")
    jobs.retain.func()
    assert Photo.objects.exists() and stray.exists()
    with clock.at(clock.now() + timedelta(days=rules.KEEP["photo"].days + 2)):
        jobs.retain.func()
    assert not Photo.objects.exists() and not stray.exists() and not photos.place_of(photo.sha256).exists()
    assert Entry.objects.filter(act="photo.expire").count() == 1
