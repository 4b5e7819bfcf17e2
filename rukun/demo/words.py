"""What is said in Nusa Contoh: our own wording, about places and problems, never about persons."""

PLACES = (
    ("household", "rumah warga dekat surau"), ("household", "rumah warga di tepi sawah"), ("lapau", "lapau simpang"),
    ("business", "kios pasar"), ("worship", "surau"), ("school", "SD negeri"), ("office", "kantor wali nagari"), ("public", "pos ronda"),
    ("boarding", "rumah kos belakang terminal"),
)  # fmt: skip

SAID = (
    ("Lampu jalan dekat jembatan sudah dua minggu padam, anak-anak mengaji pulang dalam gelap.", "ENV-04"),
    ("Knalpot brong lewat tengah malam pada malam Minggu.", "ORD-01"),
    ("Jadwal ronda tidak jalan sejak panen.", "SVC-02"),
    ("Orgen tunggal pesta sering lewat tengah malam.", "ORD-07"),
    ("Tautan undangan nikah palsu menguras saldo beberapa warga.", "CYB-01"),
    ("Air irigasi tidak terbagi rata, petani mulai saling menegur.", "CON-03"),
    ("Sapi yang dilepas merusak tanaman dan jadi bahan ribut.", "CON-03"),
    ("Penagih pinjaman daring menelepon sampai ke kantor.", "CYB-02"),
    ("Jalan berlubang di tikungan, sudah tiga motor jatuh.", "ENV-04"),
    ("Warga ingin petugas singgah saat pasar hari Senin.", "SVC-03"),
    ("Anak sekolah membolos dan berkumpul di bendungan.", "ORD-02"),
    ("Warga berterima kasih, ronda bersama pemuda terasa manfaatnya.", "SVC-04"),
)

PROMISES = (
    "Menanyakan lampu jalan ke Dinas Perhubungan", "Singgah saat pasar hari Senin", "Mengajak pemuda menyusun jadwal ronda",
    "Menghubungkan warga dengan penyuluh pertanian", "Membawa lembar cara melapor penipuan daring",
)  # fmt: skip
KEPT = ("Sudah, dan warga diberi tahu.", "Sudah; jawabannya disampaikan lewat wali jorong.", "Sudah, bersama Babinsa.")

# title, facts, code, stage, severity
REPORTS = (
    ("Lampu jalan padam dekat jembatan", "Tiga tiang lampu dari simpang sampai jembatan padam sejak dua minggu. Jalan ini dilewati anak mengaji sesudah isya.", "ENV-04", "PG", 2),
    ("Knalpot brong sampai pukul dua", "Sekitar sepuluh motor berputar di jalan lingkar tiga malam berturut-turut, dari pukul sebelas sampai pukul dua.", "ORD-01", "AG", 2),
    ("Ayam dan pisang hilang dari kebun", "Dua kebun kehilangan hasil dalam sepekan. Pagar belakang dibuka dari arah sungai.", "CRM-01", "GN", 2),
    ("Ronda kosong sejak panen", "Jadwal ronda masih tertempel, tetapi pos tidak diisi sejak panen. Lampu pos mati.", "SVC-02", "PG", 2),
    ("Orgen tunggal lewat tengah malam", "Hiburan pesta berlanjut sampai pukul satu tanpa pemberitahuan ke Polsek; warga dengan bayi mengeluh.", "ORD-07", "GN", 1),
    ("Tautan undangan palsu beredar", "Lima warga menerima tautan undangan nikah berbentuk aplikasi; dua kehilangan saldo.", "CYB-01", "GN", 3),
    ("Batas kebun jadi bahan ribut", "Patok batas dua kebun bergeser sesudah hujan. Kedua pihak sudah dua kali beradu mulut di lapau.", "CON-03", "AG", 3),
    ("Pembagian air sawah dipersoalkan", "Pintu air dibuka bergantian tanpa jadwal; petani di hilir mulai menahan petani di hulu.", "CON-03", "AG", 2),
    ("Anak sekolah berkumpul di bendungan", "Sekitar dua puluh pelajar dari dua sekolah saling mengejek di bendungan pada jam pelajaran.", "ORD-02", "AG", 3),
    ("Air batang naik sesudah hujan", "Muka air naik satu meter dalam dua jam, kayu mulai hanyut. Warga di tepi belum pindah.", "ENV-01", "AG", 3),
    ("Jalan berlubang di tikungan", "Lubang sedalam sejengkal di tikungan turun; dalam sebulan tiga motor jatuh.", "ENV-04", "PG", 2),
    ("Main koa pakai taruhan di lapau", "Tiap malam Minggu ada permainan dengan taruhan di lapau simpang, sampai subuh.", "ORD-04", "GN", 2),
)  # fmt: skip

ANSWERS = (
    ("acted", "Terima kasih. Malam ini patroli singgah, dan wali jorong kami hubungi."),
    ("acted", "Sudah kami datangi bersama Babinsa. Kabari bila terulang."),
    ("answered", "Terima kasih, ini kami ikuti. Tolong tanyakan lagi pekan depan."),
    ("forwarded", "Sudah kami teruskan, jawabannya kami sampaikan."),
    ("noted", "Cukup diketahui untuk sekarang; terima kasih sudah memperhatikan."),
)
