"""A dispatch by the module diglot.  usage: page.py DISPATCH PDF"""
import os
import sys

import diglot

path, pdf = sys.argv[1:]
with open(path, "rb") as dispatch:
    result = diglot.convert(dispatch.read(), name=os.path.basename(path))
for message in result.messages:
    print(message, file=sys.stderr)
if not result.ok:
    sys.exit(1)
with open(pdf, "wb") as out:
    out.write(result.data)
print(result.pages, "pages,", *result.roles("headline", 0))
