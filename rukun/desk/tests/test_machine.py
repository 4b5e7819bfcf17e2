"""The machine's page: whether a worker lives, what died, and trying it again."""

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from rukun.audit.models import Entry
from rukun.lib import clock, jobs
from rukun.problems.jobs import remind


@pytest.fixture
def dead_job(world):
    remind.enqueue()
    job = DBTaskResult.objects.get(task_path="rukun.problems.jobs.remind")
    DBTaskResult.objects.filter(pk=job.pk).update(
        status=TaskResultStatus.FAILED, finished_at=clock.now(), worker_ids=["a", "b", "c", "d", "e"]
    )
    return job


def test_an_administrator_is_warned_when_no_worker_lives(world, page):
    assert "Tidak ada pekerja yang hidup" in page(world.tomi)
    jobs.beat("worker", clock.now())
    assert "Semua baik" in page(world.tomi) and "hidup" in page(world.tomi, "/mesin/")


def test_a_dead_job_is_tried_again_and_the_book_says_by_whom(world, dead_job, page, signed_in):
    jobs.beat("worker", clock.now())
    assert "Satu pekerjaan gagal lima kali" in page(world.tomi)
    assert "rukun.problems.jobs.remind" in page(world.tomi, "/mesin/")
    client = signed_in(world.tomi)
    assert client.post(f"/mesin/{dead_job.pk}/").url == "/mesin/"
    dead_job.refresh_from_db()
    assert (dead_job.status, dead_job.worker_ids) == (TaskResultStatus.READY, [])
    assert Entry.objects.get(act="job.revive").actor == f"officer:{world.tomi.pk}"
    assert client.post(f"/mesin/{dead_job.pk}/").status_code == 404


@pytest.mark.parametrize("key", ["sari", "nofri", "ratna", "yusuf", "mira", "putri"])
def test_the_machine_is_the_administrators_alone(world, dead_job, signed_in, key):
    client = signed_in(getattr(world, key))
    assert client.get("/mesin/").status_code == 403
    assert client.post(f"/mesin/{dead_job.pk}/").status_code == 403
