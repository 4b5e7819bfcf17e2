"""What is said of a problem goes through the guard, too: title, notes, actions and how it ended."""

import pytest

from rukun.problems import services
from rukun.problems.refusals import AboutPersons

NAMED = "Pak Rusdi, hp 0812-0000-4471, melihat motor BA 2231 MK"
CLEAN = "Pak [nama], hp [nomor telepon], melihat motor [pelat nomor]"


def test_a_note_is_kept_without_its_names_and_whoever_wrote_it_is_told(world, problem, client):
    client.force_login(world.budi.account)
    page = client.post(f"/masalah/{problem.pk}/catatan/", {"text": NAMED}, follow=True).content.decode()
    assert problem.story.order_by("pk").last().text == CLEAN
    assert "Nomor telepon tidak disimpan" in page
    swapped = client.post(f"/masalah/{problem.pk}/catatan/", {"text": NAMED}, headers={"HX-Request": "true"}).content.decode()
    assert "Nomor telepon tidak disimpan" in swapped


def test_every_text_of_a_problem_passes_the_gate(world, problem):
    budi = world.actor(world.budi)
    services.describe(budi, problem, title="Ribut di rumah Bu Yanti", analysis=NAMED)
    given = services.give_action(budi, problem, text="Temui Pak Anton", officer=world.rahmi, due=problem.due)
    services.finish_action(budi, given, result=NAMED)
    problem.refresh_from_db()
    given.refresh_from_db()
    assert (problem.title, problem.analysis) == ("Ribut di rumah Bu [nama]", CLEAN)
    assert (given.text, given.result) == ("Temui Pak [nama]", CLEAN)


def test_persons_as_a_subject_are_refused_and_other_words_are_offered(world, problem, client):
    before = problem.story.count()
    text = "Lampu simpang mati. Ketua serikat pekerja perlu dipantau."
    with pytest.raises(AboutPersons):
        services.note_progress(world.actor(world.budi), problem, text=text)
    client.force_login(world.budi.account)
    page = client.post(f"/masalah/{problem.pk}/catatan/", {"text": text}).content.decode()
    assert "Serikat pekerja dan anggotanya bukan bahan catatan" in page
    assert "<blockquote>Lampu simpang mati.</blockquote>" in page
    taken = client.post(f"/masalah/{problem.pk}/catatan/", {"text": text, "pakai": "text"}).content.decode()
    assert "Teks usulan sudah ada di kolom ini." in taken
    assert problem.story.count() == before
