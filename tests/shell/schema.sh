#!/bin/bash
# What --to json writes is what docs/dispatch.schema.json says: for every sample and every golden input, in one language or two, with envelopes, dates of other
# calendars, several dispatches in a file, beads that an editor fixed.  The schema is strict here, so that no member goes undescribed.
set -u
cd "$(dirname "$0")/../.."
for python in python3 /usr/bin/python3; do
  "$python" -c 'import jsonschema' 2>/dev/null && break
done

for input in tests/samples/*.txt tests/golden/*/*.txt; do
  args=()
  [ -e "${input%.txt}.args" ] && mapfile -t args < <(grep -E '^--(lang|encoding)=' "${input%.txt}.args")
  [ -e "${input%.txt}.fix" ] && args+=(--align "${input%.txt}.fix")
  "${DIGLOT_BUILD:-build}/diglot" -t json -o - "${args[@]}" "$input" 2>/dev/null
done | "$python" -W ignore -c '
import json, jsonschema, sys

schema = json.load(open("docs/dispatch.schema.json"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
dispatches = [json.loads(line) for line in sys.stdin]

def members(value, path, found):
    for key, inner in (value.items() if isinstance(value, dict) else ((None, v) for v in value) if isinstance(value, list) else ()):
        found.add(path + "." + key) if key else None
        members(inner, path + ("." + key if key else ""), found)
    return found

tests = []
wrong = [(d["file"], e.json_path, e.message[:200]) for d in dispatches for e in validator.iter_errors(d)]
tests.append(("%d dispatches are as the schema says" % len(dispatches), len(dispatches) > 50 and not wrong, wrong))

broken = json.loads(json.dumps(dispatches[0]))
broken["beads"][0]["score"] = "sure"
broken["unknown"] = 1
tests.append(("the schema tells what is wrong", len(list(validator.iter_errors(broken))) == 2, []))

seen = set().union(*(members(d, "", set()) for d in dispatches))
needed = {".part.n", ".beads.fixed", ".dispatch.date.written.year", ".dispatch.envelope.format", ".dispatch.place.a", ".content_pairs.score", ".dispatch.notice.a"}
tests.append(("the inputs have the rare members too", needed <= seen, [("missing",) + tuple(sorted(needed - seen))]))

print("1..%d" % len(tests))
for n, (name, good, why) in enumerate(tests, 1):
    print("%s %d - %s" % ("ok" if good else "not ok", n, name))
    for line in [] if good else why[:20]:
        print("#", *line)
sys.exit(not all(good for _, good, _ in tests))
'
