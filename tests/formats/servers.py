"""Files of database servers. Each server runs in a directory of its own, and listens on a socket file where it can."""

import os
import shutil
import subprocess
import urllib.request
from pathlib import Path

from shelf import PEOPLE, TABLE, inserts, run, scratch, script, serving


def postgresql(shelf):
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    version = programs.parent.name
    tool = f"PostgreSQL {version}"
    # It refuses to run as root.
    user = ["runuser", "-u", "postgres", "--"]
    with scratch() as work:
        shutil.chown(work, "postgres")
        data, at = work / "data", ["-h", work, "-U", "postgres"]
        run(*user, programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", cwd=work)
        settings = ["-c", f"unix_socket_directories={work}", "-c", "listen_addresses=", "-c", "fsync=off"]
        ready = lambda: run(programs / "psql", *at, "-c", "SELECT 1")
        with serving(*user, programs / "postgres", "-D", data, *settings, ready=ready, cwd=work):
            role = "CREATE ROLE keeper LOGIN PASSWORD 'invented'"
            run(programs / "psql", *at, "-v", "ON_ERROR_STOP=1", text=script(role))
            dump = lambda *how: run(programs / "pg_dump", *at, *how)
            plain, schema = work / "people.sql", work / "schema.sql"
            dump("-f", plain), dump("-f", schema, "--schema-only")
            for file in (plain, schema):
                shelf.put("PostgreSQL dump", file, f"{tool}: pg_dump")
            # As an editor on Windows leaves it.
            text = plain.read_bytes().replace(b"\n", b"\r\n")
            shelf.write("PostgreSQL dump", "crlf.sql", b"\xef\xbb\xbf" + text, f"{tool}: pg_dump")
            run(programs / "pg_dumpall", *at, "-f", work / "all.sql")
            shelf.put("PostgreSQL cluster dump", work / "all.sql", f"{tool}: pg_dumpall")
            for how, name in (("custom", "people.dump"), ("tar", "people.tar"), ("directory", "people.d")):
                dump("-F", how, "-f", work / name)
            custom = "PostgreSQL custom dump"
            shelf.put(custom, work / "people.dump", f"{tool}: pg_dump")
            shelf.put(custom, work / "people.d" / "toc.dat", f"{tool}: pg_dump")
            shelf.put("PostgreSQL tar dump", work / "people.tar", f"{tool}: pg_dump")
            run(programs / "psql", *at, "-c", "SELECT pg_switch_wal()")
            segment = sorted((data / "pg_wal").glob("00000001*"))[0]
            shelf.put("PostgreSQL write-ahead log", segment, tool)


def mariadb(shelf):
    with scratch() as work:
        data, socket = work / "data", work / "socket"
        run("mariadb-install-db", "--no-defaults", f"--datadir={data}", "--user=root",
            "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve")
        options = [f"--datadir={data}", f"--socket={socket}", "--user=root", "--skip-networking",
                   "--log-bin=binlog", "--innodb-data-file-path=ibdata1:10M:autoextend"]
        client = ["mariadb", "--no-defaults", f"--socket={socket}", "-uroot"]
        with serving("/usr/sbin/mariadbd", "--no-defaults", *options, ready=lambda: run(*client, "-e", "SELECT 1")):
            text = "CREATE DATABASE stock; USE stock;\n" + script()
            for engine in ("MyISAM", "Aria"):
                table = engine.lower()
                text += TABLE.replace("people", table) + f" ENGINE={engine};\n"
                text += "".join(f"{it};\n" for it in inserts(table))
            run(*client, text=text)
            dump = run("mariadb-dump", "--no-defaults", f"--socket={socket}", "-uroot", "stock")
            schema = run("mariadb-dump", "--no-defaults", f"--socket={socket}", "-uroot", "--no-data", "stock")
        tool = "MariaDB " + run("mariadb", "--version").split("Distrib ")[1].split(".")[0]
        for name, written in (("stock.sql", dump), ("schema.sql", schema)):
            shelf.write("MariaDB dump", name, written, f"{tool}: mariadb-dump")
        # What the versions before the line with the sandbox wrote.
        old = dump[dump.index("-- MariaDB dump"):]
        shelf.write("MariaDB dump", "before-2024.sql", old, f"{tool}: mariadb-dump")
        for format, file in (
            ("MySQL table definition", "stock/people.frm"),
            ("InnoDB tablespace", "stock/people.ibd"),
            ("InnoDB tablespace", "ibdata1"),
            ("MyISAM index", "stock/myisam.MYI"),
            ("Aria index", "stock/aria.MAI"),
            ("MySQL binary log", "binlog.000001"),
        ):
            shelf.put(format, data / file, tool)


def redis(shelf):
    with scratch() as work:
        socket = work / "socket"
        client = ["redis-cli", "-s", socket]
        options = ["--port", "0", "--unixsocket", socket, "--dir", work, "--appendonly", "yes"]
        with serving("redis-server", *options, ready=lambda: run(*client, "ping")):
            for name, mail in PEOPLE:
                run(*client, "set", name, mail)
            run(*client, "save")
        tool = "Redis " + run("redis-server", "--version").split("v=")[1].split(".")[0]
        shelf.put("Redis RDB", work / "dump.rdb", tool)
        log = work / "appendonlydir"
        shelf.put("Redis RDB", log / "appendonly.aof.1.base.rdb", tool)
        shelf.put("Redis append-only file", log / "appendonly.aof.1.incr.aof", tool)
        shelf.put("Redis append-only manifest", log / "appendonly.aof.manifest", tool)


def firebird(shelf):
    with scratch() as work:
        file = work / "people.fdb"
        text = f"CREATE DATABASE '{file}' USER 'SYSDBA' PAGE_SIZE 8192;\n{script()}COMMIT;\n"
        # Locks of its embedded server go where nobody else's are.
        run("isql-fb", "-q", text=text, env={**os.environ, "FIREBIRD_LOCK": str(work)})
        shelf.put("Firebird", file, "Firebird 3")


def tarantool(shelf):
    with scratch() as work:
        rows = "".join(f"s:insert{{{n}, '{name}', '{mail}'}} " for n, (name, mail) in enumerate(PEOPLE))
        lua = (f"box.cfg{{work_dir='{work}', log='{work}/log'}} local s = box.schema.space.create('people') "
               f"s:create_index('id') {rows} box.snapshot() s:delete(1) os.exit(0)")
        file = work / "make.lua"
        file.write_text(lua)
        run("tarantool", file, cwd=work)
        tool = "Tarantool 2"
        shelf.put("Tarantool snapshot", sorted(work.glob("*.snap"))[-1], tool)
        shelf.put("Tarantool log", sorted(work.glob("*.xlog"))[0], tool)


def influxdb(shelf):
    address = "127.0.0.1:18086"
    with scratch() as work:
        configuration = work / "influx.conf"
        configuration.write_text(
            f'reporting-disabled = true\nbind-address = "127.0.0.1:18088"\n[meta]\ndir = "{work}/meta"\n'
            f'[data]\ndir = "{work}/data"\nwal-dir = "{work}/wal"\ncache-snapshot-write-cold-duration = "1s"\n'
            f'[http]\nbind-address = "{address}"\n')

        def ask(path, data=b""):
            return urllib.request.urlopen(f"http://{address}/{path}", data, timeout=5).read()

        with serving("influxd", "run", "-config", configuration, ready=lambda: ask("query?q=SHOW+DATABASES")):
            ask("query?q=CREATE+DATABASE+people")
            ask("write?db=people", b"visits,name=zelda count=3 1700000000000000000\n")
            for _ in range(100):
                files = list((work / "data").rglob("*.tsm"))
                if files:
                    break
                subprocess.run(["sleep", "0.2"], check=True)
        shelf.put("InfluxDB TSM", files[0], "InfluxDB 1")


def etcd(shelf):
    with scratch() as work:
        client, peer = "http://127.0.0.1:18079", "http://127.0.0.1:18080"
        options = ["--data-dir", work / "etcd", "--listen-client-urls", client, "--advertise-client-urls", client,
                   "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
                   "--initial-cluster", f"default={peer}"]
        ready = lambda: urllib.request.urlopen(f"{client}/health", timeout=5).read()
        with serving("etcd", *options, ready=ready):
            pass
        shelf.put("bbolt", work / "etcd/member/snap/db", "etcd 3")


def rpm(shelf):
    # Debian's knows only this backend; ndb is SUSE's.
    with scratch() as work:
        run("rpm", "--dbpath", work / "rpm", "--initdb")
        tool = "rpm " + run("rpm", "--version").split()[-1].split(".")[0]
        shelf.put("SQLite", work / "rpm/rpmdb.sqlite", tool)


def plocate(shelf):
    with scratch() as work:
        (work / "tree").mkdir()
        (work / "tree" / "a file").touch()
        run("updatedb.plocate", "-l", "0", "-U", work / "tree", "-o", work / "plocate.db",
            "--prunepaths", "", "--prunefs", "")
        shelf.put("mlocate or plocate", work / "plocate.db", "plocate 1")


ALL = [postgresql, mariadb, redis, firebird, tarantool, influxdb, etcd, rpm, plocate]
