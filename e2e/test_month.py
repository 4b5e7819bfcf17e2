"""A month without a signal: three hundred records with their photos, on one phone, all of them once."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.pocket import opened_anew, picture, rows, set_up
from rukun.fieldwork.models import Photo, Report

RECORDS = 300
FILL = """async ([bytes, most]) => {
  const photo = Uint8Array.from(atob(bytes), letter => letter.charCodeAt(0));
  const area = rukun.areas.find(each => each.level === 5).path;
  for (let number = 0; number < most; number++) {
    const record = rukun.recording.begin("report", {area, place: "", day: "2026-11-20", clock: "08:00", title: `Lampu padam ke-${number}`,
      facts: `Gelap di tikungan nomor ${number}.`, basis: "saw", code: "", opinion: "", latitude: "", longitude: ""}, false);
    record.photos.push({id: crypto.randomUUID(), small: "data:,", bytes: photo});
    await rukun.recording.queue(record);
  }
}"""


@pytest.mark.long
def test_three_hundred_records_and_photos_wait_and_arrive_once(
    world: SimpleNamespace, phone: Page, signed_in: Callable[[Page, Any], Page], tmp_path: Path
) -> None:
    import base64
    import io

    from PIL import Image

    small = io.BytesIO()
    Image.open(picture(tmp_path)).resize((960, 720)).save(small, "JPEG", quality=40)
    sari = set_up(signed_in(phone, world.sari))
    sari.context.set_default_timeout(600_000)
    sari.context.set_offline(True)
    sari.evaluate(FILL, [base64.b64encode(small.getvalue()).decode(), RECORDS])
    opened_anew(sari)
    assert (len(rows(sari)), len(rows(sari, "parts"))) == (RECORDS, RECORDS)
    sari.context.set_offline(False)
    expect(sari.get_by_role("link", name="Semua sudah terkirim").first).to_be_visible(timeout=900_000)
    assert Report.objects.count() == Report.objects.values("title").distinct().count() == RECORDS
    assert Photo.objects.count() == RECORDS
    assert rows(sari) == rows(sari, "parts") == []
