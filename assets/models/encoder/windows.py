"""What training and pruning share: windows cut by `demarche train windows`, read, varied and scored. One thread, fixed seed."""
import argparse, json, os, random, sys, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from net import *

arg = argparse.ArgumentParser()
for name, kind, default in (("minilm", str, None), ("windows", str, None), ("out", str, None), ("init", str, None), ("layers", int, 4), ("inner", int, 4 * WIDTH), ("rate", float, 1.5e-4),
                            ("decay", float, 0.01), ("mask", float, 0.0), ("swap", float, 0.0), ("drop", float, 0.1), ("ema", float, 0.997), ("steps", int, 0), ("seconds", float, 0),
                            ("seed", int, 2), ("tune_table", int, 0)):
    arg.add_argument("--" + name, type=kind, default=default)
arg.add_argument("--silver", action="store_true")
A = arg.parse_args()
random.seed(A.seed)
torch.manual_seed(A.seed)
HERE = os.path.dirname(os.path.abspath(__file__))
NUMBERS = pieces(A.minilm, HERE + "/vocabulary.txt")
FIRST, LAST, ANY, BATCH = 101, 102, (1 << LABELS) - 1, 16
BITS = torch.tensor([1 << at for at in range(LABELS)])


def spans(words):
    """Names of one sure type: first, end, type."""
    out, at = [], 0
    while at < len(words):
        label = words[at][2].bit_length() - 1
        if words[at][2] != 1 << label or label == 0:
            at += 1
            continue
        part, kind, first = (label - 1) % 4, (label - 1) // 4, at
        at += 1
        if part == 3:
            out.append((first, at, kind))
        elif part == 0:
            inner = 1 << (2 + 4 * kind)
            while at < len(words) and words[at][2] == inner:
                at += 1
            if at < len(words) and words[at][2] == inner << 1:
                at += 1
                out.append((first, at, kind))
    return out


def build(words):
    ids, codes, rows, allowed = [FIRST], [[]], [], []
    for p, c, a, o in words:
        if o:
            rows.append(len(ids))
            allowed.append(a)
        ids += [NUMBERS[x] for x in p]
        codes += [c] * len(p)
    ids.append(LAST)
    codes.append([])
    return ids, codes, rows, allowed


POOL = {}


def windows():
    train, dev = [], []
    for line in open(A.windows, encoding="utf8"):
        w = json.loads(line)
        words = list(zip(w["p"], w["c"], w["a"], w["o"]))
        allowed = [a for a, o in zip(w["a"], w["o"]) if o]
        if not allowed or all(a == ANY for a in allowed):
            continue
        named, file, plain = any(a != 1 for a in allowed), w["file"], w["form"] == "plain"
        example = (words, spans(words), w["form"])
        if file.startswith("wikinews"):
            if A.silver and named:
                train.append(example)
        elif "/dev" in file and not file.startswith("crossner") and w["doc"] % 2:
            if plain:
                dev.append((file.split("/")[0], build(words)))
        else:
            # windows without a name teach little
            if named or random.random() < 0.3:
                train.append(example)
                for first, end, kind in example[1]:
                    POOL.setdefault((w["form"], kind), []).append(words[first:end])
            if plain and file.startswith(("wikigold", "crossner")) and random.random() < 0.5:
                train.append(example)
    return train, dev


UNKNOWN = NUMBERS[0]


def varied(example):
    """Names changed for others of their type, and some words not shown, so that what stands around them counts."""
    words, names, form = example
    chosen, swap = {}, A.swap if random.random() < 0.7 else 0
    out, at, pieces = [], 0, sum(len(w[0]) for w in words)
    for first, end, kind in names:
        out += words[at:first]
        name = words[first:end]
        key = (kind, str([w[0] for w in name]))
        if key not in chosen:
            new = random.choice(POOL[form, kind]) if random.random() < swap and (form, kind) in POOL else name
            chosen[key] = new
        new = chosen[key]
        longer = sum(len(w[0]) for w in new) - sum(len(w[0]) for w in name)
        if pieces + longer <= 126:
            pieces, name = pieces + longer, new
        out += name
        at = end
    out += words[at:]
    ids, codes, rows, allowed = build(out)
    at = 1
    for p, _, a, _ in out:
        if random.random() < (A.mask if a not in (1, ANY) else A.mask / 3):
            ids[at : at + len(p)] = [UNKNOWN] * len(p)
        at += len(p)
    return ids, codes, rows, allowed


def batch(ws):
    n, most, asked = max(len(w[0]) for w in ws), max(len(c) for w in ws for c in w[1]), max(len(w[2]) for w in ws)
    ids, rows = torch.zeros(len(ws), n, dtype=torch.long), torch.zeros(len(ws), asked, dtype=torch.long)
    codes, mask, at, allowed = torch.full((len(ws), n, most), CODES), torch.zeros(len(ws), n, dtype=torch.bool), [], []
    for i, w in enumerate(ws):
        ids[i, : len(w[0])] = torch.tensor(w[0])
        mask[i, : len(w[0])] = True
        for j, c in enumerate(w[1]):
            if c:
                codes[i, j, : len(c)] = torch.tensor(c)
        rows[i, : len(w[2])] = torch.tensor(w[2])
        at += [i * asked + j for j in range(len(w[2]))]
        allowed += w[3]
    return ids, codes, mask, rows, torch.tensor(at), (torch.tensor(allowed)[:, None] & BITS) != 0


def losses(likely, allowed):
    """Where gold allows several labels, any of them will do."""
    return -likely.masked_fill(~allowed, -1e4).logsumexp(-1)


@torch.inference_mode()
def score(net, dev):
    groups = sorted({g for g, _ in dev})
    return "; ".join(g + " " + score1(net, [e for h, e in dev if h == g]) for g in groups)


@torch.inference_mode()
def score1(net, dev):
    net.eval()
    right = names = 0
    lost = 0.0
    for k in range(0, len(dev), BATCH):
        *inputs, allowed = batch(dev[k : k + BATCH])
        likely = net(*inputs)
        lost += losses(likely, allowed).sum().item()
        name = ~allowed[:, 0]
        right += (allowed.gather(1, likely.argmax(-1)[:, None])[:, 0] & name).sum().item()
        names += name.sum().item()
    net.train()
    return f"loss {lost / names:.4f} right {100 * right / names:.2f}"


def save(net):
    torch.save(net.state_dict(), A.out + ".part")
    os.replace(A.out + ".part", A.out)


def save_mean(net):
    torch.save(net.state_dict(), A.out + ".part")
    os.replace(A.out + ".part", A.out.replace(".pt", "-mean.pt"))
