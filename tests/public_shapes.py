"""Inventories of the shapes in which cities keep or publish theirs; every application in them is made up.

Headings and layout of those in `REAL` are taken from public source code: of databases, forms and exports with
which Indonesian cities and regencies list their applications.
"""

from spreadsheet_files import csv_bytes, xlsx_bytes

AGENCIES = ("Dinas Kesehatan", "Dinas Pendidikan", "Dinas Komunikasi dan Informatika")
NAMES = ("Antrean Sehat", "Rapor Daring", "Kanal Aduan", "Stok Obat", "Zonasi Sekolah", "Arsip Surat")


def database_export():
    """Return a database's export: names of fields, codes beside words, a nearly blank column of agencies."""
    head = ["id_app", "judul", "klasifikasi_aplikasi", "kategori_aplikasi", "infofungsi", "media", "link"]
    rows = [[*head, "unit_pengembang", "unit", "unit_pengguna", "sts_aktif", "thn_pembuatan", "dlu"]]
    media = ("Website", "Android", "Website", "Desktop", "Website, Android", "Website")
    owned = ("Lokal", "Pusat", "Lokal", "Lokal", "Lokal", "Pusat")
    active = ("aktif", "naktif", "aktif", "aktif", "aktif", "naktif")
    for n, name in enumerate(NAMES):
        unit = ("Dinkes", "Disdik", "Diskominfo")[n % 3] if n < 3 else AGENCIES[n % 3]
        record = [n + 1, name, 2, owned[n], "Melayani warga", media[n], "https://contoh.example"]
        rows.append(
            [*record, "Rekanan" if n == 0 else "", unit, "Semua", active[n], "-", "2019-04-29 11:00:07"]
        )
    return "aplikasi.csv", csv_bytes(rows, ",", "utf-8")


def architecture_form():
    """Return the form of an e-government architecture: two rows of headings, numbered columns, signatures."""
    top = ["No", "Nama Aplikasi", "Uraian", "Jenis Aplikasi", "Basis Aplikasi", "Penanggung Jawab", ""]
    low = ["", "", "", "", "", "Unit Pemilik Proses Bisnis", "Unit Pengembang"]
    rows = [["DAFTAR APLIKASI SPBE"], ["KABUPATEN CONTOH TAHUN 2023"], []]
    rows += [[*top, "Pemutakhiran Data", "", "Status"], [*low, "Tanggal", "Petugas", ""]]
    rows.append([f"({n})" for n in range(1, 11)])
    for n, name in enumerate(NAMES, start=1):
        kind = "Aplikasi Umum" if n == 2 else "Aplikasi Khusus"
        base = ("Web", "Web dan Mobile", "Mobile", "Web", "Desktop", "Web")[n - 1]
        owner = AGENCIES[n % 3].upper() if n > 3 else AGENCIES[n % 3]
        stage = "Uji coba" if n == 5 else "Operasional"
        rows.append([n, name, "Layanan", kind, base, owner, "Rekanan", f"{n:02d}/12/2023", "x", stage])
    rows += [["", "Jumlah", 6], [], ["Sumber: Dinas Komunikasi dan Informatika"]]
    rows += [["", "", "", "", "", "", "Contoh, 3 Januari 2024"], ["", "", "", "", "", "", "Kepala Dinas"]]

    def change(book):
        sheet = book["SPBE"]
        for block in ("A1:J1", "A2:J2", "F4:G4", "H4:I4", *(f"{letter}4:{letter}5" for letter in "ABCDEJ")):
            sheet.merge_cells(block)

    return "arsitektur.xlsx", xlsx_bytes({"SPBE": rows, "Petunjuk": [["Isi setiap kolom"]]}, change)


def open_data():
    """Return a table of an open data portal: codes of regions in every row, names in capitals."""
    head = ["id", "kode_provinsi", "nama_provinsi", "bps_kode_kabupaten_kota", "nama_kabupaten_kota"]
    rows = [
        [*head, "nama_aplikasi", "nama_perangkat_daerah", "jenis_platform", "kepemilikan", "status", "tahun"]
    ]
    for n, name in enumerate(NAMES, start=1):
        base = ("WEB", "MOBILE", "WEB", "WEB DAN MOBILE", "WEB", "DESKTOP")[n - 1]
        owner, owned = AGENCIES[n % 3].upper(), ("PEMERINTAH DAERAH", "PEMERINTAH PUSAT")[n % 2]
        status = ("AKTIF", "AKTIF", "TIDAK AKTIF")[n % 3]
        rows.append(
            [n, 0, "PROVINSI CONTOH", 1, "KOTA CONTOH", name.upper(), owner, base, owned, status, 2022]
        )
    return "dataset.csv", csv_bytes(rows, ",", "utf-8")


