"""Identities that are written in digits and signs: NIK and KK, telephones, accounts, plates, e-mail, handles."""

import re

from rukun.guard.kinds import Finding
from rukun.guard.lexicon import said

# digits with at most two signs between them; what the signs part are its groups
RUN = re.compile(r"\+?\(?\d(?:[ .\-/()]{0,2}\d)*+")
LEAST = 8  # fewer digits are no identity
GROUP = re.compile(r"\d+")
EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]{1,64}+@[\w\-]{1,63}+(?:\.[\w\-]{1,63}+)++")
HANDLE = re.compile(r"(?<![\w.@])@[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])?")
# looked ahead, so that “R2 BA 1543 QS” is tried again from BA
PLATE = re.compile(r"(?<!\w)(?=([A-Za-z]{1,2})[ \-.]?(\d{1,4})[ \-.]?([A-Za-z]{1,3})(?!\w))")
REGIONS = said(
    "A B D E F G H K L M N P R S T W Z AA AB AD AE AG BA BB BD BE BG BH BK BL BM BN BP DA DB DC DD DE DG DH DK DL DM DN DP DR DS DT "
    "DW EA EB ED KB KH KT KU PA PB PG PS PT"
)
UNITS = said("rt rw kk km cm m kg g jt rb org th thn hp wib wit jam dan dus bh ls di ke ton hr bln mnt ml l ekor sd s d x unit")
VEHICLE = re.compile(r"(?:plat|pelat|nopol|polisi|merah|hitam|item|putih|mobil|motor|r2|r4|bg)\W{0,3}$", re.IGNORECASE)
ACCOUNT = re.compile(r"(?:\brek\b|rekening|norek|\bbri\b|\bbni\b|\bbca\b|\bbsi\b|mandiri|\bva\b)\D{0,12}$", re.IGNORECASE)
BANK = re.compile(r"\W{0,3}(?:bri|bni|bca|bsi|btn|mandiri|nagari|dana|ovo|gopay)\b", re.IGNORECASE)  # behind a number
IDENTITY = re.compile(r"(?:\bnik\b|\bkk\b|\bktp\b|kependudukan)\D{0,12}$", re.IGNORECASE)
BEFORE = 24  # letters in which the word that announces a number is sought


def numbers(text: str) -> list[Finding]:
    """Everything of this kind, in the order of the text, none inside another."""
    found: list[Finding] = []
    if "@" in text:
        found += [Finding("email", *mail.span()) for mail in EMAIL.finditer(text)]
        found += [Finding("handle", *handle.span()) for handle in HANDLE.finditer(text)]
    found += plates(text)
    for run in RUN.finditer(text):
        found += digits(text, run)
    return apart(found)


def apart(found: list[Finding]) -> list[Finding]:
    if len(found) < 2:
        return found
    kept: list[Finding] = []
    for one in sorted(found, key=lambda finding: (finding[1], -finding[2])):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def plates(text: str) -> list[Finding]:
    return [Finding("plate", plate.start(1), plate.end(3)) for plate in PLATE.finditer(text) if is_plate(text, plate)]


def is_plate(text: str, plate: re.Match[str]) -> bool:
    region, number, series = plate.groups()
    if region.upper() not in REGIONS:
        return False
    if series.casefold() in UNITS and not (region.isupper() and series.isupper() and len(region) == 2 and len(number) == 4):
        return False  # “BA 6653 SD” is a plate, “B 12 km” is none
    if region.isupper() and series.isupper():
        alone = len(region) == 2 or len(number) >= 3
    else:
        alone = len(region) == 2 and len(number) >= 3 and len(series) >= 2
    return alone or VEHICLE.search(text[max(0, plate.start() - BEFORE) : plate.start()]) is not None


def digits(text: str, run: re.Match[str]) -> list[Finding]:
    """What the groups of one run are, the longest reading first."""
    if run.end() - run.start() < LEAST:
        return []
    groups = [group.span() for group in GROUP.finditer(text, run.start(), run.end())]
    found, place = [], 0
    while place < len(groups):
        begin, stop = groups[place]
        if stop - begin == 1 and text[begin] not in "06":
            place += 1  # no number begins like this
            continue
        kind, taken = identity(text, groups, place) or telephone(text, groups, place) or account(text, groups, place) or ("", 1)
        if kind:
            start = groups[place][0]
            while start > run.start() and text[start - 1] in "+(":
                start -= 1
            end = groups[place + taken - 1][1]
            found.append(Finding(kind, start, end))
        place += taken
    return found


