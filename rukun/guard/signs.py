"""What a text says of itself: danger now, money for votes, or nothing at all."""

from itertools import pairwise

from rukun.guard.lexicon import NOTHING, PREPOSITIONS, STOCK, TIMES
from rukun.guard.places import facts, named_places
from rukun.guard.tokens import Words, is_word, tokens

DANGER = {
    "terbakar", "kebakaran", "api", "dibakar", "parang", "celurit", "clurit", "ladiang", "golok", "sajam", "tajam", "tawuran", "perkelahian",
    "bacakak", "berkelahi", "dipukuli", "dipukulin", "dipukul", "dihajar", "ngamuk", "mengamuk", "mengepung", "dikepung", "dikeroyok", "hanyut",
    "tenggelam", "galodo", "banjir", "longsor", "nimbun", "tertimbun", "terjepit", "pendarahan", "racun", "lompat", "melompat",
    "bom", "bocor", "bunuh", "ditodong", "disandera", "kesurupan", "tersengat", "sekarat", "hanyuik", "hanyuk", "kejepit", "tertimpa", "nimpa", "loncat", "meloncat", "digebukin", "digebuk", "tabaka", "batumbuak", "ledakan", "meledak", "jurang", "sumur", "terperosok", "jatuh", "luka", "kecelakaan", "laka", "serangan", "pingsan",
}  # fmt: skip
NOW = {
    "sekarang", "skrg", "cepet", "plis", "kini",  "skrng", "skg", "barusan", "tolong", "tolongg", "segera", "cepetan", "cepat", "capek", "merapat", "berlangsung",
    "gimana", "butuh", "ambulan", "ambulans", "membesar", "berteriak", "jerit", "jerit2", "teriak", "nangis", "menangis", "msh", "masih", "pecah", "mau",
}  # fmt: skip
BLOWS = {"digebukin", "digebuk", "dipukul", "dipukuli", "dipukulin", "dihajar", "ditendang", "dianiaya", "dibacok", "disiksa"}
CRIES = {"jerit", "jerit2", "teriak", "teriak2", "berteriak", "nangis", "menangis", "manangih"}
RISING = (("aia", "gadang"), ("aia", "bah"))
NOT_YET = {"belum", "blm", "alun", "belom"}
IF = {"kalau", "kalo", "klo", "jika", "bila", "apabila", "jiko"}
RETURNED = {
    "pulang",
    "kembali",
    "ditemukan",
    "ketemu",
    "datang",
    "diangkat",
    "dikeluarkan",
    "diselamatkan",
    "dievakuasi",
    "pindah",
    "nolong",
    "ditolong",
    "tertolong",
    "padam",
}
LOST = {
    "anak",
    "bocah",
    "balita",
    "lansia",
    "pikun",
    "demensia",
    "nenek",
    "kakek",
    "mak",
    "orang",
    "korban",
    "org",
    "remaja",
    "gangguan",
    "ingatan",
}
OVER = {
    "padam", "surut", "damai", "badamai", "didamaikan", "ditemukan", "ketemu", "dibubarkan", "dirawat", "ditangani", "dilerai", "diamankan",
    "selesai", "dirujuk", "turun", "selamat", "dievakuasi",
}  # fmt: skip
BEFORE = {
    "kemarin", "kmrn", "semalam", "lalu", "pernah", "simulasi", "sosialisasi", "latihan", "pencegahan", "mencegah", "penyuluhan", "rencana",
    "janjian", "bahaya", "rawan", "materi", "bekas", "sering", "setiap", "tiap", "rambu", "edukasi", "kapatang",
}  # fmt: skip

