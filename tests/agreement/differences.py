#!/usr/bin/env python3
"""Checks the differences of a built site against the repository that it was built from. Run on request:

    polder build REPOSITORY --out OUT --no-cache
    polder export REPOSITORY > records.jsonl
    tests/agreement/differences.py REPOSITORY OUT records.jsonl [how many, 200]

For revisions chosen at random, but always the same ones:

- source: the lines that a page shows are a patch; applied to the text before the commit (that of one of its parents) it
  must give the text after it, byte for byte;
- text: the words that a page shows without what is in <del> stand in the file after the commit, in this order, and those without
  what is in <ins> in the file before it; where it says that parts are unchanged, some are left out.

Texts that a page shows otherwise than they are (e-mail addresses in front matter, control characters) are counted apart.
"""
import html
import json
import random
import re
import subprocess
import sys
from pathlib import Path


def git(repository, *arguments):
    done = subprocess.run(["git", "-C", repository, *arguments], capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None


def text_of(blob):
    return blob.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def patched(before, patch):
    """Applies what a page shows of the source; None if it does not fit."""
    old = before.split("\n")
    old = [line + "\n" for line in old[:-1]] + ([old[-1]] if old[-1] else [])
    new, at, last = [], 0, " "
    for line in patch.split("\n"):
        head = re.fullmatch(r"@@ -(\d+),(\d+) \+\d+,\d+ @@", line)
        if head:
            start = int(head[1]) - (1 if int(head[2]) else 0)
            new += old[at:start]
            at = start
            continue
        sign, rest = line[:1], line[1:]
        if sign == "\\":
            if last != "-":
                new[-1] = new[-1].removesuffix("\n")
        elif sign in " -":
            if at >= len(old) or old[at].removesuffix("\n") != rest:
                return None
            if sign == " ":
                new.append(rest + "\n")
            at += 1
        elif sign == "+":
            new.append(rest + "\n")
        last = sign
    return "".join(new + old[at:])


def part(page, start, end):
    found = page.find(start)
    return page[found + len(start):page.find(end, found)] if found >= 0 else None


def source_of(page):
    source = part(page, '<pre class="source" tabindex="0"><code>', "</code></pre>")
    if source is None:
        return None
    return html.unescape(re.sub("<[^>]*>", "", source)).removesuffix("\n").replace("␍\n", "\r\n")


def side_of(page, other):
    """The words of the rendered text without one of its sides."""
    text = part(page, '<div class="body compared', "\n</div>\n</section>")
    if text is None:
        return None
    text = text.split(">", 1)[1]
    for own in (r"<summary>.*?</summary>", r'<span class="(?:sr|note|address)">.*?</span>', r'<p class="(?:note|alert-title|fold)">.*?</p>',
                r'<code class="markup">.*?</code>', rf"<{other}[ >].*?</{other}>"):
        text = re.sub(own, "", text, flags=re.S)
    text = re.sub(r"</(?:p|h\d|li|t[dhr]|dt|dd|pre|div)>|<br>", " ", text)
    return words(html.unescape(re.sub("<[^>]*>", "", text)))


def words(text):
    """The runs of letters and digits of a text, also of those that marks stand in: `impl`s."""
    return re.findall(r"\w+", re.sub(r"[`*_~\\]", "", text))


def stand_in(some, text):
    """Whether some words stand in a text, in their order."""
    rest = iter(words(html.unescape(text)))
    return all(word in rest for word in some)


def main():
    repository, out, records = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    most = int(sys.argv[4]) if len(sys.argv) > 4 else 200
    by_page = {}
    for line in open(records, encoding="utf-8"):
        record = json.loads(line)
        if record.get("type") == "revision":
            by_page.setdefault(record["page"], []).append(record)
    urls = {}
    for line in open(records, encoding="utf-8"):
        record = json.loads(line)
        if record.get("type") == "page":
            urls[record["id"]] = record["url"].strip("/")
    found = []
    for page, revisions in sorted(by_page.items()):
        for revision in revisions:
            folder = out / urls[page] / "history" / revision["commit"][:8]
            if (folder / "index.html").exists():
                found.append((revision, folder))
    random.Random(1).shuffle(found)
    counts = dict.fromkeys(["pages", "source agrees", "source wrong", "shown otherwise", "no source",
                            "text agrees", "text wrong"], 0)
    for revision, folder in found[:most]:
        counts["pages"] += 1
        shown = (folder / "index.html").read_text("utf-8")
        commit, path = revision["commit"], revision["path"]
        prefix = git(repository, "rev-parse", "--show-prefix").decode().strip()
        after = text_of(git(repository, "cat-file", "blob", f"{commit}:{prefix}{path}") or b"")
        patch = source_of(shown)
        if patch is None:
            counts["no source"] += 1
        else:
            parents = git(repository, "rev-list", "--parents", "-1", commit).decode().split()[1:]
            names = {f"{prefix}{path}"}
            for parent in parents:
                moved = git(repository, "diff", "--no-renames", "--name-only", "--diff-filter=D", "-z", parent, commit) or b""
                names |= {name for name in moved.decode("utf-8", "replace").split("\0") if name}
            texts = [git(repository, "cat-file", "blob", f"{parent}:{name}") for parent in parents for name in names]
            texts = [text_of(text) for text in texts if text is not None] + [""]
            if any(patched(text, patch) == after for text in texts):
                counts["source agrees"] += 1
            elif re.search(r"\S@\S|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "".join([after, *texts])):
                counts["shown otherwise"] += 1
            else:
                counts["source wrong"] += 1
                print(f"source: {folder}")
        new, old = side_of(shown, "del"), side_of(shown, "ins")
        if new is None or patch is None:
            continue
        if stand_in(new, after) and any(stand_in(old, text) for text in texts):
            counts["text agrees"] += 1
        else:
            counts["text wrong"] += 1
            print(f"text: {folder}")
    print(", ".join(f"{name}: {count}" for name, count in counts.items()))
    sys.exit(1 if counts["source wrong"] or counts["text wrong"] else 0)


main()
