"""Nusa Contoh, a province that does not exist: fictional on purpose, so that no invented trouble is pinned on a real village."""

# code, name, kind, latitude, longitude, population, area in km²; codes as the ministry would give them, under the unused 99
AREAS: tuple[tuple[str, str, str, float, float, int, float], ...] = (
    ("99", "Nusa Contoh", "province", -0.52, 96.60, 118_400, 912.0),
    ("99.01", "Rimbo Data", "regency", -0.50, 96.55, 76_900, 861.0),
    ("99.71", "Kota Sungai Contoh", "city", -0.58, 96.78, 41_500, 51.0),
    ("99.01.01", "Koto Rimbo", "district", -0.47, 96.52, 31_800, 246.0),
    ("99.01.02", "Lembah Alun", "district", -0.40, 96.62, 24_100, 338.0),
    ("99.01.03", "Ranah Tibarau", "district", -0.55, 96.44, 21_000, 277.0),
    ("99.71.01", "Pasar Contoh", "district", -0.58, 96.78, 41_500, 51.0),
    ("99.01.01.2001", "Aia Baliang", "nagari", -0.471, 96.521, 6_420, 31.5),
    ("99.01.01.2002", "Koto Rimbo", "nagari", -0.452, 96.507, 7_310, 28.2),
    ("99.01.01.2003", "Guguak Sapan", "nagari", -0.489, 96.548, 4_150, 44.0),
    ("99.01.01.2004", "Balai Tangah Baru", "nagari", -0.498, 96.512, 5_260, 39.7),
    ("99.01.01.2005", "Lubuak Anau", "nagari", -0.507, 96.527, 3_980, 51.3),
    ("99.01.01.2006", "Simpang Data", "nagari", -0.441, 96.536, 4_680, 51.3),
    ("99.01.02.2001", "Sungai Alun", "nagari", -0.402, 96.612, 5_240, 72.0),
    ("99.01.02.2002", "Muaro Data", "nagari", -0.381, 96.634, 6_020, 88.5),
    ("99.01.02.2003", "Batu Basurek Contoh", "nagari", -0.418, 96.655, 4_890, 96.0),
    ("99.01.02.2004", "Padang Ilalang", "nagari", -0.365, 96.598, 7_950, 81.5),
    ("99.01.03.2001", "Tibarau Mudiak", "nagari", -0.541, 96.431, 8_300, 120.0),
    ("99.01.03.2002", "Tibarau Ilia", "nagari", -0.566, 96.452, 12_700, 157.0),
    ("99.71.01.1001", "Pasa Lamo", "kelurahan", -0.578, 96.776, 16_200, 14.0),
    ("99.71.01.1002", "Kampuang Jua", "kelurahan", -0.592, 96.791, 13_900, 19.0),
    ("99.71.01.1003", "Tapi Aia", "kelurahan", -0.571, 96.801, 11_400, 18.0),
)

SUBUNITS: dict[str, tuple[str, tuple[str, ...]]] = {
    "99.01.01.2001": ("jorong", ("Aia Baliang Ateh", "Aia Baliang Bawah", "Pasar")),
    "99.01.01.2002": ("jorong", ("Koto Tinggi", "Koto Randah", "Jalan Lingkar")),
    "99.01.01.2003": ("jorong", ("Guguak", "Sapan")),
    "99.01.01.2004": ("jorong", ("Balai Tangah", "Gapura Lamo")),
    "99.01.01.2005": ("jorong", ("Lubuak", "Anau")),
    "99.01.01.2006": ("jorong", ("Simpang", "Data Hilir")),
    "99.01.02.2001": ("jorong", ("Alun Mudiak", "Alun Ilia")),
    "99.01.02.2002": ("jorong", ("Muaro", "Data Hulu")),
    "99.71.01.1001": ("rw", ("RW 01", "RW 02", "RW 03")),
    "99.71.01.1002": ("rw", ("RW 01", "RW 02")),
}

# code, name, kind, code of the parent, codes of the areas covered, duty telephone (numbers that nobody has)
UNITS: tuple[tuple[str, str, str, str, tuple[str, ...], str], ...] = (
    ("MABES", "Mabes Polri", "mabes", "", (), ""),
    ("POLDA-NC", "Polda Nusa Contoh", "polda", "MABES", ("99",), "0000-110"),
    ("RES-RD", "Polres Rimbo Data", "polres", "POLDA-NC", ("99.01",), "0000-111"),
    ("RES-SC", "Polresta Sungai Contoh", "polres", "POLDA-NC", ("99.71",), "0000-112"),
    ("SEK-KR", "Polsek Koto Rimbo", "polsek", "RES-RD", ("99.01.01",), "0000-113"),
    ("SEK-LA", "Polsek Lembah Alun", "polsek", "RES-RD", ("99.01.02", "99.01.03.2001"), "0000-114"),
    ("SEK-PC", "Polsek Pasar Contoh", "polsek", "RES-SC", ("99.71.01",), "0000-115"),
)

