"""Files that libraries write: from PyPI, and from Java through JPype."""

import importlib.metadata
from pathlib import Path

from shelf import PEOPLE, TABLE, inserts, scratch


def named(package):
    """A package with its major version: what comes after floats."""
    return f"{package} {importlib.metadata.version(package).split('.')[0]}"


NAMES, MAILS = [list(it) for it in zip(*PEOPLE)]


def duckdb(shelf):
    import duckdb

    with scratch() as work:
        with duckdb.connect(str(work / "people.duckdb")) as database:
            database.execute(TABLE)
            for statement in inserts():
                database.execute(statement)
        shelf.put("DuckDB", work / "people.duckdb", named("duckdb"))


def lmdb(shelf):
    import lmdb

    with scratch() as work:
        with lmdb.open(str(work / "people")) as database, database.begin(write=True) as writer:
            for name, mail in PEOPLE:
                writer.put(name.encode(), mail.encode())
        shelf.put("LMDB", work / "people" / "data.mdb", named("lmdb"))
        shelf.put("LMDB lock", work / "people" / "lock.mdb", named("lmdb"))


def leveldb(shelf):
    import plyvel

    with scratch() as work:
        database = plyvel.DB(str(work / "people"), create_if_missing=True)
        for name, mail in PEOPLE:
            database.put(name.encode(), mail.encode())
        database.compact_range()
        database.close()
        shelf.put("LevelDB table", next((work / "people").glob("*.ldb")), named("plyvel"))
        shelf.put("LevelDB or RocksDB CURRENT", work / "people" / "CURRENT", named("plyvel"))


def rocksdb(shelf):
    import rocksdict

    with scratch() as work:
        database = rocksdict.Rdict(str(work / "people"))
        for name, mail in PEOPLE:
            database[name] = mail
        database.flush()
        database.close()
        shelf.put("RocksDB table", next((work / "people").glob("*.sst")), named("rocksdict"))
        shelf.put("LevelDB or RocksDB CURRENT", work / "people" / "CURRENT", named("rocksdict"))


def bson(shelf):
    import datetime

    import bson

    rows = [
        {"_id": bson.ObjectId(), "name": name, "mail": mail, "tags": ["a", 1, 2.5, None, True],
         "since": datetime.datetime(2024, 2, 3), "visits": bson.Int64(7), "like": bson.Regex("^a", "i"),
         "sum": bson.Decimal128("1.10"), "stamp": bson.Timestamp(1, 2), "raw": b"\0\1", "in": {"x": 1}}
        for name, mail in PEOPLE
    ]
    shelf.write("BSON", "people.bson", b"".join(map(bson.encode, rows)), named("pymongo"))
    # Without the ending: several documents are enough.
    shelf.write("BSON", "people.bin", b"".join(map(bson.encode, rows * 20)), named("pymongo"))
    shelf.write("BSON", "one.bson", bson.encode(rows[0]), named("pymongo"))


def keepass(shelf):
    import pykeepass

    with scratch() as work:
        vault = pykeepass.create_database(str(work / "people.kdbx"), password="invented")
        vault.add_entry(vault.root_group, *PEOPLE[0], "invented")
        vault.save()
        shelf.put("KeePass", work / "people.kdbx", named("pykeepass"))


def arrow(shelf):
    import pyarrow
    from pyarrow import feather, orc, parquet

    tool = named("pyarrow")
    table = pyarrow.table({"name": NAMES, "mail": MAILS})
    with scratch() as work:
        parquet.write_table(table, work / "people.parquet")
        shelf.put("Parquet", work / "people.parquet", tool)
        with pyarrow.ipc.new_file(str(work / "people.arrow"), table.schema) as to:
            to.write(table)
        shelf.put("Arrow IPC", work / "people.arrow", tool)
        feather.write_feather(table, str(work / "people.feather"))
        shelf.put("Arrow IPC", work / "people.feather", tool)
        orc.write_table(table, str(work / "people.orc"))
        shelf.put("ORC", work / "people.orc", tool)


def feather_1(shelf):
    import pyarrow
    from pyarrow import feather

    with scratch() as work:
        table = pyarrow.table({"name": NAMES, "mail": MAILS})
        feather.write_feather(table, str(work / "people.feather"), version=1)
        shelf.put("Feather 1", work / "people.feather", named("pyarrow"))


