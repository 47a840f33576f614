#!/bin/bash
# The OCI image run as it says of itself, by runc, with a root that cannot be written and no capabilities: it is not root's, makes a PDF and
# a page in the work folder, writes nowhere else, and says what it is.  usage: image.sh FILE; for root.
set -eu
file=$(realpath "$1")
cd "$(dirname "$0")/.."
tree=$(mktemp -d /var/tmp/diglot-image.XXXXXX)
trap 'rm -rf "$tree"' EXIT

mkdir "$tree/layout" "$tree/work"
tar xf "$file" -C "$tree/layout"
umoci unpack --image "$tree/layout:latest" "$tree/bundle" >/dev/null
cp tests/samples/flood-en-ar.txt tests/samples/railway-en-he.txt "$tree/work/"
chown -R 10001:10001 "$tree/work"

# PROGRAM... in place of what the image starts where there is a "--" before it; else its arguments.
n=0
run ()
{
  n=$((n + 1))
  python3 - "$tree" "$@" <<'PYTHON'
import json, sys
tree, arguments = sys.argv[1], sys.argv[2:]
with open(tree + "/bundle/config.json") as file:
    config = json.load(file)
process = config["process"]
process["args"] = arguments[1:] if arguments[:1] == ["--"] else ["/usr/bin/diglot"] + arguments
process["terminal"] = False
process["noNewPrivileges"] = True
process["capabilities"] = {}
config["root"]["readonly"] = True
config["mounts"] = [m for m in config["mounts"] if m["destination"] != "/work"]
config["mounts"].append({"destination": "/work", "type": "bind", "source": tree + "/work", "options": ["rbind", "rw"]})
with open(tree + "/bundle/run.json", "w") as file:
    json.dump(config, file)
PYTHON
  mv "$tree/bundle/run.json" "$tree/bundle/config.json"
  runc --root "$tree/state" run --bundle "$tree/bundle" "diglot-$$-$n" </dev/null
}
fail () { echo "the image: $*" >&2; exit 1; }

run --version | grep -q '^diglot ' || fail 'it does not say what it is'
[ "$(run -- /usr/bin/id -u)" = 10001 ] || fail 'it runs as somebody else'
run -- /bin/sh -c '! touch /x /usr/x 2>/dev/null && touch /work/y' || fail 'its root can be written, or its work folder cannot'
run flood-en-ar.txt railway-en-he.txt || fail 'it typesets nothing'
run -o flood.png flood-en-ar.txt || fail 'it paints nothing'
for pdf in flood-en-ar railway-en-he; do
  head -c 5 "$tree/work/$pdf.pdf" | grep -q '^%PDF-' || fail "$pdf.pdf is none"
done
pdftotext "$tree/work/flood-en-ar.pdf" - | grep -q Safsaf || fail 'the text does not come back'
ls "$tree"/work/flood*.png >/dev/null || fail 'there is no page as a picture'
echo "the image runs: $(du -h "$file" | cut -f 1) packed, $(du -sh "$tree/bundle/rootfs" | cut -f 1) unpacked"
