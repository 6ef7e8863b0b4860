#!/usr/bin/env python3
"""The realistic rival of the benchmark: a plain OneRoster client as an integrator would write it.

usage: client.py URL CA_FILE DATABASE

One connection, pages of 10,000, json, one upsert a record into sqlite3, a commit a page. No
checks, no rules, no comparison: less than an import does.
"""
import http.client
import json
import sqlite3
import ssl
import sys
import urllib.parse

COLLECTIONS = ("orgs", "academicSessions", "demographics", "users", "courses", "classes", "enrollments")


def main():
    url, ca_file, database = sys.argv[1:4]
    parts = urllib.parse.urlsplit(url)
    context = ssl.create_default_context(cafile=ca_file)
    connection = http.client.HTTPSConnection(parts.hostname, parts.port, context=context)
    root = "/ims/oneroster/v1p1"
    body = urllib.parse.urlencode({
        "grant_type": "client_credentials", "client_id": "demo", "client_secret": "demo-secret",
        "scope": "https://purl.imsglobal.org/spec/or/v1p1/scope/roster.readonly "
                 "https://purl.imsglobal.org/spec/or/v1p1/scope/roster-demographics.readonly"})
    connection.request("POST", root + "/token", body,
                       {"Content-Type": "application/x-www-form-urlencoded"})
    token = json.loads(connection.getresponse().read())["access_token"]
    db = sqlite3.connect(database)
    for collection in COLLECTIONS:
        db.execute(f"CREATE TABLE IF NOT EXISTS {collection} (id TEXT PRIMARY KEY, body TEXT)")
        offset = 0
        while True:
            connection.request("GET", f"{root}/{collection}?limit=10000&offset={offset}",
                               headers={"Authorization": "Bearer " + token})
            records = next(iter(json.loads(connection.getresponse().read()).values()))
            if not records:
                break
            db.executemany(f"INSERT OR REPLACE INTO {collection} VALUES (?, ?)",
                           ((r["sourcedId"], json.dumps(r)) for r in records))
            db.commit()
            offset += len(records)


main()
