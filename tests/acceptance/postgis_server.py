"""A PostgreSQL server with PostGIS of a test's own: in a temporary folder, reached by a socket there, gone afterwards.

Uses Debian's packages postgresql-15 and postgresql-15-postgis-3. A server does not run as root: then it is user postgres.
"""
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile

import kharita

PROGRAMS = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
EXTENSIONS = sorted(pathlib.Path("/usr/share/postgresql").glob("*/extension/postgis.control"))


def missing():
    """What a server lacks, in words; empty when it can be started."""
    if not PROGRAMS or not (PROGRAMS[-1] / "initdb").exists():
        return "postgresql-15 is not installed"
    if not EXTENSIONS:
        return "postgresql-15-postgis-3 is not installed"
    if os.geteuid() == 0 and not shutil.which("runuser"):
        return "runuser is not installed"
    return ""


class Server:
    """Started when it is made; stop() ends it and removes its folder."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kharita-pg-"))
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self.log = self.folder / "log"
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        # No fsync: a test's data need not outlive a power cut.
        self.options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off -c autovacuum=off"
        try:
            self._run("initdb", "-D", self.folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
            self.start()
        except BaseException:
            shutil.rmtree(self.folder)
            raise

    def _run(self, program, *arguments):
        command = [str(PROGRAMS[-1] / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["runuser", "-u", self.user, "--", *command]
        # Of a server that is started, no pipe may stay open.
        subprocess.run(command, check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=120)

    def start(self):
        self._run("pg_ctl", "-D", self.folder / "data", "-l", self.log, "-o", self.options, "-w", "start")

    def crash(self):
        """Ends it as a power cut would: nobody is told, nothing tidied up."""
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")

    def ask_passwords(self, *roles):
        """From these roles; all others are let in as they are."""
        rules = self.folder / "data" / "pg_hba.conf"
        rules.write_text("".join(f"local all {role} scram-sha-256\n" for role in roles) + rules.read_text())
        self.ask("postgres", "SELECT pg_reload_conf()")

    def stop(self):
        try:
            self.crash()
        finally:
            shutil.rmtree(self.folder)

    def url(self, database, user="postgres", **options):
        query = "&".join(f"{key}={value}" for key, value in {"host": self.folder, **options}.items())
        return f"postgresql://{user}@/{database}?{query}"

    def ask(self, database, sql):
        """Rows of an answer, columns between tabs."""
        done = subprocess.run([PROGRAMS[-1] / "psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-h", self.folder,
                               "-U", "postgres", "-d", database, "-c", sql], check=True, capture_output=True, text=True, timeout=120)
        return done.stdout.splitlines()

    def make(self, database):
        """An empty database of this name, in place of any that is there; its address."""
        self.ask("postgres", f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        self.ask("postgres", f'CREATE DATABASE "{database}"')
        return self.url(database)


SERVER = None


def setUpModule():
    """A test module imports this and the next, so that its tests share one server."""
    global SERVER
    if not missing():
        SERVER = Server()


def tearDownModule():
    if SERVER:
        SERVER.stop()


class Case(kharita.Case):
    """A test that needs the server."""

    def setUp(self):
        super().setUp()
        if not SERVER:
            self.skipTest(missing())
