"""The words by which a clause is known to be about persons; each list is used by one rule of `subjects`."""

from itertools import pairwise

from rukun.guard.lexicon import said

# --- whom residents would vote for -----------------------------------------------------------------
CHOICE = said(
    "dukung didukung mendukung pendukung dukungan simpatisan timses relawan kader basis lumbung kantong condong cenderung berpihak pilih memilih dipilih "
    "nyoblos mencoblos coblos mancoblos milih mamiliah suara preferensi arah digarap pengurus urang penggalang loyalis pro memihak maju arahnya pilihannya"
)
CONTEST = said(
    "paslon calon capres cagub cabup cawako kandidat caleg partai petahana pasangan urut 01 02 03 04 parpol lawannya pilkada pilgub pilbup pileg pilpres politik"
)
NUMBERS = said("1 2 3 4 5 01 02 03 04 05 satu dua tiga ciek duo tigo empat")
NUMBERED = said("nomor nomer no")
OUTRIGHT = said("timses simpatisan golput")
POLITICAL = said(
    "amplop serangan fajar diancam ancam intimidasi dipaksa dirusak robek apk baliho spanduk hoaks sembako uang pitih duit dibagikan"
)


LEANS = said("condong cenderung berpihak memihak pendukung simpatisan basis lumbung kantong loyalis pilihannya arahnya")


def prefers(clause: list[str], sentence: set[str]) -> bool:
    """Who would vote for whom; the acts of a campaign (money, threats, torn posters) are facts with a place."""
    here = set(clause)
    if here & OUTRIGHT and not here & POLITICAL:
        return True
    if sentence & POLITICAL and (here & POLITICAL or not here & LEANS):
        return False
    if ("peta" in here and "dukungan" in here) or (here & {"dukungan", "suara", "preferensi"} and sentence & {"persen", "persentase"}):
        return True
    to_number = bool(here & NUMBERED) and any(one in NUMBERED and two in NUMBERS for one, two in pairwise(clause))
    if here & CHOICE and (here & CONTEST or to_number):
        return True
    if to_number and any(one in {"ke", "ka", "utk", "untuk"} and two in {"nomor", "no"} for one, two in pairwise(clause)):
        return True
    return bool({"milih", "memilih"} & here and {"lawannya", "satu"} <= here) or ("tokoh" in here and bool(here & {"kunci", "kuncinya"}))


CONTINUES = said("sisanya sisa selebihnya ke ka nomor no mayoritas separuh sebagian")

# --- persons watched and described -----------------------------------------------------------------
WATCHED = said(
    "dimonitor monitor dimonitoring diawasin mengawasin curigo pantau dipantau pantengin awasi diawasi awasin mengawasi diwaspadai waspadai dicurigai mencurigakan profil diprofil "
    "diprofilkan diprofiling profiling dipetakan petakan didata mendata pendataan catat dicatat telusuri ditelusuri dicek cek intai diintai dikantongi "
    "identifikasi diidentifikasi paratian caliak caliak-caliak daftar curiga liat2 lihat2 liatin perhatikan buntuti dibuntuti ikuti kuntit selidiki diselidiki kepoin mata-matai backingnya"
)
PERSONS = said(
    "ybs bersangkutan pandatang gerak-geriknya siapa sia tamu tamunya tamu2nya penghuni penghuninya gerak-gerik gerak geriknya gerik pergerakan kebiasaan kebiasaannya janda duda "
    "narapidana napi residivis eks bekas medsos akun pribadi identitas pelapor keturunan bagaua anak doi inyo keluar suku agama agamonyo asal penghuni "
    "diprofiling bertato pendatang latar kritik"
)
TRAITS = said(
    "bersuku beragama suku agama agamonyo etnis etnik ras keturunan cino cina tionghoa banci bencong waria jenggotan berjenggot bercadar cadar bertato bertatto "
    "wataknya wataknyo tapol"
)
PEOPLES = said(  # told of only where somebody is watched for it
    "papua timor flores nias batak jawa cina cino tionghoa arab rohingya madura ambon melayu minang sunda bugis dayak aceh bali lombok timur seberang"
)
MEMBER = said("orang org urang anak warga suku")
ABOUT = said(
    "orang org urang penghuni penghuninya pendatang pandatang ybs warga anak tertentu luar lain pelakunya keluarga doi jarang mukanya yang bersangkutan beragama bersuku"
)
DESCRIBED = said(
    "residivis ybs bersangkutan pendatang tertutup bergaul pekerjaannya kerjanya menikah asal tinggalnya orangnya penampilannya"
)
NEUTRAL = said(
    "tokoh umat antar antarsuku kerukunan penyuluhan toleransi urusan kementerian depag kua sara fkub debit harga bantuan bansos kerusakan stok arus lalin air gas "
    "penerima rambu lampu ketinggian cuaca hewan ternak pembangunan pengaturan pasal"
)


