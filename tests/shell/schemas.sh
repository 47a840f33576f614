#!/bin/bash
# What Diglot writes and reads as JSON besides --to json (schema.sh) is what docs/*.schema.json say: report, messages, alignments, a worker's jobs and answers, template keys.
set -u
cd "$(dirname "$0")/../.."
for python in python3 /usr/bin/python3; do
  "$python" -c 'import jsonschema' 2>/dev/null && break
done
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
diglot=${DIGLOT_BUILD:-build}/diglot

printf 'One language\nIt says the same thing once only.\n' >"$tree/one.txt"
: >"$tree/empty.txt"
"$diglot" -o "$tree/out/" --report "$tree/report" --times --diagnostics json tests/samples "$tree/one.txt" "$tree/empty.txt" 2>"$tree/messages"
"$diglot" -u -t png --set png.dpi=20 -o "$tree/png/" --report "$tree/report-png" -q tests/samples 2>/dev/null
"$diglot" -t html -o "$tree/html/" --report "$tree/report-html" -q tests/samples 2>/dev/null
"$diglot" --diagnostics=json --outptu 2>>"$tree/messages"
"$diglot" -t json -o "$tree/align.json" tests/samples/flood-en-ar.txt
cat >"$tree/jobs" <<JOBS
{"input": "tests/samples/flood-en-ar.txt"}
{"id": "b", "input": "tests/samples/flood-en-ar.txt", "output": "b.pdf", "template": "book", "set": {"page.size": "a5", "marks.notes": true, "png.dpi": 30}}
{"id": {"any": [1]}, "text": "One language\\nIt says the same thing once only.\\n", "name": "c.txt", "format": "check", "strict": true}
{"id": null, "base64": "aGVsbG8K", "format": "png", "profile": "screen", "timeout": 5, "memory": 500}
{"input": "tests/samples/flood-en-ar.txt", "format": "json", "align": $(cat "$tree/align.json"), "lang": "en,ar", "encoding": "utf-8", "date": "0"}
JOBS
cat >"$tree/list.jsonl" <<JOBS
{"input": "tests/samples/flood-en-ar.txt"}
{"input": "tests/samples/flood-en-ar.txt", "output": "listed/b.pdf", "template": "book", "languages": ["en", "ar"]}
{"input": "tests/samples/flood-en-ar.txt", "output": "listed/c.pdf", "template": null, "languages": "en,ar"}
JOBS
"$diglot" --job-list "$tree/list.jsonl" -q -o "$tree/out/" || echo "not ok - the list is taken"
"$diglot" --worker -j 1 -o "$tree/out/" <"$tree/jobs" >"$tree/answers"

"$python" -W ignore - "$tree" <<'PYTHON'
import json, jsonschema, pathlib, sys

tree = pathlib.Path(sys.argv[1])
schemas = {path.name: json.loads(path.read_text()) for path in pathlib.Path("docs").glob("*.schema.json")}
n = failed = 0

def tell(name, wrong):
    global n, failed
    n += 1
    print("%s %d - %s" % ("not ok" if wrong else "ok", n, name))
    for line in (wrong if isinstance(wrong, list) else [])[:10]:
        print("#", line)
    failed += bool(wrong)

def validator(name, part=None):
    schema = dict(schemas[name])
    if part:
        schema["$defs"] = dict(schema["$defs"])
        schema.pop("oneOf")
        schema["$ref"] = "#/$defs/" + part
    resolver = jsonschema.RefResolver(name, schema, store=schemas)
    return jsonschema.Draft202012Validator(schema, resolver=resolver)

def check(name, path, least, schema, part=None):
    lines = [json.loads(line) for line in (tree / path).read_text().splitlines()]
    wrong = ["%s: %s" % (error.json_path, error.message[:200]) for line in lines for error in validator(schema, part).iter_errors(line)]
    tell("%s: %d lines" % (name, len(lines)), wrong or len(lines) < least)

for name, schema in schemas.items():
    jsonschema.Draft202012Validator.check_schema(schema)
check("a report with times", "report", 10, "report.schema.json")
check("a report of pages", "report-png", 8, "report.schema.json")
check("a report of a site", "report-html", 8, "report.schema.json")
check("messages", "messages", 3, "diagnostics.schema.json")
check("an alignment", "align.json", 1, "alignment.schema.json")
check("jobs", "jobs", 5, "worker.schema.json", "job")
check("a list of jobs", "list.jsonl", 3, "joblist.schema.json")
check("answers", "answers", 5, "worker.schema.json", "answer")

wrong = [job for job in ({"input": "a", "text": "b"}, {}, {"input": "a", "tempalte": "b"}, {"input": "a", "set": {"page.siez": "a5"}}, {"input": "a", "timeout": 0})
         if validator("worker.schema.json", "job").is_valid(job)]
tell("jobs that are none", wrong)
wrong = [job for job in ({}, {"output": "b.pdf"}, {"input": "a", "tempalte": "b"}, {"input": "a", "languages": ["en"]}, {"input": 1})
         if validator("joblist.schema.json").is_valid(job)]
tell("lines of a list that are none", wrong)
print("1..%d" % n)
sys.exit(failed > 0)
PYTHON
