"""The words that the guard knows; each list says what its words do. Long lists stand in `data/`."""

from functools import cache
from pathlib import Path


@cache
def words_of(name: str) -> frozenset[str]:
    lines = (Path(__file__).parent / "data" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def said(words: str) -> frozenset[str]:
    return frozenset(words.split())


COMMON = words_of("common")
GIVEN = words_of("given")

# --- names -----------------------------------------------------------------------------------------
ADDRESS = said(  # words of address: a name follows, or a role
    "pak pk bapak bpk bapk bu ibu ibuk buk ibuknya bang bg abang kak kakak mas mbak om tante uda uni ajo mak etek adang nek nenek kakek nyiak inyiak "
    "angku buya ustadz ustaz ust ustad ustadzah datuak datuk tuanku kiai kyai koh sdr sdri sdra saudara saudari nyonya almarhum almarhumah alm "
    "si tuan kang akang teh cik encik neng mbah pakde bude paman oom ncik"
)
CAPITAL_ADDRESS = said("da ni dt h hj tn ny ci bro sis st kh dr dra")  # address only before a capital letter
NAMED = said("bernama alias panggilan inisial berinisial")  # a name follows, whatever it looks like
CALLED = said("nama namanya namonyo")  # a name follows, or a sentence about names
ROLES = said(  # what a person does or is; a name only where a capital letter follows
    "pelapor terlapor korban saksi pelaku tersangka pemilik penadah pengemudi pengendara sopir supir pedagang petani nelayan guru bidan perawat "
    "penjaga pacarnya suaminya istrinya anaknya ayahnya ibunya adiknya kakaknya temannya dokter pengurus bendahara"
)
COUNTED = said("ibu bapak pak bu kakak mas mbak om nenek kakek")  # after a number they count people: “40 ibu hadir”
RANKS = said(
    "bharada bharatu bharaka bripda briptu brigpol brigadir bripka aipda aiptu ipda iptu akp kompol akbp kombes serda sertu serka serma peltu kopda koptu praka"
)
INSIDE = said("bin binti dt st gelar")  # inside a name
PARTS = said("hakim rajo sutan marajo panghulu bandaro malin sati labai pakiah mangkuto kacang gaek palala paslah tamam")
PREFIXES = (
    "meng",
    "meny",
    "mem",
    "men",
    "ber",
    "ter",
    "peng",
    "peny",
    "pem",
    "pen",
    "mang",
    "many",
    "mam",
    "man",
    "bata",
    "basi",
    "dika",
    "ng",
)

# --- places and times ------------------------------------------------------------------------------
PLACES = said(
    "jorong nagari desa kelurahan kecamatan kabupaten kota kampung kampuang korong dusun banjar rt rw jl jln jalan gang gg simpang kelok tikungan "
    "turunan panurunan tanjakan pasar pasa pakan surau masjid mushalla mushola musala langgar gereja pura vihara kelenteng sekolah sd sdn smp smpn sma sman smk "
    "smkn mts man tk paud kampus universitas pesantren kantor balai balairung gedung lapangan stadion taman tugu terminal stasiun bandara "
    "pelabuhan dermaga muaro jembatan bendungan sungai batang danau bukit gunung pantai sawah ladang kebun hutan hulu pabrik gudang toko kios warung "
    "lapau kedai kafe cafe karaoke bengkel salon apotek puskesmas pustu rs rsud klinik spbu bank hotel losmen mess kos kost kontrakan komplek "
    "perumahan blok ruko minimarket pangkalan pos poskamling portal tps posko warnet bumnag pt cv ud po rm yayasan rumah parkiran halte trotoar "
    "parit banda got irigasi padang km kilometer balai-balai asrama sekretariat kandang polsek polres"
)
DWELLINGS = said("rumah kos kost kontrakan mess asrama sekretariat blok no")  # where a person lives is not a place to keep
PREPOSITIONS = said("di pada depan dpn dekat dkt belakang sekitar sktr samping seberang muko tapi")
TIMES = said(
    "pukul pkl jam jm wib wit wita pagi siang sore malam mlm subuh magrib maghrib isya dini besok bsk isuak kemarin kmrn kapatang kini tadi td "
    "hari hr tanggal tgl senin selasa rabu kamis jumat sabtu minggu sanayan salasa rabaa kamih jumaik januari februari maret april mei juni juli agustus september "
    "oktober november desember sejak semalam"
)

# --- what is said without saying anything ----------------------------------------------------------
NOTHING = said("aman kondusif nihil terkendali kendali tertib lancar sepi")
STOCK = NOTHING | said(
    "hal bos boss gan ditemukan dilaporkan bahwa hukum dalam nagari nan ka disampaikan malam nihil giat kegiatan patroli dialogis sambang dds sambangi situasi sit sitkam sitkamtibmas kamtibmas kondisi wilayah wil binaan warga warganya masyarakat "
    "dan dn serta dgn dengan dg bersama jo yg yang selamat pagi siang sore malam komandan ndan dan ijin izin mohon mhn melaporkan lapor lap laporan dok dokumentasi "
    "foto terlampir telah tlh dilaksanakan melaksanakan laksanakan selama sampai hingga saat ini dibuat berjalan hasil pelaksanaan cooling system terima kasih "
    "trims tks makasih siap pak bu sado semua semuanya sekitar menonjol toga tomas toda tokoh agama salam presisi kepada ke di pada dari dalam arus lalin lalu lintas "
    "pengaturan tidak tdk ga gak nggak indak ndak ada ado apa apo apa2 apo-apo strong point gatur apel anggota personel jaga pospam wali camat sekolah kantor siswa pelajar rawat langsung do kejadian gangguan keluhan adanya tetap ka s d sd lah alah untuk utk rangka rutin "
    "sudah sdh kembali keadaan terpantau cukup hanya polsek polres nagari desa jorong rw rt 86 aja saja"
)
