"""Whom a text may not be about, and the same text without it."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from rukun.guard import cues
from rukun.guard.kinds import Finding
from rukun.guard.places import facts
from rukun.guard.tokens import Words, clauses, tokens


class Cut(NamedTuple):
    """Words to leave out: which kind of subject, from which word to which."""

    kind: str
    begin: int
    end: int


def subjects(words: Words) -> list[Finding]:
    """The clauses whose subject is a person's choice, a person, or whoever organises, reports, owns or believes."""
    return [Finding(cut.kind, words.start[cut.begin], words.end(cut.end - 1)) for cut in cuts(words)]


def cuts(words: Words) -> list[Cut]:
    low = words.low
    event = bool(cues.EVENT & set(low))
    land = bool(cues.LAND & set(low))
    found = []
    for begin, end in words.sentences:
        parts = clauses(words, begin, end)
        whole = set(low[begin:end])
        described: list[Cut] = []  # clauses that tell of a person, where the sentence turns out to watch one
        kind, left = "", 0  # what this sentence was about already, and how many clauses still go on with it
        for start, stop in parts:
            judgement = next(judged(low, start, stop, whole, event, land), None)
            if judgement:
                kind = kind if kind and judgement[0] == "profiling" else judgement[0]
                found.append(Cut(kind, judgement[1], stop))
                left = len(parts) if stop < end and low[stop] == ":" else 1
            elif left and (left > 1 or goes_on(low[start:stop], kind)):
                found.append(Cut(kind, start, stop))
            elif cues.DESCRIBED & set(low[start:stop]):
                described.append(Cut("profiling", start, stop))
            else:
                left = 0
        if kind and kind != "preference":
            found += [Cut(kind, cut.begin, cut.end) for cut in described]
    return sorted(found, key=lambda cut: cut.begin)


def judged(low: list[str], start: int, stop: int, sentence: set[str], event: bool, land: bool) -> Iterator[tuple[str, int]]:
    """The kinds of a clause, and from which word on it is about them."""
    here = set(low[start:stop])
    if cues.prefers(low[start:stop], sentence):
        yield "preference", start
    if event and (first := first_of(low, start, stop, cues.LEADS)):
        yield "protest", opening(low, start, first - 1, cues.EVENT)
    if land and (first := first_of(low, start, stop, cues.HOLDS)):
        yield "land_party", opening(low, start, first - 1, cues.LAND)
    for kind, group, watched, excused in cues.GROUPS:
        if here & group and sentence & watched and not sentence & excused:
            yield kind, start
    if cues.profiles(low[start:stop], sentence):
        yield "profiling", start


def goes_on(clause: list[str], kind: str) -> bool:
    """“10 ke nomor 2”, “sisanya golput”, “data dong anggotanya”: it only continues what was cut."""
    if kind in LOOKED_AT and cues.MEMBERS & set(clause):
        return True
    if kind == "preference" and clause[0] in {"yg", "yang", "nan"} and clause[1:2] and clause[1] in cues.NUMBERED:
        return True
    return clause[0] in cues.CONTINUES or (clause[0][0].isdigit() and not cues.CONTINUES.isdisjoint(clause[1:2]))


LOOKED_AT = frozenset({"ngo", "press", "union", "religion_group", "protest", "land_party"})


def first_of(low: list[str], start: int, stop: int, wanted: frozenset[str]) -> int:
    """The place after the first such word; 0 where there is none."""
    return next((place + 1 for place in range(start, stop) if low[place] in wanted), 0)


def opening(low: list[str], start: int, first: int, event: frozenset[str]) -> int:
    """Where the words about persons begin: after the event, if the clause names it first."""
    if not event & set(low[start:first]):
        return start
    while first - 1 > start and low[first - 1] in cues.JOINTS:
        first -= 1
    return first


def without(text: str, refused: list[Finding]) -> str:
    """The text without these words; where and when something was stays."""
    words = tokens(text)
    starts = words.start
    parts, at = [], 0
    for one in refused:
        begin, end = bisect_left(starts, one.start), bisect_left(starts, one.end)
        kept = " ".join(text[words.start[a] : words.end(b)] for a, b in stretches(sorted(facts(words, begin, end)), words))
        parts += [text[at : one.start], SEAM, kept]
        at = one.end
    return tidy("".join([*parts, text[at:]]))


def stretches(kept: list[int], words: Words) -> Iterator[tuple[int, int]]:
    """Neighbouring words together, as they were written; a time alone is no fact."""
    begin = None
    for number, place in enumerate(kept):
        begin = place if begin is None else begin
        if number + 1 == len(kept) or kept[number + 1] != place + 1:
            if place > begin or words.text[place][0].isdigit():
                yield begin, place
            begin = None


SEAM = "\x00"  # where something was cut
DANGLING = re.compile(
    rf"\b(?:dan|serta|yang|yg|nan|bahwa|oleh|sedangkan|sementara|dengan|dgn|mohon|mhn|tolong) {{0,2}}{SEAM}", re.IGNORECASE
)
SIGNS = re.compile(r"(?<! ) ?[,.;:](?: ?[,.;:])*")


def tidy(text: str) -> str:
    """What was cut leaves no doubled signs, no joint that joins nothing, no gap."""
    lines = []
    for line in text.split("\n"):
        if SEAM in line:
            line = " ".join(DANGLING.sub("", " ".join(line.split())).replace(SEAM, "").split())
            line = SIGNS.sub(lambda found: strongest(found[0]), line).strip(" ,;:–-").lstrip(".")
        lines.append(line.strip())
    joined = "\n".join(line for line in lines if line)
    return joined[:1].upper() + joined[1:] if text[:1].isupper() else joined


def strongest(signs: str) -> str:
    """Of signs that now stand together, the one that parts most; one by itself stays as it was."""
    return signs if len(signs) == 1 else next(sign for sign in ".;:," if sign in signs)
