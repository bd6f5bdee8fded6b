"""Trains the encoder. usage: train.py --minilm DIR --windows FILE --out FILE [--init FILE] [--layers N] [--inner N] [--silver] [--rate R]
[--swap S] [--mask M] [--drop D] [--decay D] [--ema E] (--steps N | --seconds T)"""
from windows import *

train, dev = windows()
print(len(train), "windows,", len(dev), "dev", flush=True)
net = Net(A.layers, A.inner)
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
groups = [(body, A.rate, A.decay), (code, 1e-3, 0.0), (head, 3 * A.rate if A.init else 1e-3, 0.0)]
opt = torch.optim.AdamW([{"params": p, "lr": rate, "weight_decay": decay} for p, rate, decay in groups])
means = [p.detach().clone() for p in net.parameters()]


def averaged(run):
    kept = [p.detach().clone() for p in net.parameters()]
    with torch.no_grad():
        for p, mean in zip(net.parameters(), means):
            p.copy_(mean)
    out = run()
    with torch.no_grad():
        for p, old in zip(net.parameters(), kept):
            p.copy_(old)
    return out


print("before", score(net, dev), flush=True)
begin, order, step, total = time.time(), [], 0, 0.0
while True:
    part = step / A.steps if A.steps else (time.time() - begin) / A.seconds
    if part >= 1:
        break
    if len(order) < BATCH:
        order = list(range(len(train)))
        random.shuffle(order)
        print("round begins at step", step, flush=True)
    *inputs, allowed = batch([varied(train[order.pop()]) for _ in range(BATCH)])
    factor = min(1, (step + 1) / 30) * max(0.01, 1 - part)
    for group, (_, rate, _) in zip(opt.param_groups, groups):
        group["lr"] = rate * factor
    loss = losses(net(*inputs, p=A.drop), allowed).mean()
    opt.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_([p for p in net.parameters() if p.requires_grad], 1.0)
    opt.step()
    step += 1
    with torch.no_grad():
        keep = min(A.ema, step / (step + 20))
        for mean, p in zip(means, net.parameters()):
            if p.requires_grad:
                mean.lerp_(p, 1 - keep)
    total += loss.item()
    if step % 50 == 0:
        print(f"{step} loss {total / 50:.4f}, {time.process_time():.0f} CPU s, {time.time() - begin:.0f} s", flush=True)
        total = 0.0
    if step % 100 == 0:
        save(net)
        averaged(lambda: save_mean(net))
    if step % 300 == 0:
        print("step", step, score(net, dev), flush=True)
        print("mean", step, averaged(lambda: score(net, dev)), flush=True)
save(net)
averaged(lambda: save_mean(net))
print("mean", averaged(lambda: score(net, dev)), flush=True)
print("end:", step, "steps;", score(net, dev), flush=True)