def profiles(clause: list[str], sentence: set[str]) -> bool:
    """A person watched, or told of by origin, faith or looks."""
    here = set(clause)
    if "antarumat" in here or {"antar", "umat"} <= here:
        return False
    if here & NEUTRAL and not here & {"bersuku", "beragama", "ybs", "siapa"}:
        return False
    if here & WATCHED and here & PERSONS:
        return True
    if (
        here & PEOPLES
        and (sentence & WATCHED or "siapa" in sentence)
        and any(one in MEMBER and two in PEOPLES for one, two in pairwise(clause))
    ):
        return True
    if here & TRAITS and (here & ABOUT or sentence & WATCHED):
        return True
    if here & WATCHED and sentence & TRAITS:
        return True
    return "timur" in here and bool(here & {"kayak", "kaya", "mencurigakan", "wajah", "mukanya"})


# --- whoever calls or joins a demonstration --------------------------------------------------------
EVENT = said("unjuk unras demo demonstrasi aksi mimbar massa orasi unjukrasa ditutup demonya")
LEADS = said(
    "korlap korlapnya koordinator penggerak penggeraknya menggerakkan manggarakan manggerakkan inisiator otaknya otak dalang dalangnya orator donatur donaturnya pendana "
    "provokator provokatornya rombongannya backing backingnya siapa sia ketuanya peserta ikut anggotanya dipimpin diketuai aliansi admin kantongi dikantongi penanggungjawab digerakkan dimotori pimpinannya simpul"
)
JOINTS = said("yg yang nan dan serta oleh daftar nama para dgn dengan adalah")

# --- the parties of a dispute about land -----------------------------------------------------------
LAND = said("tanah lahan ulayat pusako plasma sengketa tol sawit hgu")
HOLDS = said(
    "nolak vokal penggerak penggeraknya provokator provokatornya mempengaruhi memengaruhi menolak didata kareh keras dihukum didekati dipetakan diawasi awasi pantau dipantau "
    "paratian dendaman dendam berkuasa kuasa dimonitor jaringannya profil keluarganya penolak"
)

# --- press, associations, unions, congregations: the group, what makes it the subject, what excuses --
LOOKED_AT = WATCHED | said(
    "data undang ngundang siapa sia identitas anggota anggotanya pengurus pengurusnya ketua ketuanya pimpinan jaringan pekerjaan pekerjaannya asal kegiatannya kritis vokal keras"
)
MEMBERS = said(
    "anggota anggotanya pengurus pengurusnya ketuanya donatur donaturnya pendeta pendetanya gurunya gurunyo jaringan jaringannya jumlahnya jumlahnyo"
)
GROUPS: tuple[tuple[str, frozenset[str], frozenset[str], frozenset[str]], ...] = (
    (
        "press",
        said("wartawan jurnalis reporter media medianya pewarta"),
        LOOKED_AT | said("sering acok tanya tanya2 menanyakan viralin negatif manulih meliput memberitakan buruak"),
        said("memeras minta dipukul diintimidasi konferensi dihalangi korban"),
    ),
    (
        "ngo",
        said("lsm ngo aktivis pegiat walhi lbh ormas penggiat greenpeace jatam icw kontras imparsial"),
        LOOKED_AT | said("mempengaruhi memengaruhi maasuang menghasut menolak mendampingi masuk nginep menginap hadir"),
        said("memeras mengaku sosialisasi penyuluhan donor"),
    ),
    (
        "ngo",
        said("lembaga"),
        said("hukum"),
        said("memeras mengaku sosialisasi penyuluhan konsultasi"),
    ),
    (
        "union",
        said("serikat serikatnya spsi sbsi kspi ksbsi federasi"),
        LOOKED_AT | said("ngajakin maajak pangurus urang datang masuk"),
        said("kematian menolong tolong sosialisasi"),
    ),
    (
        "religion_group",
        said(
            "jamaah jemaah jemaat jemaatnya pengajian salafi wahabi ahmadiyah syiah hti penganut pengikut pengikutnya sesat mualaf pangajian kepercayaan tabligh dakwahnya"
        ),
        LOOKED_AT | said("sesat penganut pengikut salafi ahmadiyah syiah hti tertutup pendetanya gurunya gurunyo jumlah pindah eks luar"),
        said("haji umrah hilang parkiran sandal rutin"),
    ),
)
