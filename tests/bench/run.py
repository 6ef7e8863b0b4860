#!/usr/bin/env python3
"""Benchmark: imports beside the floor and a plain client, in one run on one machine.

usage: run.py [--students 10000,100000] [--rounds 3] [--think 100] [--no-client] [--lumenport PATH] [--sim PATH]

Every number is a ratio to F, the time curl takes to fetch the same pages over https with four
connections to /dev/null just before. The middle of the rounds counts; the machine may be busy.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

PAGE = 10000
COLLECTIONS = ("orgs", "academicSessions", "demographics", "users", "courses", "classes", "enrollments")


class Sim:
    """The simulated Lumen Touch over https on a free port."""

    def __init__(self, binary, directory, students, think):
        self.ca = os.path.join(directory, "ca.pem")
        self.process = subprocess.Popen(
            [binary, "--https", "--ca-out", self.ca, "--students", str(students),
             "--think", str(think), "--lifetime", "3000"], stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[1]
        self.root = self.url + "/ims/oneroster/v1p1"

    def curl(self, *arguments):
        return subprocess.run(["curl", "-sS", "--cacert", self.ca, *arguments], check=True,
                              stdout=subprocess.PIPE, text=True).stdout

    def token(self):
        return json.loads(self.curl("-u", "demo:demo-secret", "-d", "grant_type=client_credentials",
                                    self.root + "/token"))["access_token"]

    def pages(self):
        """A curl configuration that fetches every page; asking for totals renders all."""
        lines = []
        for collection in COLLECTIONS:
            head = self.curl("-D", "-", "-o", os.devnull, "-H", "Authorization: Bearer " + self.token(),
                             f"{self.root}/{collection}?limit=1")
            total = next(int(h.split(":")[1]) for h in head.splitlines() if h.lower().startswith("x-total-count"))
            for offset in range(0, total, PAGE):
                lines += [f'url = "{self.root}/{collection}?limit={PAGE}&offset={offset}"',
                          f'output = "{os.devnull}"']
        return "\n".join(lines)

    def set_day(self, day):
        self.curl("-X", "POST", f"{self.url}/sim/set?day={day}")

    def stop(self):
        self.process.terminate()
        self.process.wait()


def timed(command, **options):
    """Seconds and peak megabytes of a command."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **options)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed with status {status}: {output.decode()[:500]}")
    return time.monotonic() - began, usage.ru_maxrss / 1024, output


