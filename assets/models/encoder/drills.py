"""Made-up sports pages: result lists, tables, match reports, where a club or a team has the name of its city or state.
The texts that may train have next to none. Names come from the lexicons. usage: drills.py LEXICONS > drills.jsonl"""
import json, os, random, sys

LEX = sys.argv[1]
R = random.Random(7)


def rows(name):
    lines = open(os.path.join(LEX, name), encoding="utf8")
    return [line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#")]


STATES = [row for row in rows("states.tsv")]
COUNTRIES = [row[1] if len(row[0]) == 3 and row[0].isupper() else row[0] for row in STATES]
CITIES = sorted({row[0].title() for row in rows("places.tsv") if row[0].replace(" ", "").isalpha() and len(row[0]) > 3
                 and not set(row[0].lower().split()) & set("river desert plain cape lake mountains mount island islands gulf sea of".split())})
FIRST = [row[0] for row in rows("person_names.tsv") if row[0].isalpha() and len(row[0]) > 2 and int(row[1]) > 0]
SURNAMES = [row[0] for row in rows("person_names.tsv") if row[0].isalpha() and len(row[0]) > 3 and int(row[2]) > 0]
SUFFIX = "United City Rovers Athletic Wanderers Town Albion County Rangers FC Sporting Dynamo Spartak Olympic".split()
NICK = ("Lions Tigers Bears Hawks Eagles Kings Wolves Sharks Giants Royals Pirates Rockets Falcons Bulls Knights Chiefs Saints "
        "Warriors Comets Panthers Stars Blues Reds Senators Pioneers Redskins Steelers Mariners").split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SPORTS = "soccer football basketball baseball cricket hockey rugby tennis golf athletics cycling swimming volleyball".split()


class Text:
    def __init__(self):
        self.text, self.spans = "", []

    def add(self, *parts):
        for part in parts:
            words, kind = part if isinstance(part, tuple) else (part, None)
            start = len(self.text)
            self.text += words
            if kind:
                self.spans.append({"start": start, "end": len(self.text), "type": kind})
        return self


def city():
    return R.choice(CITIES)


def country():
    return R.choice(COUNTRIES)


def club():
    form = R.random()
    name = city() if form < 0.6 else f"{city()} {R.choice(SUFFIX)}" if form < 0.8 else f"{city()} {R.choice(NICK)}"
    return (name, "ORG")


def team():
    return (country(), "ORG")


def person(short=False):
    last = R.choice(SURNAMES)
    form = R.random()
    return (last if short else f"{R.choice(FIRST)[0]}. {last}" if form < 0.2 else f"{R.choice(FIRST)} {last}", "PERSON")


def pair():
    one = club if R.random() < 0.7 else team
    return one(), one()


def n(top=5):
    return str(R.randint(0, top))


def results(t):
    t.add(R.choice(["Results of ", "Standings after ", "Results from ", "Scores in "]), R.choice(["league", "cup", "first division", "national"]),
          " ", R.choice(SPORTS), " matches played on ", R.choice(DAYS), ":\n")
    high = R.random() < 0.3
    for _ in range(R.randint(3, 9)):
        a, b = pair()
        x, y = (str(R.randint(60, 120)), str(R.randint(60, 120))) if high else (n(), n())
        t.add(a, " ", x, " ", b, " ", y, R.choice(["\n", "\n", f" (halftime {n(2)}-{n(2)})\n", " (in extra time)\n"]))


def table(t):
    t.add(R.choice(["Standings (tabulate under: played, won, drawn, lost, goals for, against, points):\n", "Table:\n", "W L PCT GB\n", "Leading positions:\n"]))
    for k in range(R.randint(3, 9)):
        numbers = " ".join(str(R.randint(0, 60)) for _ in range(R.randint(3, 7)))
        t.add(R.choice(["", f"{k + 1}. "]), club() if R.random() < 0.8 else team(), " ", numbers, "\n")


def schedule(t):
    t.add(R.choice(["Fixtures on ", "Matches to be played on "]), R.choice(DAYS), ":\n")
    for _ in range(R.randint(2, 6)):
        a, b = pair()
        t.add(a, R.choice([" v ", " vs. ", " at ", " - "]), b, "\n")


def report(t):
    a, b = pair()
    town = (city(), "LOC")
    if R.random() < 0.5:
        t.add((town[0].upper(), "LOC"), " - ")
    t.add(a, R.choice([" beat ", " defeated ", " drew with ", " lost to ", " were held by ", " edged ", " crushed "]), b, f" {n()}-{n()} ",
          R.choice(["", f"(halftime {n(2)}-{n(2)}) "]), "in a ", R.choice(["league", "cup", "qualifying", "friendly", "second-round"]), " ",
          R.choice(["match", "game", "tie"]), R.choice([" in ", " at "]), town, " on ", R.choice(DAYS), ".\n")
    if R.random() < 0.6:
        t.add("Scorers: ", a, " - ", person(True), f" ({R.randint(1, 90)}), ", person(True), f" ({R.randint(1, 90)}); ", b, " - ", person(True),
              f" ({R.randint(1, 90)})\nAttendance: {R.randint(2, 60)},000\n")
    if R.random() < 0.7:
        t.add(person(), R.choice([" scored twice for ", " put ", " gave ", " kept goal for "]), a, R.choice([" after the break", " in the first half", ""]), " and ",
              b, R.choice([" never recovered", " had no answer", " equalised late"]), ".\n")
    if R.random() < 0.4:
        t.add("The visit of ", b, " to ", town, " ended in boos for coach ", person(), ", who left ", club(), " last year.\n")


def race(t):
    t.add(R.choice(["Leading results in the ", "Result of the "]), R.choice(["men's", "women's"]), f" {R.choice(['100', '200', '400', '800', '1,500'])} metres",
          " in ", (city(), "LOC"), ":\n")
    for k in range(R.randint(3, 7)):
        t.add(f"{k + 1}. ", person(), " (", (country(), "LOC"), f") {R.randint(9, 59)}.{R.randint(10, 99)}", R.choice([" seconds\n", "\n"]))


def tennis(t):
    for _ in range(R.randint(2, 5)):
        t.add(R.choice(["", f"{R.randint(1, 16)} - "]), person(), " (", (country(), "LOC"), ") beat ", person(), " (", (country(), "LOC"), f") 6-{n(4)} 6-{n(4)}\n")


def headline(t):
    a, b = pair()
    line = Text()
    line.add(f"{R.choice(SPORTS)} - ", a, R.choice([" beat ", " hold ", " stun ", " win at ", " sign striker from "]), b, R.choice([".", " in cup final.", " to go top.", ""]), "\n")
    upper = line.text.upper()
    if len(upper) == len(line.text):
        line.text = upper
    base = len(t.text)
    t.text += line.text
    t.spans += [{**s, "start": s["start"] + base, "end": s["end"] + base} for s in line.spans]


for number in range(450):
    t = Text()
    if R.random() < 0.5:
        headline(t)
    R.choice([results, results, table, schedule, report, report, report, race, tennis])(t)
    if R.random() < 0.4:
        report(t)
    print(json.dumps({"id": f"drill-{number}", "text": t.text, "entities": t.spans}, ensure_ascii=False))
