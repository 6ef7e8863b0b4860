"""Reads a OneRoster 1.1 CSV folder as a strict consumer would: columns, required values,
vocabulary, references, manifest. Prints the rows of each file as JSON, or what is wrong."""
import csv
import io
import json
import os
import sys

HEADERS = {
    "orgs": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
    "academicSessions": "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear",
    "courses": "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes",
    "classes": "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods",
    "users": "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password",
    "enrollments": "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
    "demographics": "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus",
}
REQUIRED = {
    "orgs": "name type",
    "academicSessions": "title type startDate endDate schoolYear",
    "courses": "title orgSourcedId",
    "classes": "title courseSourcedId classType schoolSourcedId termSourcedIds",
    "users": "enabledUser orgSourcedIds role username givenName familyName",
    "enrollments": "classSourcedId schoolSourcedId userSourcedId role",
    "demographics": "",
}
REFERENCES = {
    "orgs": {"parentSourcedId": "orgs"},
    "academicSessions": {"parentSourcedId": "academicSessions"},
    "courses": {"schoolYearSourcedId": "academicSessions", "orgSourcedId": "orgs"},
    "classes": {"courseSourcedId": "courses", "schoolSourcedId": "orgs", "termSourcedIds": "academicSessions"},
    "users": {"orgSourcedIds": "orgs", "agentSourcedIds": "users"},
    "enrollments": {"classSourcedId": "classes", "schoolSourcedId": "orgs", "userSourcedId": "users"},
    "demographics": {"sourcedId": "users"},
}
WORDS = {
    ("orgs", "type"): "department school district local state national",
    ("academicSessions", "type"): "gradingPeriod semester schoolYear term",
    ("classes", "classType"): "homeroom scheduled",
    ("users", "role"): "administrator aide guardian parent proctor relative student teacher",
    ("users", "enabledUser"): "true false",
    ("enrollments", "role"): "administrator proctor student teacher",
    ("enrollments", "primary"): "true false",
}
MANIFEST = """academicSessions categories classes classResources courses courseResources
demographics enrollments lineItems orgs resources results users""".split()

# References: where the source's lead nowhere, nothing is invented.
MAY_LACK = {"orgSourcedIds", "termSourcedIds", "courseSourcedId", "orgSourcedId"}

wrong = []


def fault(text):
    if len(wrong) < 20:
        wrong.append(text)


def read(folder, name):
    path = os.path.join(folder, name + ".csv")
    if not os.path.exists(path):
        return None
    raw = open(path, "rb").read()
    if raw.startswith(b"\xef\xbb\xbf"):
        fault(name + ": begins with a byte order mark")
    if not raw.endswith(b"\r\n"):
        fault(name + ": does not end with CRLF")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8"), newline=""), strict=True))
    head = rows[0]
    want = HEADERS.get(name, "propertyName,value").split(",")
    if head[: len(want)] != want or not all(h.startswith("metadata.") for h in head[len(want) :]):
        fault("%s: columns %s" % (name, head))
    for row in rows[1:]:
        if len(row) != len(head):
            fault("%s: a row of %d cells: %s" % (name, len(row), row))
    return [dict(zip(head, row)) for row in rows[1:]]


def main(folder):
    files = {name: read(folder, name) for name in HEADERS}
    ids = {name: [row["sourcedId"] for row in rows or []] for name, rows in files.items()}
    known = {name: set(list_) for name, list_ in ids.items()}
    for name, rows in files.items():
        if len(known[name]) != len(ids[name]):
            fault(name + ": an id twice")
        for row in rows or []:
            where = "%s %s" % (name, row["sourcedId"])
            if row["status"] or row["dateLastModified"]:
                fault(where + ": status or date in a bulk file")
            for column, target in REFERENCES[name].items():
                for item in filter(None, row[column].split(",")):
                    if item not in known[target]:
                        fault("%s: %s %s leads nowhere" % (where, column, item))
            for column in REQUIRED[name].split():
                if not row[column] and column not in MAY_LACK:
                    fault("%s: %s is empty" % (where, column))
    for (name, column), words in WORDS.items():
        for row in files[name] or []:
            if row[column] and row[column] not in words.split():
                fault("%s %s: %s is %r" % (name, row["sourcedId"], column, row[column]))
    manifest = read(folder, "manifest") or []
    said = {row["propertyName"]: row["value"] for row in manifest}
    if said.get("manifest.version") != "1.0" or said.get("oneroster.version") != "1.1":
        fault("manifest: versions %s" % said)
    for name in MANIFEST:
        there = "bulk" if os.path.exists(os.path.join(folder, name + ".csv")) else "absent"
        if said.get("file." + name) != there:
            fault("manifest: file.%s is %s, not %s" % (name, said.get("file." + name), there))
    if wrong:
        print("\n".join(wrong))
        sys.exit(1)
    print(json.dumps({name: len(rows or []) for name, rows in files.items()}))


main(sys.argv[1])