class Bench:
    def __init__(self, options, directory, students, think):
        self.options, self.directory = options, directory
        self.sim = Sim(options.sim, directory, students, think)
        self.lines = {}
        self.records = 0

    def note(self, name, seconds, floor, megabytes):
        self.lines.setdefault(name, []).append((seconds, seconds / floor, megabytes))

    def floor(self):
        pages = os.path.join(self.directory, "pages")
        with open(pages, "w", encoding="ascii") as file:
            file.write(self.sim.pages())
        seconds, megabytes, _ = timed(
            ["curl", "-sS", "--cacert", self.sim.ca, "-Z", "--parallel-max", "4", "--http1.1", "-H",
             "Authorization: Bearer " + self.sim.token(), "-K", pages])
        self.note("F: curl, 4 connections, to /dev/null", seconds, seconds, megabytes)
        return seconds

    def lumenport(self, *arguments, **options):
        return timed([self.options.lumenport, "--config", self.directory + "/conf", "--state",
                      self.directory + "/state", *arguments], **options)

    def set_up(self):
        shutil.rmtree(self.directory + "/state", ignore_errors=True)
        for name in os.listdir(self.directory):
            if name.startswith("conf"):
                os.unlink(os.path.join(self.directory, name))
        self.lumenport("app", "add", "lumen-touch", "--name", "bench", "--url", self.sim.url,
                       "--client-id", "demo", "--set", "ca_bundle=" + self.sim.ca)
        secret = subprocess.Popen(["echo", "demo-secret"], stdout=subprocess.PIPE)
        self.lumenport("secret", "set", "bench", stdin=secret.stdout)
        self.lumenport("terms", "accept", "bench")
        self.lumenport("schools", "bench", "--auto")

    def set_rules(self):
        """Rules of every kind, on the types with the most records, that let nearly all in."""
        self.lumenport(
            "map", "bench", "student.email=first(email, metadata.mail) | lower",
            "student.username=username | trim | lower", "teacher.email=email | lower",
            "contact.email=email | lower", "class.title=title | trim",
            "student.gradeLevel=grades | grades(plain)")
        self.lumenport("require", "bench", "student.email=report", "student.phone=report",
                       "student.birthDate=report, mask year", "contact.phone=report, mask fixed",
                       "teacher.email=skip", "class.location=report")
        self.lumenport("filter", "bench", "--add", "student", "Somebody", "--where", "lastName is not empty",
                       "--where", "username does not contain zzzz")
        self.lumenport("filter", "bench", "--add", "class", "Titled", "--where", "title is not empty")
        self.lumenport("filter", "bench", "--add", "contact", "Named", "--where", "firstName is not empty")

    def run(self, name, floor):
        seconds, megabytes, output = self.lumenport("run", "bench", "--json")
        result = json.loads(output)
        self.records = sum(c["total"] for c in result["counts"].values())
        self.note(name, seconds, floor, megabytes)

    def export(self, floor):
        target = self.directory + "/out"
        shutil.rmtree(target, ignore_errors=True)
        seconds, megabytes, _ = self.lumenport("export", "--to", target)
        self.note("lumenport, export to a folder", seconds, floor, megabytes)
        seconds, megabytes, _ = self.lumenport("export", "--zip", target + ".zip")
        self.note("lumenport, export to a zip", seconds, floor, megabytes)

    def client(self, floor):
        database = self.directory + "/client.db"
        for name, day in (("Python client, first", 0), ("Python client, again", 0)):
            if name.endswith("first") and os.path.exists(database):
                os.unlink(database)
            seconds, megabytes, _ = timed(
                [sys.executable, os.path.join(os.path.dirname(__file__), "client.py"), self.sim.url,
                 self.sim.ca, database])
            self.note(name, seconds, floor, megabytes)

    def round(self):
        self.sim.set_day(0)
        floor = self.floor()
        self.set_up()
        self.run("lumenport, first import", floor)
        self.run("lumenport, nothing changed", floor)
        self.sim.set_day(1)
        self.sim.pages()
        self.run("lumenport, 1 % changed", floor)
        self.export(floor)
        self.sim.set_day(0)
        self.sim.pages()
        self.set_up()
        self.set_rules()
        self.run("lumenport, first import with rules of every kind", floor)
        if not self.options.no_client:
            self.sim.set_day(0)
            self.sim.pages()
            self.client(floor)

    def table(self):
        print(f"\n| {self.records:,} records | seconds | of F | a million records | peak MB |")
        print("|---|---|---|---|---|")
        for name, results in self.lines.items():
            seconds = statistics.median(r[0] for r in results)
            ratio = statistics.median(r[1] for r in results)
            peak = max(r[2] for r in results)
            print(f"| {name} | {seconds:.2f} | {ratio:.1f} | {seconds / self.records * 1e6:.2f} s | {peak:.0f} |")
        sys.stdout.flush()


def measure(options, students, think):
    directory = tempfile.mkdtemp(prefix="lumenport-bench-")
    bench = Bench(options, directory, students, think)
    try:
        for _ in range(options.rounds):
            bench.round()
        print(f"\n{students:,} students, {think} ms of think time a page, {options.rounds} rounds:")
        bench.table()
    finally:
        bench.sim.stop()
        shutil.rmtree(directory)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--students", default="10000,100000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--think", type=int, default=100, help="0: not measured with think time")
    parser.add_argument("--no-client", action="store_true")
    parser.add_argument("--lumenport", default="./lumenport")
    parser.add_argument("--sim", default="build/lumensim")
    options = parser.parse_args()
    options.lumenport = os.path.abspath(options.lumenport)
    sizes = [int(size) for size in options.students.split(",")]
    for size in sizes:
        measure(options, size, 0)
    if options.think:
        options.no_client = True
        measure(options, sizes[-1], options.think)


main()
