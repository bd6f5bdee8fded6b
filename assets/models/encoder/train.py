"""Trains the encoder on windows cut by `demarche train windows`. One thread, fixed seed.
usage: train.py --minilm DIR --windows FILE --out FILE [--init FILE] [--layers N] [--silver] [--rate R] (--steps N | --seconds T)"""
import argparse, json, os, random, sys, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from net import *

arg = argparse.ArgumentParser()
for name, kind, default in (("minilm", str, None), ("windows", str, None), ("out", str, None), ("init", str, None), ("layers", int, 4), ("rate", float, 1.5e-4),
                            ("steps", int, 0), ("seconds", float, 0), ("seed", int, 2), ("tune_table", int, 0)):
    arg.add_argument("--" + name, type=kind, default=default)
arg.add_argument("--silver", action="store_true")
A = arg.parse_args()
random.seed(A.seed)
torch.manual_seed(A.seed)
HERE = os.path.dirname(os.path.abspath(__file__))
NUMBERS = pieces(A.minilm, HERE + "/vocabulary.txt")
FIRST, LAST, ANY, BATCH = 101, 102, (1 << LABELS) - 1, 16
BITS = torch.tensor([1 << at for at in range(LABELS)])


def windows():
    train, dev = [], []
    for line in open(A.windows, encoding="utf8"):
        w = json.loads(line)
        ids, codes, rows, allowed = [FIRST], [[]], [], []
        for p, c, a, o in zip(w["p"], w["c"], w["a"], w["o"]):
            if o:
                rows.append(len(ids))
                allowed.append(a)
            ids += [NUMBERS[x] for x in p]
            codes += [c] * len(p)
        ids.append(LAST)
        codes.append([])
        if not rows or all(a == ANY for a in allowed):
            continue
        example, named, file, plain = (ids, codes, rows, allowed), any(a != 1 for a in allowed), w["file"], w["form"] == "plain"
        if file.startswith("wikinews"):
            if A.silver and named:
                train.append(example)
        elif "/dev" in file and not file.startswith("crossner"):
            if plain:
                dev.append(example)
        else:
            # windows without a name teach little
            if named or random.random() < 0.3:
                train.append(example)
            if plain and file.startswith(("wikigold", "crossner")) and random.random() < 0.5:
                train.append(example)
    return train, dev


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
    return f"dev: loss a name's word {lost / names:.4f}, its label right {100 * right / names:.2f}"


def save(net):
    torch.save(net.state_dict(), A.out + ".part")
    os.replace(A.out + ".part", A.out)


train, dev = windows()
print(len(train), "windows,", len(dev), "dev", flush=True)
net = Net(A.layers)
if A.init:
    net.load_weights(A.init)
else:
    net.load_minilm(A.minilm)
net.word.weight.requires_grad_(bool(A.tune_table))
net.pos.weight.requires_grad_(bool(A.tune_table))
net.train()
head, code = list(net.out.parameters()), [net.feat.weight]
named = {id(p) for p in head + code}
body = [p for p in net.parameters() if p.requires_grad and id(p) not in named]
groups = [(body, A.rate, 0.01), (code, 1e-3, 0.0), (head, 3 * A.rate if A.init else 1e-3, 0.0)]
opt = torch.optim.AdamW([{"params": p, "lr": rate, "weight_decay": decay} for p, rate, decay in groups])
begin, order, step, total = time.time(), [], 0, 0.0
while True:
    part = step / A.steps if A.steps else (time.time() - begin) / A.seconds
    if part >= 1:
        break
    if len(order) < BATCH:
        order = list(range(len(train)))
        random.shuffle(order)
        print("round begins at step", step, flush=True)
    *inputs, allowed = batch([train[order.pop()] for _ in range(BATCH)])
    factor = min(1, (step + 1) / 30) * max(0.01, 1 - part)
    for group, (_, rate, _) in zip(opt.param_groups, groups):
        group["lr"] = rate * factor
    loss = losses(net(*inputs, p=0.1), allowed).mean()
    opt.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_([p for p in net.parameters() if p.requires_grad], 1.0)
    opt.step()
    step += 1
    total += loss.item()
    if step % 25 == 0:
        print(f"{step} loss {total / 25:.4f}, {time.process_time():.0f} CPU s, {time.time() - begin:.0f} s", flush=True)
        total = 0.0
    if step % 100 == 0:
        save(net)
    if step % 300 == 0:
        print(score(net, dev), flush=True)
save(net)
print("end:", step, "steps;", score(net, dev), flush=True)