def ticked_table():
    """Return a table of an information officer: ticks below groups, agencies merged, one without any."""
    top = ["No", "Perangkat Daerah", "Nama Aplikasi", "Platform", "", "", "Kepemilikan", "", "Status", ""]
    low = ["", "", "", "Web", "Mobile", "Desktop", "Pemda", "Pusat", "Aktif", "Tidak Aktif"]
    rows = [["INVENTARIS APLIKASI"], top, low]
    for n, name in enumerate(NAMES):
        base = ["v" if n % 3 == k or (n == 4 and k == 0) else "" for k in range(3)]
        owned = ["v", ""] if n % 2 else ["", "v"]
        active = ["", "v"] if n == 3 else ["v", ""]
        rows.append([n + 1, AGENCIES[n // 2] if n % 2 == 0 else "", name, *base, *owned, *active])
    rows.append([7, "Kecamatan Sukamaju", "Tidak ada aplikasi", *[""] * 7])

    def change(book):
        sheet = book["2023"]
        for block in (
            *("A1:J1", "D2:F2", "G2:H2", "I2:J2", "A2:A3", "B2:B3", "C2:C3", "B4:B5", "B6:B7", "B8:B9"),
        ):
            sheet.merge_cells(block)

    return "ppid.xlsx", xlsx_bytes({"2023": rows}, change)


def headed_list():
    """Return a list that was copied from a document: each agency is a heading above its applications."""
    rows = [["No", "Nama Sistem Informasi", "Fungsi", "Basis", "Sumber", "Kondisi"]]
    for letter, agency, names in zip("ABC", AGENCIES, (NAMES[:2], NAMES[2:4], NAMES[4:]), strict=True):
        rows.append([f"{letter}.", agency.upper(), "", "", "", ""])
        rows += [
            [n, name, "Layanan", "Website", "APBD", "Berfungsi"] for n, name in enumerate(names, start=1)
        ]
    return "daftar.csv", csv_bytes(rows, ";", "cp1252")


def filtered_export():
    """Return what a city's catalogue writes for Excel: title, date and filter above, the source below."""
    head = ["No", "Nama Aplikasi", "Jenis", "Jenis Aplikasi", "Kategori", "URL", "Dinas Pengampu", "Platform"]
    head += ["Bahasa", "Pembuat", "Tahun Pembuatan", "Database", "Framework", "Status", "Featured"]
    rows = [["Daftar Aplikasi Pemerintah Daerah"], ["Tanggal Generate: 03-01-2024 08:00:00"]]
    rows += [["Filter yang digunakan: Semua Data"], [], [*head, "Terintegrasi"]]
    for n, name in enumerate(NAMES):
        kind, use = ("Aplikasi Khusus", "Aplikasi Umum")[n == 2], ("Layanan Publik", "Administrasi")[n % 2]
        agency = ("DINKES", "DISDIK", "DISKOMINFO")[n % 3]
        base = ("Website", "Mobile", "Website", "Desktop", "Website", "Website")[n]
        record = [n + 1, name, kind, use, "Kesehatan", "https://contoh.example", agency, base, "PHP"]
        record += [("Internal", "Pihak Ketiga")[n % 2], 2020 + n % 3, "MySQL", "Laravel"]
        rows.append([*record, ("Aktif", "Tidak Aktif")[n == 3], "Tidak", ("Ya", "Tidak")[n % 2]])
    rows += [[], [], [], ["Sumber: https://contoh.example/"]]

    def change(book):
        for row in (1, 2, 3, len(rows)):
            book["Worksheet"].merge_cells(f"A{row}:P{row}")

    return "katalog.xlsx", xlsx_bytes({"Worksheet": rows}, change)


def answers_of_agencies():
    """Return what agencies filled in, with who did; it does not say whose the applications are."""
    head = ["No", "Nama Perangkat Daerah", "Nama Aplikasi", "Deskripsi Singkat", "Alamat Domain/Link"]
    head += ["Jenis Aplikasi", "Status Aplikasi", "Penyebab Tidak Aktif", "Nama Pengelola"]
    rows = [[*head, "Nomor WA Pengelola", "Tanggal Input"]]
    for n, name in enumerate(NAMES):
        base = ("Website", "Android", "Website", "Desktop", "Website & Android", "Website")[n]
        state = ("Tidak Aktif", "Server rusak") if n == 3 else ("Aktif", "")
        record = [n + 1, AGENCIES[n % 3], name, "Melayani warga", "https://contoh.example", base, *state]
        rows.append([*record, "Petugas Contoh", "081234567890", f"{n + 1:02d}/02/2024 10:15"])
    return "isian.csv", csv_bytes(rows, ",", "utf-8-sig")


def architecture_domain():
    """Return the applications of an e-government architecture: codes before names, no status."""
    head = ["Kode", "Nama Aplikasi", "Uraian Aplikasi", "Fungsi Aplikasi", "Luaran", "Basis Aplikasi"]
    head += ["Tipe Lisensi Aplikasi", "Bahasa Pemrograman", "Kerangka Pengembangan", "Nama Basis Data"]
    head += ["Unit Kerja Operasional", "Infrastruktur Komputasi Awan", "Infrastruktur Server"]
    head += ["Infrastruktur Jaringan Intra", "SKPD", *(f"RAA Level {level}" for level in range(1, 5))]
    rows = [["Domain Arsitektur Aplikasi (DAA)"], ["Jumlah data: 6 · Dicetak 03/01/2024 08:00"], head]
    coded = [
        f"{code} - {name}" for code, name in zip(("1.02.01", "1.01.01", "2.16.01"), AGENCIES, strict=True)
    ]
    for n, name in enumerate(NAMES):
        base = ("Web", "Mobile", "Web", "Desktop", "Web dan Mobile", "Web")[n]
        kind = "RAA.01 - Aplikasi Umum" if n == 2 else "RAA.02 - Aplikasi Khusus"
        record = [f"DAA-{n + 1:03d}", name, "Uraian", "Melayani warga", "Laporan", base]
        record += [("Terbuka", "Tertutup")[n % 2], "PHP", "Laravel", "MySQL", coded[2], ""]
        rows.append([*record, "RAI.01 - Server Utama", "", coded[n % 3], kind, "RAA.02.01 - Layanan", "", ""])
    return "arsitektur.xlsx", xlsx_bytes({"DAA": rows})


def ticked_database():
    """Return a database's export in which 1 and 0 tick kinds of devices and of owners."""
    head = ["id", "perangkat_daerah", "nama_aplikasi", "mode", "alamat_domain", "tahun_penganggaran"]
    head += ["dimanfaatkan_untuk_layanan", "pembuat_pihak_ketiga", "pembuat_diskominfotik"]
    head += ["spesifikasi_teknis", "jenis_web", "jenis_mobile", "pemilik_pusat", "pemilik_daerah"]
    rows = [[*head, "status", "keterangan", "created_at", "updated_at"]]
    for n, name in enumerate(NAMES):
        record = [n + 1, AGENCIES[n % 3], name, ("online", "offline")[n % 2], "contoh.example", 2020 + n % 3]
        record += ["Layanan warga", "Rekanan" if n % 2 else "NULL", (n + 1) % 2, "PHP"]
        record += [int(n != 1), int(n in (1, 4)), int(n == 2), int(n != 2)]
        state = ("aktif", "tidak_aktif")[n == 3]
        times = [f"2024-0{month}-0{n + 1} 10:15:00" for month in (2, 3)]
        rows.append([*record, state, "NULL", *times])
    return "daftar_aplikasi.csv", csv_bytes(rows, ",", "utf-8")


OWNED = ("ownership: {from: '', always: ''", "ownership: {from: '', always: own")
SHAPES = {
    database_export: (("found: naktif, means: ''", "found: naktif, means: inactive"),),
    architecture_form: (),
    open_data: (),
    ticked_table: (),
    headed_list: (OWNED,),
    filtered_export: (),
    answers_of_agencies: (OWNED,),
    architecture_domain: (("status: {from: '', always: ''", "status: {from: '', always: operational"),),
    ticked_database: (),
}
"""Each shape with what somebody who knows the city changes in the draft of the mapping."""
REAL = (database_export, filtered_export, answers_of_agencies, architecture_domain, ticked_database)
