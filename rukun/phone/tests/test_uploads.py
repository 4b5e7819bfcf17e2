"""A photo comes in pieces, whichever arrives when; what is damaged is sent again; it becomes a photo of its record, before or after it."""

import hashlib
import io
import json
import os

import pytest
from PIL import Image

from rukun.fieldwork import photos
from rukun.fieldwork.models import Photo
from rukun.lib import clock
from rukun.phone.models import Upload
from rukun.phone.services import uploads
from rukun.phone.tests.model import NOON, new_key, sealed_to, visit

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.fixture
def picture():
    sent = io.BytesIO()
    Image.effect_noise((640, 480), 90).convert("RGB").save(sent, "JPEG", quality=85)
    return sent.getvalue()


def kept(world, sari):
    key = sari.put("visit", visit(world.pasar.path, NOON))
    sari.send()
    return key


def test_no_phone_fills_the_disk(sari, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_WAITING", 2)
    assert [sari.upload(new_key(), new_key(), b"x")[0] for _ in range(3)] == [201, 201, 413]


def test_the_pieces_stay_until_the_photo_is_committed(world, sari, picture, monkeypatch):
    record, key = kept(world, sari), new_key()

    def dies(*_args, **_more):
        raise OSError("killed")

    with monkeypatch.context() as killed:
        killed.setattr(uploads, "add_photos", dies)
        assert sari.whole(key, record, picture)[0] == 503
    assert uploads.place_of(Upload.objects.get()).exists()
    assert json.loads(sari.upload(key, record, picture)[2])["status"] == "ok"


def test_a_photo_after_its_record(world, sari, picture, django_capture_on_commit_callbacks):
    record, key = kept(world, sari), new_key()
    with django_capture_on_commit_callbacks(execute=True):
        status, headers, raw = sari.whole(key, record, picture, alt="Lampu yang padam")
    assert (status, json.loads(raw)["status"], headers["upload-complete"]) == (200, "ok", "?1")
    photo = Photo.objects.get()
    assert (str(photo.visit_id), photo.sha256, photo.alt) == (record, photos.develop(picture).sha256, "Lampu yang padam")
    assert not uploads.place_of(Upload.objects.get()).exists()


def test_a_photo_before_its_record_waits_and_is_sealed(world, sari, picture):
    record, key = new_key(), new_key()
    envelope, ct = sealed_to(sari.seal, sari.seal_id, key, picture)
    status, _headers, raw = sari.whole(key, record, ct, sealed=envelope)
    assert (status, json.loads(raw)["status"], Photo.objects.count()) == (200, "waiting", 0)
    assert picture[:1000] not in uploads.place_of(Upload.objects.get()).read_bytes()
    sari.put("visit", visit(world.pasar.path, NOON), key=record)
    sari.send()
    assert Photo.objects.get().sha256 == photos.develop(picture).sha256


def test_a_damaged_piece_and_a_piece_out_of_place_change_nothing(world, sari, picture):
    record, key = kept(world, sari), new_key()
    sari.upload(key, record, picture)
    status, headers, _raw = sari.piece(key, 0, picture[:1000], claimed=picture[:1001])
    assert (status, headers["upload-offset"]) == (460, "0")
    sari.piece(key, 0, picture[:1000])
    for at, piece in ((0, picture[:1000]), (2000, picture[2000:3000]), (1000, picture[1000:] + b"more")):
        status, headers, _raw = sari.piece(key, at, piece)
        assert (status, headers["upload-offset"]) == (409, "1000")
    assert json.loads(sari.upload(key, record, picture)[2])["offset"] == 1000
    assert sari.call("HEAD", f"uploads/{key}")[1]["upload-offset"] == "1000"
    sari.whole(key, record, picture)
    assert Photo.objects.count() == 1


def test_what_a_crash_left_behind_what_was_counted_is_overwritten(world, sari, picture):
    record, key = kept(world, sari), new_key()
    sari.upload(key, record, picture)
    sari.piece(key, 0, picture[:1000])
    with uploads.place_of(Upload.objects.get()).open("ab") as file:
        file.write(b"written, and then the light went out")
    assert sari.whole(key, record, picture)[0] == 200
    assert Photo.objects.get().sha256 == photos.develop(picture).sha256


def test_a_photo_that_was_whole_when_the_server_stopped_is_opened_when_the_phone_comes_again(world, sari, picture, monkeypatch):
    record, key = kept(world, sari), new_key()
    with monkeypatch.context() as stopped:
        stopped.setattr(uploads, "attach", lambda *_: None)
        sari.whole(key, record, picture)
    assert Upload.objects.get().state == Upload.State.WHOLE
    assert json.loads(sari.upload(key, record, picture)[2])["status"] == "ok"
    assert Photo.objects.count() == 1


def test_pieces_that_are_right_and_a_whole_that_is_not_begin_anew(world, sari, picture):
    record, key = kept(world, sari), new_key()
    wrong = hashlib.sha256(b"other").hexdigest()
    sari.upload(key, record, picture, sha256=wrong)
    status, headers, _raw = sari.piece(key, 0, picture[: 256 * 1024])
    assert (status, headers["upload-offset"]) == (460, "0")


def test_what_is_no_photo_is_said_and_the_record_stays(world, sari):
    record, key = kept(world, sari), new_key()
    status, headers, raw = sari.whole(key, record, b"<svg onload=alert(1)>" * 99)
    assert (status, headers["upload-status"], Photo.objects.count()) == (200, "invalid", 0)
    assert "JPEG" in json.loads(raw)["reason"]


@pytest.mark.parametrize(
    "more",
    [
        {"length": 0},
        {"length": "9"},
        {"sha256": "x"},
        {"type": "image/svg+xml"},
        {"id": "x"},
        {"item": 7},
        {"sealed": [1]},
        {"length": True},
    ],
)
def test_what_cant_be_begun_is_said_so(sari, more):
    assert sari.upload(new_key(), new_key(), b"x", **more)[0] == 400


def test_a_photo_larger_than_agreed_and_a_colleagues_photo(world, sari, admit, picture):
    assert sari.upload(new_key(), new_key(), b"x", length=3 * 1024 * 1024)[0] == 413
    key = new_key()
    sari.upload(key, new_key(), picture)
    rahmi = admit(world.rahmi)
    assert rahmi.call("HEAD", f"uploads/{key}")[0] == 404
    assert rahmi.upload(key, new_key(), picture)[0] == 409
    assert rahmi.piece(key, 0, picture[:9])[0] == 404


def test_the_pieces_of_a_photo_that_never_came_are_swept(world, sari, picture, django_capture_on_commit_callbacks):
    from datetime import timedelta

    from rukun.phone import jobs

    sari.upload(new_key(), new_key(), picture)
    sari.piece(str(Upload.objects.get().pk), 0, picture[:1000])
    path = uploads.place_of(Upload.objects.get())
    with clock.at(NOON + timedelta(days=61)), django_capture_on_commit_callbacks(execute=True):
        jobs.retain.call()
    assert not Upload.objects.exists()
    assert not path.exists()


def test_what_a_stop_left_of_a_photo_that_is_kept_is_swept_and_what_is_awaited_stays(world, sari, picture):
    from rukun.phone.jobs import attach_photos

    key, waits = new_key(), new_key()
    sari.whole(key, kept(world, sari), picture)
    sari.upload(waits, new_key(), picture)
    sari.piece(waits, 0, picture[:1000])
    left, awaited = (uploads.folder() / f"{name}.part" for name in (key, waits))
    left.write_bytes(picture)
    for file in (left, awaited):
        os.utime(file, (0, 0))
    attach_photos.call()
    assert (left.exists(), awaited.exists()) == (False, True)
