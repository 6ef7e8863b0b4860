"""Lays sets of changes over a bulk set, in order, and compares with another bulk set.
usage: apply_delta.py BEFORE CHANGES... NOW. Says what differs, if anything does."""
import csv
import os
import sys


def read(folder):
    rows = {}
    for name in sorted(os.listdir(folder)):
        if name != "manifest.csv":
            with open(os.path.join(folder, name), newline="", encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    key = (name, row["sourcedId"])
                    assert key not in rows, key
                    rows[key] = {k: v for k, v in row.items() if v}
    return rows


state = read(sys.argv[1])
for folder in sys.argv[2:-1]:
    for key, row in read(folder).items():
        status = row.pop("status")
        row.pop("dateLastModified")
        if status == "tobedeleted":
            assert key in state, "%s deletes what is not there: %s" % (folder, key)
            del state[key]
        else:
            assert state.get(key) != row, "%s tells what did not change: %s" % (folder, key)
            state[key] = row
now = read(sys.argv[-1])
different = [key for key in state.keys() | now.keys() if state.get(key) != now.get(key)]
for key in sorted(different)[:10]:
    print(key, state.get(key), now.get(key))
print("%d rows, %d differ" % (len(now), len(different)))
sys.exit(bool(different))
