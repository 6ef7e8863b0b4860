#!/usr/bin/env python3
"""A second OneRoster 1.1 server, by another hand than the simulator: rigid and minimal.

Signed on with OAuth 2 (client in the form only, token at /oauth/token). No X-Total-Count, no
Link, at most 100 rows a page, 10 by default, a 400 for any parameter but limit and offset, ids
as numbers, enrollments without school, users with one org, no demographics, courses not
permitted. Prints "ready ORIGIN".
"""
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

CLIENT, SECRET, TOKEN = "demo", sys.argv[1], "rigid-token-1"
ROOT = "/sis/ims/oneroster/v1p1"
WHEN = "2026-08-01T00:00:00.000Z"


def row(number, **more):
    return {"sourcedId": number, "status": "active", "dateLastModified": WHEN, **more}


def ref(number):
    return {"sourcedId": number}


ORGS = [row(1, name="District", type="district", identifier=None, parent=None),
        row(2, name="North School", type="school", identifier=2, parent=ref(1)),
        row(3, name="South School", type="school", identifier=3, parent=ref(1))]
SESSIONS = [row(10, title="Year", type="schoolYear", startDate="2026-08-01",
                endDate="2027-06-30", schoolYear=2027)]
USERS = [row(100 + i, enabledUser=True, username=f"u{i}", givenName=f"Given {i}",
             familyName="O'Neil, Jr.", role="teacher" if i < 3 else "student",
             orgs=[ref(2 + i % 2)], grades=[] if i < 3 else [str(i % 12 + 1)])
         for i in range(20)]
CLASSES = [row(50 + i, title=f"Class {i}", course=ref(7), school=ref(2 + i % 2), terms=[ref(10)],
               classType="scheduled") for i in range(4)]
# A class is of one school, so pupils of either are in it.
ENROLLMENTS = [row(1000 + 10 * i + j, user=ref(100 + i), **{"class": ref(50 + j)},
                   role="teacher" if i < 3 else "student", primary=i < 3)
               for i in range(20) for j in range(4) if i % 2 == j % 2]
COLLECTIONS = {"orgs": ("orgs", ORGS), "schools": ("orgs", ORGS[1:]),
               "academicSessions": ("academicSessions", SESSIONS), "users": ("users", USERS),
               "classes": ("classes", CLASSES), "enrollments": ("enrollments", ENROLLMENTS)}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if self.path != "/oauth/token":
            return self.answer(404, {"error": "not here"})
        if form.get("client_id") != [CLIENT] or form.get("client_secret") != [SECRET]:
            return self.answer(400, {"error": "invalid_client"})
        return self.answer(200, {"access_token": TOKEN, "token_type": "bearer"})

    def do_GET(self):
        url = urlsplit(self.path)
        name = url.path.removeprefix(ROOT + "/")
        if not url.path.startswith(ROOT + "/"):
            return self.answer(404, {"error": "not found"})
        if self.headers.get("Authorization") != "Bearer " + TOKEN:
            return self.answer(401, {"error": "unauthorized"})
        if name == "courses":
            return self.answer(403, {"error": "forbidden"})
        if name not in COLLECTIONS:
            return self.answer(404, {"error": "no such collection"})
        query = parse_qs(url.query)
        if set(query) - {"limit", "offset"}:
            return self.answer(400, {"error": "unknown parameter"})
        key, rows = COLLECTIONS[name]
        limit = min(int(query.get("limit", ["10"])[0]), 100)
        offset = int(query.get("offset", ["0"])[0])
        return self.answer(200, {key: rows[offset:offset + limit]})


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(f"ready http://127.0.0.1:{server.server_address[1]}", flush=True)
server.serve_forever()
