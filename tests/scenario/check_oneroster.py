"""Reads a folder of OneRoster 1.1 or 1.2 CSV, or of Basic Roster, as a strict consumer would:
columns, required values, vocabulary, references, manifest. Prints the rows of each file as JSON,
or what is wrong. A set of changes has its status and date looked at, not where it refers to."""
import csv
import io
import json
import os
import re
import sys

COMMON = "sourcedId,status,dateLastModified,"
HEADERS = {
    "orgs": COMMON + "name,type,identifier,parentSourcedId",
    "academicSessions": COMMON + "title,type,startDate,endDate,parentSourcedId,schoolYear",
    "courses": COMMON + "schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes",
    "classes": COMMON + "title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods",
    "users": COMMON + "enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password",
    "enrollments": COMMON + "classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
    "demographics": COMMON + "birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus",
}
HEADERS_12 = {
    "users": COMMON + "enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns",
    "roles": COMMON + "userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId",
}
HEADERS_BASIC = {
    "schools": "School_id,School_name,School_number,State_id,Low_grade,High_grade,Principal,Principal_email,School_address,School_city,School_state,School_zip,School_phone",
    "students": "School_id,Student_id,Student_number,State_id,Last_name,Middle_name,First_name,Grade,Gender,Graduation_year,DOB,Race,Hispanic_Latino,Home_language,Ell_status,Frl_status,IEP_status,Student_street,Student_city,Student_state,Student_zip,Student_email,Contact_relationship,Contact_type,Contact_name,Contact_phone,Contact_phone_type,Contact_email,Contact_sis_id,Username,Password",
    "teachers": "School_id,Teacher_id,Teacher_number,State_teacher_id,Teacher_email,First_name,Middle_name,Last_name,Title,Username,Password",
    "sections": "School_id,Section_id,Teacher_id," + "".join("Teacher_%d_id," % n for n in range(2, 11)) + "Name,Section_number,Grade,Course_name,Course_number,Course_description,Period,Subject,Term_name,Term_start,Term_end",
    "enrollments": "School_id,Section_id,Student_id",
    "staff": "School_id,Staff_id,Staff_email,First_name,Last_name,Department,Title,Username,Password,Role",
}
REQUIRED = {
    "orgs": "name type",
    "academicSessions": "title type startDate endDate schoolYear",
    "courses": "title orgSourcedId",
    "classes": "title courseSourcedId classType schoolSourcedId termSourcedIds",
    "users": "enabledUser orgSourcedIds role username givenName familyName",
    "roles": "userSourcedId roleType role orgSourcedId",
    "enrollments": "classSourcedId schoolSourcedId userSourcedId role",
    "demographics": "",
    "schools": "School_id School_name",
    "students": "School_id Student_id Last_name First_name",
    "teachers": "School_id Teacher_id Last_name First_name",
    "sections": "School_id Section_id Name",
    "staff": "School_id Staff_id Last_name First_name",
}
REFERENCES = {
    "orgs": {"parentSourcedId": "orgs"},
    "academicSessions": {"parentSourcedId": "academicSessions"},
    "courses": {"schoolYearSourcedId": "academicSessions", "orgSourcedId": "orgs"},
    "classes": {"courseSourcedId": "courses", "schoolSourcedId": "orgs", "termSourcedIds": "academicSessions"},
    "users": {"orgSourcedIds": "orgs", "primaryOrgSourcedId": "orgs", "agentSourcedIds": "users"},
    "roles": {"userSourcedId": "users", "orgSourcedId": "orgs"},
    "enrollments": {"classSourcedId": "classes", "schoolSourcedId": "orgs", "userSourcedId": "users"},
    "demographics": {"sourcedId": "users"},
}
SCHOOL = {"School_id": "schools"}
REFERENCES_BASIC = {
    "schools": {},
    "students": SCHOOL,
    "teachers": SCHOOL,
    "staff": SCHOOL,
    "sections": {**SCHOOL, "Teacher_id": "teachers", **{"Teacher_%d_id" % n: "teachers" for n in range(2, 11)}},
    "enrollments": {**SCHOOL, "Section_id": "sections", "Student_id": "students"},
}
IDS_BASIC = {"schools": "School_id", "students": "Student_id", "teachers": "Teacher_id", "sections": "Section_id", "staff": "Staff_id"}
WORDS = {
    ("orgs", "type"): "department school district local state national",
    ("academicSessions", "type"): "gradingPeriod semester schoolYear term",
    ("classes", "classType"): "homeroom scheduled",
    ("users", "enabledUser"): "true false",
    ("enrollments", "role"): "administrator proctor student teacher",
    ("enrollments", "primary"): "true false",
}
WORDS_11 = {("users", "role"): "administrator aide guardian parent proctor relative student teacher"}
WORDS_12 = {
    ("roles", "roleType"): "primary secondary",
    ("roles", "role"): "aide counselor districtAdministrator guardian parent principal proctor relative siteAdministrator student systemAdministrator teacher",
}
WORDS_BASIC = {("students", "Gender"): "M F X", ("students", "Hispanic_Latino"): "Y N"}
MANIFEST = """academicSessions categories classes classResources courses courseResources
demographics enrollments lineItems orgs resources results users""".split()
MANIFEST_12 = MANIFEST + """lineItemLearningObjectiveIds lineItemScoreScales resultLearningObjectiveIds
resultScoreScales roles scoreScales userProfiles userResources""".split()