def avro(shelf):
    import fastavro

    schema = {"type": "record", "name": "Person", "fields": [{"name": it, "type": "string"} for it in ("name", "mail")]}
    with scratch() as work:
        with open(work / "people.avro", "wb") as to:
            fastavro.writer(to, schema, [{"name": name, "mail": mail} for name, mail in PEOPLE])
        shelf.put("Avro", work / "people.avro", named("fastavro"))


def hdf5(shelf):
    import h5py

    with scratch() as work:
        with h5py.File(work / "people.h5", "w") as to:
            to["name"] = NAMES
        shelf.put("HDF5", work / "people.h5", named("h5py"))


def statistics(shelf):
    import pandas
    import pyreadstat

    tool = named("pyreadstat")
    table = pandas.DataFrame({"name": NAMES, "mail": MAILS})
    with scratch() as work:
        pyreadstat.write_sav(table, str(work / "people.sav"))
        pyreadstat.write_sav(table, str(work / "people.zsav"), compress=True)
        pyreadstat.write_dta(table, str(work / "people.dta"))
        shelf.put("SPSS", work / "people.sav", tool)
        shelf.put("SPSS", work / "people.zsav", tool)
        shelf.put("Stata", work / "people.dta", tool)


def dbase(shelf):
    import dbf

    with scratch() as work:
        for kind, name in (("db3", "people.dbf"), ("vfp", "fox.dbf")):
            table = dbf.Table(str(work / name), "name C(60); mail C(60)", dbf_type=kind)
            with table:
                for person in PEOPLE:
                    table.append(person)
            shelf.put("dBase table", work / name, named("dbf"))


def geopackage(shelf):
    import numpy
    import pyogrio.raw

    point = bytes([1, 1, 0, 0, 0]) + bytes(16)
    with scratch() as work:
        file = work / "places.gpkg"
        pyogrio.raw.write(str(file), numpy.array([point], dtype=object), [numpy.array(["a place"], dtype=object)],
                          ["name"], geometry_type="Point", crs="EPSG:4326", driver="GPKG")
        shelf.put("GeoPackage", file, named("pyogrio"))


def java(shelf):
    import jpype
    import jpype.imports

    jars = Path("/usr/share/java")
    lucene = next(jars.glob("lucene-core-8.*.jar"))
    jpype.startJVM(classpath=[str(it) for it in (jars / "h2.jar", jars / "hsqldb.jar", lucene)])
    from java.sql import DriverManager

    with scratch() as work:
        for name, url, end in (
            ("H2", f"jdbc:h2:{work}/people", "SHUTDOWN"),
            ("H2 encrypted", f"jdbc:h2:{work}/vault;CIPHER=AES", "SHUTDOWN"),
            ("HSQLDB", f"jdbc:hsqldb:file:{work}/stock", "SHUTDOWN"),
        ):
            password = "invented invented" if "encrypted" in name else ""
            connection = DriverManager.getConnection(url, "SA", password)
            for statement in [TABLE, *inserts(), end]:
                connection.createStatement().execute(statement)
        shelf.put("H2", work / "people.mv.db", "H2 2")
        shelf.put("H2", work / "vault.mv.db", "H2 2")
        shelf.put("HSQLDB script", work / "stock.script", "HSQLDB 2")

        from java.nio.file import Paths
        from org.apache.lucene.document import Document, Field, StringField
        from org.apache.lucene.index import IndexWriter, IndexWriterConfig
        from org.apache.lucene.store import FSDirectory

        directory = FSDirectory.open(Paths.get(f"{work}/index"))
        writer = IndexWriter(directory, IndexWriterConfig(None))
        for name in NAMES:
            document = Document()
            document.add(StringField("name", name, Field.Store.YES))
            writer.addDocument(document)
        writer.close()
        for file in sorted((work / "index").glob("*.cf[se]")):
            shelf.put("Lucene segment", file, "Lucene 8")


ALL = [duckdb, lmdb, leveldb, rocksdb, bson, keepass, arrow, feather_1, avro, hdf5, statistics, dbase, geopackage, java]
