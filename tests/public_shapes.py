"""Five inventories of the shapes in which cities publish theirs; every application in them is made up."""

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
            "A1:J1",
            "D2:F2",
            "G2:H2",
            "I2:J2",
            "A2:A3",
            "B2:B3",
            "C2:C3",
            "B4:B5",
            "B6:B7",
            "B8:B9",
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


SHAPES = {
    database_export: (("found: naktif, means: ''", "found: naktif, means: inactive"),),
    architecture_form: (),
    open_data: (),
    ticked_table: (),
    headed_list: (("ownership: {from: '', always: ''", "ownership: {from: '', always: own"),),
}
"""Each shape with what somebody who knows the city changes in the draft of the mapping."""