Groups = list[tuple[int, int]]


def joined(text: str, groups: Groups, place: int, exactly: int) -> int:
    """How many groups from here make a number of so many digits, parted by the same sign; 0 where none do."""
    total, signs = 0, set()
    for taken, (start, end) in enumerate(groups[place : place + 16], start=1):
        if taken > 1:
            signs.add(text[groups[place + taken - 2][1] : start])
        total += end - start
        if total >= exactly:
            return taken if total == exactly and len(signs) <= 1 else 0
    return 0


def identity(text: str, groups: Groups, place: int) -> tuple[str, int] | None:
    """Sixteen digits, valid or not, in one piece or parted; more in one piece; fewer where a word announces them."""
    start, end = groups[place]
    if end - start >= 16:
        return "nik", 1
    if end - start in (2, 4, 6) and (taken := joined(text, groups, place, 16)):
        return "nik", taken
    if end - start >= 8 and IDENTITY.search(text[max(0, start - BEFORE) : start]):
        return "nik", 1
    return None


def telephone(text: str, groups: Groups, place: int) -> tuple[str, int] | None:
    start, end = groups[place]
    first = text[start:end]
    if first == "0" or first == "6":
        return spelled(text, groups, place)
    if first.startswith("62") and (len(first) > 2 or (place + 1 < len(groups) and text[groups[place + 1][0]] == "8")):
        return counted(groups, place, 11, 15)
    if first.startswith("08") and len(first) >= 3 and first[2] != "0":
        return counted(groups, place, 10, 13)
    if first.startswith("0") and 3 <= len(first) <= 4 and first[1] != "0":
        return landline(text, groups, place)
    return None


def counted(groups: Groups, place: int, least: int, most: int) -> tuple[str, int] | None:
    """The most groups that together have not too many digits."""
    total, best = 0, 0
    for taken, (start, end) in enumerate(groups[place : place + 6], start=1):
        total += end - start
        if total > most:
            break
        if total >= least:
            best = taken
            if taken == 1:
                break
    return ("phone", best) if best else None


def spelled(text: str, groups: Groups, place: int) -> tuple[str, int] | None:
    """0 8 1 2 …: a number written digit by digit."""
    following = text[groups[place + 1][0]] if place + 1 < len(groups) else ""
    if following != ("8" if text[groups[place][0]] == "0" else "2"):
        return None
    taken = 0
    while place + taken < len(groups) and taken < 15 and groups[place + taken][1] - groups[place + taken][0] == 1:
        taken += 1
    said = "".join(text[start] for start, _end in groups[place : place + taken])
    return ("phone", taken) if taken >= 10 and said.startswith(("08", "628")) else None


def landline(text: str, groups: Groups, place: int) -> tuple[str, int] | None:
    """0752 990011, (0752) 990 011: an area code, then six to eight digits in one or two groups."""
    if place + 1 >= len(groups):
        return None
    one = groups[place + 1][1] - groups[place + 1][0]
    if 6 <= one <= 8 or (one == 5 and text[groups[place][1]] == ")"):
        return "phone", 2
    two = groups[place + 2][1] - groups[place + 2][0] if place + 2 < len(groups) else 0
    bracketed = text[groups[place][1]] == ")"
    return ("phone", 3) if bracketed and 3 <= one <= 4 and 3 <= two <= 4 else None


def account(text: str, groups: Groups, place: int) -> tuple[str, int] | None:
    """Eight digits and more after a word that says so."""
    start, first = groups[place]
    if first - start < 3 or not (ACCOUNT.search(text[max(0, start - BEFORE) : start]) or BANK.match(text, first)):
        return None
    total = 0
    for taken, (begin, end) in enumerate(groups[place : place + 6], start=1):
        if taken > 1 and text[groups[place + taken - 2][1] : begin] not in "-. ":
            break
        total += end - begin
        best = taken
    return ("account", best) if total >= 8 else None