LONG_AGO = {"lalu", "pernah", "kemarin", "kmrn", "semalam"}
GOODS = {"uang", "duit", "pitih", "amplop", "sembako", "bareh", "beras", "voucher", "kupon", "jilbab", "transport", "tunai", "pulsa", "minyak", "kain"}  # fmt: skip
GIVEN_OUT = {
    "bagi", "bagi2", "dibagi", "dibagikan", "membagikan", "pembagian", "bagi-bagi", "dibagi-bagi", "kasih", "ngasih", "dikasi", "dikasih", "memberi",
    "diberi", "maagiah", "diagiah", "mambagian", "mambagi", "asal", "menerima", "nawarin", "menawarkan", "ditaruh", "berisi", "isi", "syaratnya", "nyebar", "disebar",
}  # fmt: skip
VOTES = {
    "coblos", "nyoblos", "mencoblos", "mancoblos", "milih", "memilih", "mamiliah", "pemilih", "pemilihan", "pilkada", "pemilu", "suara", "suaro", "calon", "calonnya",
    "caleg", "paslon", "kampanye", "tps", "pemungutan", "tenang", "timses", "kandidat",
}  # fmt: skip
OUTRIGHT = (("serangan", "fajar"), ("politik", "uang"), ("money", "politik"), ("money", "politics"), ("beli", "suara"), ("jual", "suara"))
ENVELOPE = {"amplop"}
SECONDS = {second for _first, second in OUTRIGHT}
# without one of these a sentence tells of no danger, whatever else it says
WORTH_READING = DANGER | BLOWS | {first for first, _second in RISING} | NOT_YET | {"minta"}


def signs(words: Words, kind: str) -> list[str]:
    found = ["emergency"] if tells_of_danger(words) else []
    if is_money_for_votes(words):
        found.append("election_money")
    if kind == "report" and says_nothing(words):
        found.append("empty")
    return found


def sounds_dangerous(text: str) -> bool:
    """Whether a text tells of danger that goes on now; nothing else is read."""
    return tells_of_danger(tokens(text))


def tells_of_danger(words: Words) -> bool:
    return any(is_danger_now(words.low[begin:end]) for begin, end in words.sentences)


def is_danger_now(said: list[str]) -> bool:
    there = set(said)
    if not there & WORTH_READING:
        return False
    # “alun bacakak”: not yet; “kalau banjir”: perhaps one day
    there -= {after for before, after in pairwise(said) if before in NOT_YET or before in IF}
    if there & BLOWS and there & CRIES:
        return True
    if any(pair in RISING for pair in pairwise(said)) and not there & (OVER | BEFORE):
        return True
    if unreturned(said) and there & LOST and not there & {"dpt", "bansos", "bantuan"}:
        return True
    if not there & DANGER:
        return pleads(there)
    if there & LONG_AGO or (there & BEFORE and not there & {"sekarang", "skrg", "barusan"}):
        return False
    if there & OVER and not unreturned(said) and "bom" not in there:
        return False
    return bool(there & NOW) or unreturned(said)


def unreturned(said: list[str]) -> bool:
    """“belum pulang”, “blm juga ketemu”."""
    return any(word in NOT_YET and RETURNED & set(said[place + 1 : place + 4]) for place, word in enumerate(said))


def pleads(there: set[str]) -> bool:
    """Somebody cries for help."""
    return bool({"minta", "tolong"} <= there and there & {"berteriak", "teriak", "jerit", "jerit2", "terdengar"})


def is_money_for_votes(words: Words) -> bool:
    said = words.low
    there = set(said)
    if there & SECONDS and any(pair in OUTRIGHT for pair in pairwise(said)):
        return True
    handed = bool(there & GIVEN_OUT) or "per" in there
    if handed and there & ENVELOPE:
        return True
    for begin, end in words.sentences:
        here = set(said[begin:end])
        if here & VOTES and (here & GIVEN_OUT or "per" in here or "dibagikan" in here) and (here & GOODS or any(map(is_sum, here))):
            return not here & {"diancam", "logistik"}
    return False


def is_sum(word: str) -> bool:
    """“150rb”, “50 ribu”: money without its word."""
    return word in {"ribu", "rb", "rebu", "jt", "juta"} or (word[0].isdigit() and word.endswith(("rb", "ribu", "jt", "juta", "k")))


def says_nothing(words: Words) -> bool:
    """Only words of form, places and times, and that all is quiet."""
    said = set(words.low)
    if not (said & NOTHING or said & {"tidak", "ga", "gak", "indak", "ndak"}):
        return False
    if len(words) > 120:
        return False
    idle = facts(words, 0, len(words)) | named_places(words)
    left = [
        low
        for number, low in enumerate(words.low)
        if number not in idle and is_word(low) and low not in STOCK and low not in TIMES and low not in PREPOSITIONS
    ]
    return not left