# References: where the source's lead nowhere, nothing is invented.
MAY_LACK = {"orgSourcedIds", "termSourcedIds", "courseSourcedId", "orgSourcedId"}

wrong = []


def fault(text):
    if len(wrong) < 20:
        wrong.append(text)


def read(folder, name, header):
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
    want = header.split(",")
    if head[: len(want)] != want or not all(h.startswith("metadata.") for h in head[len(want) :]):
        fault("%s: columns %s" % (name, head))
    for row in rows[1:]:
        if len(row) != len(head):
            fault("%s: a row of %d cells: %s" % (name, len(row), row))
    return [dict(zip(head, row)) for row in rows[1:]]


def check_words(files, words):
    for (name, column), allowed in words.items():
        for row in files[name] or []:
            if row[column] and row[column] not in allowed.split():
                fault("%s: %s is %r" % (name, column, row[column]))


def check_references(files, known, references):
    for name, columns in references.items():
        for row in files.get(name) or []:
            for column, target in columns.items():
                for item in filter(None, row.get(column, "").split(",")):
                    if item not in known[target]:
                        fault("%s: %s %s leads nowhere" % (name, column, item))


def check_required(files):
    for name, rows in files.items():
        for row in rows or []:
            for column in REQUIRED.get(name, "").split():
                if column in row and not row[column] and column not in MAY_LACK:
                    fault("%s: %s is empty" % (name, column))


def check_status(files, changes):
    for name, rows in files.items():
        for row in rows or []:
            where = "%s %s" % (name, row["sourcedId"])
            if not changes and (row["status"] or row["dateLastModified"]):
                fault(where + ": status or date in a bulk file")
            if changes and row["status"] not in ("active", "tobedeleted"):
                fault(where + ": status %r in a set of changes" % row["status"])
            if changes and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", row["dateLastModified"]):
                fault(where + ": date %r in a set of changes" % row["dateLastModified"])


def check_manifest(folder, said, names):
    kinds = {said.get("file." + name) for name in names} - {"absent"}
    if said.get("manifest.version") != "1.0" or len(kinds) > 1 or not kinds <= {"bulk", "delta"}:
        fault("manifest: %s" % said)
    for name in names:
        there = os.path.exists(os.path.join(folder, name + ".csv"))
        if (said.get("file." + name) != "absent") != there:
            fault("manifest: file.%s is %s" % (name, said.get("file." + name)))
    return "delta" in kinds


def check_primary_roles(files):
    primary = [row["userSourcedId"] for row in files["roles"] or [] if row["roleType"] == "primary"]
    if sorted(primary) != sorted(row["sourcedId"] for row in files["users"] or []):
        fault("roles: not exactly one primary role for each user")


def oneroster(folder):
    said = {row["propertyName"]: row["value"] for row in read(folder, "manifest", "propertyName,value")}
    new = said.get("oneroster.version") == "1.2"
    if not new and said.get("oneroster.version") != "1.1":
        fault("manifest: %s" % said)
    headers = {**HEADERS, **(HEADERS_12 if new else {})}
    files = {name: read(folder, name, header) for name, header in headers.items()}
    changes = check_manifest(folder, said, MANIFEST_12 if new else MANIFEST)
    ids = {name: [row["sourcedId"] for row in rows or []] for name, rows in files.items()}
    for name, list_ in ids.items():
        if len(set(list_)) != len(list_):
            fault(name + ": an id twice")
    check_status(files, changes)
    check_required(files)
    check_words(files, {**WORDS, **(WORDS_12 if new else WORDS_11)})
    if not changes:
        check_references(files, {name: set(list_) for name, list_ in ids.items()}, REFERENCES)
        if new:
            check_primary_roles(files)
    return files


def basic(folder):
    files = {name: read(folder, name, header) for name, header in HEADERS_BASIC.items()}
    known = {name: {row[column] for row in files[name] or []} for name, column in IDS_BASIC.items()}
    for name, rows in files.items():
        if len({tuple(row.values()) for row in rows or []}) != len(rows or []):
            fault(name + ": a row twice")
        for row in rows or []:
            for column in ("DOB", "Term_start", "Term_end"):
                if row.get(column) and not re.fullmatch(r"\d\d/\d\d/\d{4}", row[column]):
                    fault("%s: %s is %r" % (name, column, row[column]))
            if row.get("Password"):
                fault(name + ": a password")
    check_required(files)
    check_words(files, WORDS_BASIC)
    check_references(files, known, REFERENCES_BASIC)
    return files


def main(folder):
    files = (oneroster if os.path.exists(os.path.join(folder, "manifest.csv")) else basic)(folder)
    if wrong:
        print("\n".join(wrong))
        sys.exit(1)
    print(json.dumps({name: len(rows or []) for name, rows in files.items()}))


main(sys.argv[1])
