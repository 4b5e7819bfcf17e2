"""What the name of a column or of a field asks for, where that is nothing which rukun ever holds (security: schema ban list)."""

import re

NEVER: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ethnicity", re.compile(r"\b(suku|etnis|etnik|ras|warga\s*negara|kewarganegaraan|ethnic\w*|tribe|race|nationality|marga)\b", re.I)),
    ("religion", re.compile(r"\b(agama|kepercayaan|keyakinan|religion|faith)\b", re.I)),
    ("politics", re.compile(r"\b(partai|party|paslon|calon|caleg|capres|candidate|vot(?:e|er|ers|es|ing)|pilihan\s+(?:politik|pemilu)|dukungan\s+politik)\b", re.I)),
    ("identity", re.compile(r"\b(nik|ktp|no\.?\s*kk|kartu\s+keluarga|paspor|passport|sidik\s+jari|tanda\s*tangan|signature|foto\s+(?:warga|wajah))\b"
                            r"|\b(?:tempat|tanggal|tgl|tempat[,/ ]+tanggal)\s*lahir\b|\b(?:telepon|telp|hp|no\.?\s*wa|phone)\b", re.I)),
)  # fmt: skip
NAME = re.compile(r"\b(nama|name|names|identitas|identity|kepala\s+keluarga|penerima)\b", re.I)
# names that are nobody's but the service's and of places and things
OF_THE_SERVICE = re.compile(
    r"\b(petugas|anggota\s+polri|bhabin\w*|pelaksana|personel|personil|officer|satuan|polsek|polres|unit|pos|giat|kegiatan|acara|forum"
    r"|desa|kelurahan|nagari|jorong|kecamatan|kabupaten|provinsi|wilayah|tempat|lokasi|jalan|place|village|district|regency|province|area)\b",
    re.I,
)


def asks_for(label: str) -> str:
    """“ethnicity”, “religion”, “politics”, “identity”, “names”; empty where it asks for nothing of the kind."""
    words = label.replace("_", " ")
    for what, pattern in NEVER:
        if pattern.search(words):
            return what
    return "names" if NAME.search(words) and not OF_THE_SERVICE.search(words) else ""
