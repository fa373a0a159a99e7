#!/usr/bin/env python3
"""Sets the line numbers of the links from docs/*.md into the sources: [`code`](../path#L12) points at the line that has
the code. Run it after edits have moved lines; DocumentationTest checks the outcome."""

import re
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
LINK = re.compile(r"\[`([^`]+)`\]\(([^)#]+)#L(\d+)\)")


def main():
    missing = 0
    for page in sorted(DOCS.glob("*.md")):

        def relink(match):
            nonlocal missing
            code, path, line = match[1], match[2], int(match[3])
            lines = (page.parent / path).read_text().splitlines()
            found = [i + 1 for i, text in enumerate(lines) if code in text]
            if not found:
                missing += 1
                print(f"{page.name}: `{code}` is nowhere in {path}: mend the text", file=sys.stderr)
                return match[0]
            return f"[`{code}`]({path}#L{min(found, key=lambda place: abs(place - line))})"

        text = page.read_text()
        changed = LINK.sub(relink, text)
        if changed != text:
            page.write_text(changed)
            print(f"{page.name}: links set")
    sys.exit(1 if missing else 0)


main()
