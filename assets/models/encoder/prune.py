"""Keeps those inner places of each layer that the loss needs most (Molchanov et al. 2019). usage: prune.py --minilm DIR --windows FILE --init FILE
--out FILE --inner N --silver"""
from windows import *

train, dev = windows()
net = Net(A.layers)
net.load_weights(A.init)
net.eval()
print("before", score(net, dev), flush=True)
random.shuffle(train)
# what changes the loss most where it is taken away, by a linear estimate: squared product of value and gradient
kept = {}
total = [torch.zeros(4 * WIDTH) for _ in net.l]
for at, layer in enumerate(net.l):
    def hook(m, inputs, at=at):
        x = inputs[0]
        if x.requires_grad:
            x.retain_grad()
            kept[at] = x

    layer.d.register_forward_pre_hook(hook)
for k in range(0, 80 * BATCH, BATCH):
    *inputs, allowed = batch([varied(w) for w in train[k : k + BATCH]])
    losses(net(*inputs), allowed).sum().backward()
    for at, x in kept.items():
        total[at] += (x * x.grad).reshape(-1, 4 * WIDTH).pow(2).sum(0)
    net.zero_grad()
out = net.state_dict()
for at in range(len(net.l)):
    best = total[at].topk(A.inner).indices.sort().values
    print(at, "share kept", (total[at][best].sum() / total[at].sum()).item())
    for name in ("i.weight", "i.bias"):
        out[f"l.{at}.{name}"] = out[f"l.{at}.{name}"][best].clone()
    out[f"l.{at}.d.weight"] = out[f"l.{at}.d.weight"][:, best].clone()
torch.save(out, A.out)
small = Net(A.layers, A.inner)
small.load_weights(A.out)
print("after", score(small, dev), flush=True)
