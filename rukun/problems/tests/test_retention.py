"""A problem solved two years ago keeps what it was, where, and how it ended; its words go."""

from datetime import timedelta

from rukun.audit.door import maintenance
from rukun.lib import clock
from rukun.problems import jobs
from rukun.problems.models import Action, Entry, Problem


def test_the_words_of_a_problem_go_two_years_after_it_was_solved(world, problem):
    with maintenance("test.solved"):
        Problem.objects.filter(pk=problem.pk).update(
            step="solved", solved_at=clock.now(), outcome="cause_removed", analysis="kenari", outcome_text="kenari"
        )
    with clock.at(clock.now() + timedelta(days=700)):
        jobs.retain.func()
    assert Problem.objects.get(pk=problem.pk).analysis == "kenari"
    with clock.at(clock.now() + timedelta(days=740)):
        jobs.retain.func()
        jobs.retain.func()
    found = Problem.objects.get(pk=problem.pk)
    assert (found.title, found.analysis, found.outcome_text) == (found.number, "", "")
    assert (found.code_id, found.outcome, list(found.areas.all())) == (problem.code_id, "cause_removed", list(problem.areas.all()))
    assert not Entry.objects.exclude(text="").exists() and not Action.objects.exclude(result="").exists()


def test_an_unsolved_problem_keeps_its_words(world, problem):
    with clock.at(clock.now() + timedelta(days=3000)):
        jobs.retain.func()
    assert Problem.objects.get(pk=problem.pk).title == problem.title