# key, NRP, name, rank, function, home unit, role, unit of the role, areas ("" all that the unit covers), what they are in a sentence
PEOPLE: tuple[tuple[str, str, str, str, str, str, str, str, tuple[str, ...], str], ...] = (
    ("sari", "02051101", "Sari Melati", "Briptu", "Satlantas", "SEK-KR", "rw_officer", "SEK-KR", ("99.01.01.2001",), "Polisi RW di Aia Baliang, tempat ia tinggal"),
    ("rahmi", "92031102", "Rahmi Anjani", "Bripka", "Binmas", "SEK-KR", "village_officer", "SEK-KR", ("99.01.01.2001", "99.01.01.2003"), "Bhabinkamtibmas Aia Baliang dan Guguak Sapan"),
    ("fadli", "95071103", "Fadli Amran", "Brigadir", "Binmas", "SEK-KR", "village_officer", "SEK-KR", ("99.01.01.2002", "99.01.01.2006"), "Bhabinkamtibmas Koto Rimbo dan Simpang Data"),
    ("dasril", "85091104", "Dasril Umar", "Aipda", "Binmas", "SEK-KR", "village_officer", "SEK-KR", ("99.01.01.2004", "99.01.01.2005"), "Bhabinkamtibmas Balai Tangah Baru dan Lubuak Anau"),
    ("nofri", "84021105", "Nofri Hasan", "Iptu", "Binmas", "SEK-KR", "sector_unit_head", "SEK-KR", (), "Kanit Binmas Koto Rimbo: membaca dan menjawab setiap laporan"),
    ("budi", "79061106", "Budi Santoso", "AKP", "", "SEK-KR", "sector_chief", "SEK-KR", (), "Kapolsek Koto Rimbo"),
    ("dewi", "82111107", "Dewi Lestari", "AKP", "Binmas", "RES-RD", "resort_unit_head", "RES-RD", (), "Kasat Binmas Polres Rimbo Data: empat puluh masalah, satu papan"),
    ("hendra", "76041108", "Hendra Wijaya", "AKBP", "", "RES-RD", "resort_chief", "RES-RD", (), "Kapolres Rimbo Data"),
    ("ratna", "74081109", "Ratna Puspita", "Kombes", "Binmas", "POLDA-NC", "regional_director", "POLDA-NC", (), "Dirbinmas Polda Nusa Contoh"),
    ("joko", "98021110", "Joko Prasetyo", "Briptu", "Samapta", "SEK-LA", "rw_officer", "SEK-LA", ("99.01.02.2001",), "Polisi RW di Sungai Alun: tidak melihat apa pun dari Aia Baliang"),
    ("wendra", "90101111", "Wendra Putra", "Bripka", "Binmas", "SEK-LA", "village_officer", "SEK-LA", ("99.01.02.2001", "99.01.02.2002"), "Bhabinkamtibmas Sungai Alun dan Muaro Data"),
    ("yeni", "83051112", "Yeni Oktavia", "Ipda", "Binmas", "SEK-LA", "sector_unit_head", "SEK-LA", (), "Kanit Binmas Lembah Alun"),
    ("arif", "93121113", "Arif Budiman", "Brigadir", "Binmas", "SEK-PC", "village_officer", "SEK-PC", ("99.71.01.1001", "99.71.01.1002"), "Bhabinkamtibmas Pasa Lamo dan Kampuang Jua"),
    ("mega", "86011114", "Mega Puspa", "Ipda", "Binmas", "SEK-PC", "sector_unit_head", "SEK-PC", (), "Kanit Binmas Pasar Contoh"),
    ("lina", "97091115", "Lina Marlina", "Bripda", "Binmas", "SEK-KR", "operator", "SEK-KR", (), "operator: mencatat untuk petugas yang tidak berponsel"),
    ("putri", "91041116", "Putri Handayani", "Ipda", "Binmas", "RES-RD", "analyst", "RES-RD", (), "analis Polres Rimbo Data"),
    ("yusuf", "80071117", "Yusuf Karim", "Kompol", "Itwasda", "POLDA-NC", "auditor", "POLDA-NC", (), "auditor: membaca buku, bukan laporan"),
    ("mira", "88081118", "Mira Susanti", "Iptu", "Itwasda", "POLDA-NC", "dpo", "POLDA-NC", (), "pejabat pelindungan data"),
    ("tomi", "94031119", "Tomi Saputra", "Brigadir", "TIK", "POLDA-NC", "administrator", "MABES", (), "administrator teknis: mengurus akun dan wilayah, tidak melihat laporan"),
)  # fmt: skip
