#!/usr/bin/env python3
"""Makes places.tsv, person_names.tsv and bodies.tsv from the Phoenix actor dictionaries.

usage: phoenix.py FOLDER_OF_THE_DICTIONARIES   (run in assets/lexicons)

Sources: Phoenix.Countries.actors.txt (openeventdata/Dictionaries aa75b79b36f6, MIT, (c) 2014 Open Event Data
Alliance) and Phoenix.International.actors.txt (openeventdata/petrarch2 676801cd9cb2, MIT). LICENSE-PHOENIX.txt holds the notice.
"""
import collections, re, sys

folder = sys.argv[1]
SMALL = {"of", "the", "and", "for", "on", "in", "de", "la", "du", "des", "y", "al", "el", "e", "to", "a", "da", "do", "von", "van", "bin"}

def words(entry):
    entry = re.split(r"[;\[#{]", entry)[0].strip().strip("+").strip().strip("_").replace("_", " ").strip()
    return re.sub(r"\s+", " ", entry)

def title(name):
    out = []
    for at, word in enumerate(name.split(" ")):
        low = word.lower()
        if "." in word[:-1]: out.append(word)
        elif at and low in SMALL: out.append(low)
        else: out.append("-".join(p[:1].upper() + p[1:].lower() for p in word.split("-")))
    return " ".join(out)

states = [l.rstrip("\n").split("\t") for l in open("states.tsv", encoding="utf8") if not l.startswith("#")]
iso = {s[0] for s in states}
known = set()
for s in states:
    for field in s[1:]: known.update(x.lower() for x in field.split("|"))

places, first, last = {}, collections.Counter(), collections.Counter()
blocks, head, person = [], None, False
country = None
for line in open(f"{folder}/Phoenix.Countries.actors.txt", encoding="utf8"):
    if line.startswith("#") or not line.strip(): continue
    if line[0] not in "+\t ":
        person = "CountryInfo" in line
        code = re.search(r"\[([A-Z]{3})\]", line)
        if code and not person: country = code.group(1)
        elif not person: country = None
    if line[0] in "\t ": continue
    name = words(line)
    if not name: continue
    if person:
        parts = [p for p in title(re.sub(r",.*", "", name)).split(" ") if len(p) > 2 and "." not in p and p.lower() not in SMALL]
        if len(parts) >= 2:
            first[parts[0]] += 1
            last[parts[-1]] += 1
    elif country and name.lower() not in known and len(name) > 3 and re.fullmatch(r"[A-Za-z' -]+", name):
        places.setdefault(title(name), country)

head = "# Made by phoenix.py. Source: {}, (c) Open Event Data Alliance, MIT (LICENSE-PHOENIX.txt). Version: 1.\n# {}\n"
with open("places.tsv", "w", encoding="utf8") as f:
    f.write(head.format("Phoenix.Countries.actors.txt", "name\tiso3 (spellings, cities, regions, peoples of a state, mixed: a hint, no fact)"))
    for name in sorted(places): f.write(f"{name}\t{places[name]}\n")
with open("person_names.tsv", "w", encoding="utf8") as f:
    f.write(head.format("Phoenix.Countries.actors.txt", "word\thow often first\thow often last in the names of office holders"))
    for word in sorted(set(first) | set(last)):
        if first[word] + last[word] >= 2: f.write(f"{word}\t{first[word]}\t{last[word]}\n")
bodies = {}
pending = []
def flush(codes):
    kind = next((c for c in codes if re.match(r"(IGO|NGO|MNC|IMG)", c)), None)
    dated = any(re.search(r"\d{4}", c) for c in codes)
    if kind and not dated:
        for n in pending: bodies.setdefault(n, kind[:3])
for line in open(f"{folder}/Phoenix.International.actors.txt", encoding="utf8"):
    if line.startswith("#") or not line.strip(): continue
    codes = re.findall(r"\[([^\]]+)\]", line)
    if line[0] not in "\t ":
        name = words(line)
        if not line.startswith("+"): pending = []
        if name: pending.append(name)
    if codes: flush(codes)
out = {}
for name, kind in bodies.items():
    if len(name) < 3 or not re.fullmatch(r"[A-Za-z0-9'.& -]+", name): continue
    multi = " " in name
    shown = title(name) if multi or len(name) > 5 else name.upper()
    if shown.lower() not in known: out[shown] = kind
with open("bodies.tsv", "w", encoding="utf8") as f:
    f.write(head.format("Phoenix.International.actors.txt", "name\tIGO, NGO, MNC or IMG (international body, association, business, armed group)"))
    for name in sorted(out):
        if out[name] != "IMG": f.write(f"{name}\t{out[name]}\n")
