"""An invented visit and report, to see a wording filled in."""

from rukun.sharing.rules.wording import Kind

MOMENT = {"salam": "Selamat pagi", "hari": "Senin", "tanggal": "2 Maret 2026", "jam": "09.00", "zona": "WIB"}
PLACE = {
    "wilayah": "Jorong Pasar, Nagari Aia Contoh, Kec. Koto Contoh",
    "tempat": "Lapau dekat pasar, Jorong Pasar, Nagari Aia Contoh, Kec. Koto Contoh",
}
OFFICER = {
    "pangkat": "Briptu", "nama": "Contoh Petugas", "jabatan": "Polisi RW Nagari Aia Contoh", "satuan": "Polsek Koto Contoh", "satuan_atas": "Polres Contoh",
}  # fmt: skip
EXAMPLES: dict[str, dict[str, str]] = {
    Kind.VISIT: MOMENT | PLACE | OFFICER | {
        "kegiatan": "sambang / DDS", "jumlah": "4", "nomor": "K-9C3F-2A17",
        "uraian": "Warga menyampaikan:\n1. Lampu jalan di tikungan padam dua minggu.\n2. Ronda kosong sejak Lebaran.",
        "janji": "Menyampaikan lampu padam ke Dinas PU (paling lambat 9 Maret 2026)",
    },
    Kind.REPORT: MOMENT | PLACE | OFFICER | {
        "judul": "Motor hilang di parkiran surau", "nomor": "L-41D0-77BE", "sumber": "keterangan warga", "jenis": "Pencurian kendaraan bermotor (CRM-03)",
        "uraian": "Satu sepeda motor hilang dari parkiran surau saat magrib. Ini yang kedua dalam sebulan; parkiran tidak berlampu.",
        "pendapat": "Parkiran perlu lampu dan penjaga saat magrib.",
    },
}  # fmt: skip
