# The records of a simulated source as the hub should have them: the table of attributes, written a
# second time, so that the tests do not ask the program what is right.
def ref: if . == null then null else .sourcedId end;
def refs: [.[]?.sourcedId] | unique;
def flag: if . == null then null else . == "true" or . == true end;
def listed: if . == null or . == [] then null else . end;
def tidy: with_entries(select(.value != null and .value != "" and .value != []));
def meta: (.metadata // {}) | with_entries(.key |= "metadata." + . | .value |= tostring);
def common: {sisId: .sourcedId, lastModified: .dateLastModified} + meta;

def kind: {student: "student", teacher: "teacher", aide: "teacher", proctor: "teacher",
  administrator: "admin", principal: "admin", counselor: "admin", siteAdministrator: "admin",
  districtAdministrator: "admin", systemAdministrator: "admin",
  parent: "contact", guardian: "contact", relative: "contact"}[.];

# [{kind, role, orgs}], the primary role's first
def sides:
  . as $u |
  if .roles then
    (.roles | sort_by(.roleType != "primary")) as $roles |
    reduce $roles[] as $r ([];
      ($r.role | kind) as $k | (map(.kind) | index($k)) as $i |
      if $k == null then .
      elif $i == null then . + [{kind: $k, role: $r.role, orgs: [$r.org.sourcedId]}]
      else .[$i].orgs += [$r.org.sourcedId] end)
  else [{kind: (.role | kind), role: .role, orgs: [.orgs[].sourcedId]}] | map(select(.kind)) end |
  map(.orgs |= reduce .[] as $o ([]; if index($o) then . else . + [$o] end));

def person($side): common + {
    entity: $side.kind, username, email, firstName: .givenName, middleName,
    lastName: .familyName, preferredFirstName, preferredMiddleName, preferredLastName, pronouns,
    stateId: ([.userIds[]? | select(.type == "stateId") | .identifier][0]),
    userIds: [.userIds[]? | "\(.type):\(.identifier)"],
    phone, sms, enabled: (.enabledUser | flag),
    schoolId: $side.orgs[0], otherSchoolIds: ($side.orgs[1:] | unique)};

($demographics | map({key: .sourcedId, value: .}) | from_entries) as $demographic |
([$users[] | . as $u | sides[] | {user: $u, side: .}]) as $people |
([$people[] | select(.side.kind == "student") | .user.sourcedId] |
  map({key: ., value: true}) | from_entries) as $student |
(reduce ($people[] | select(.side.kind == "student") | .user) as $s ({};
  reduce $s.agents[]?.sourcedId as $a (.; .[$a] += [$s.sourcedId]))) as $students_of |

($orgs[] | common + {entity: "school", name, schoolNumber: .identifier, type,
  parentId: (.parent | ref)}),
($sessions[] | common + {entity: "calendar", title, type, startDate, endDate,
  parentId: (.parent | ref), schoolYear: (.schoolYear | tostring)}),
($people[] | .side as $side | .user | if $side.kind == "student" then
    ($demographic[.sourcedId] // {}) as $d |
    person($side) + {studentNumber: .identifier, gradeLevel: .grades, contactIds: (.agents | refs),
      birthDate: $d.birthDate, gender: $d.sex, countryOfBirth: $d.countryOfBirthCode,
      stateOfBirth: $d.stateOfBirthAbbreviation, cityOfBirth: $d.cityOfBirth,
      residenceStatus: $d.publicSchoolResidenceStatus} +
    ($d | {americanIndianOrAlaskaNative, asian, blackOrAfricanAmerican,
      nativeHawaiianOrOtherPacificIslander, white, demographicRaceTwoOrMoreRaces,
      hispanicOrLatinoEthnicity} | map_values(flag))
  elif $side.kind == "contact" then
    person($side) + {contactNumber: .identifier, relationship: $side.role,
      studentIds: ([.agents[]?.sourcedId | select($student[.])] +
        ($students_of[.sourcedId] // []) | unique)}
  else person($side) + {staffNumber: .identifier, staffRole: $side.role} end),
($courses[] | common + {entity: "course", title, courseCode, grades, subjects, subjectCodes,
  schoolId: (.org | ref), schoolYearId: (.schoolYear | ref)}),
($classes[] | common + {entity: "class", title, classCode, classType, location, grades, subjects,
  subjectCodes, periods, courseId: (.course | ref), schoolId: (.school | ref),
  calendarIds: (.terms | refs)}),
($enrollments[] | common + {entity: "enrollment", classId: (.class | ref), userId: (.user | ref),
  schoolId: (.school | ref), role, primary: (.primary | flag), beginDate, endDate})
| tidy | to_entries | sort_by(.key) | from_entries
