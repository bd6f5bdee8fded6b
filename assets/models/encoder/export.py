"""Writes table.bin and encoder.onnx from trained weights: rows and weights in eight bits (seven in products, which machines
without VNNI need), activations in eight bits at run time. usage: export.py MINILM-DIR WEIGHTS LAYERS OUT-DIR"""
import os, struct, sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from net import *
import numpy as np
from onnxruntime.quantization import QuantType, quantize_dynamic

MINILM, WEIGHTS, COUNT, OUT = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
HERE = os.path.dirname(os.path.abspath(__file__))
os.makedirs(OUT, exist_ok=True)
net = Net(COUNT, torch.load(WEIGHTS)["l.0.i.bias"].numel())
net.load_weights(WEIGHTS)
net.eval()
numbers = pieces(MINILM, HERE + "/vocabulary.txt")
rows = torch.cat([net.word.weight[numbers], net.pos.weight[:PLACES], net.feat.weight[:CODES]]).detach().numpy()
step = np.maximum(np.abs(rows).max(1), 1e-8) / 127
whole = np.clip(np.round(rows / step[:, None]), -127, 127).astype(np.int8)
with open(OUT + "/table.bin", "wb") as file:
    file.write(b"DME1" + struct.pack("<4I", len(numbers), PLACES, CODES, WIDTH))
    file.write(np.concatenate([step.astype("<f4")[:, None].view(np.uint8).reshape(len(rows), 4), whole.view(np.uint8)], 1).tobytes())


class Graph(nn.Module):
    """One window of any length, without a mask."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x, rows):
        x, size = self.net.n(x), WIDTH // HEADS
        for at, layer in enumerate(self.net.l):
            asked = x[rows] if at + 1 == COUNT else x
            q = layer.q(asked).view(-1, HEADS, size).transpose(0, 1)
            k = layer.k(x).view(-1, HEADS, size).permute(1, 2, 0)
            v = layer.v(x).view(-1, HEADS, size).transpose(0, 1)
            mixed = torch.matmul(torch.softmax(torch.matmul(q, k) * size**-0.5, -1), v).transpose(0, 1).reshape(-1, WIDTH)
            x = layer.rest(asked, mixed, 0.0)
        return torch.log_softmax(self.net.out(x), -1)


plain = OUT + "/plain.onnx"
torch.onnx.export(Graph(net).eval(), (torch.randn(100, WIDTH), torch.arange(0, 100, 3)), plain, input_names=["x", "rows"], output_names=["y"],
                  dynamic_axes={"x": {0: "n"}, "rows": {0: "m"}, "y": {0: "m"}}, opset_version=17, dynamo=False)
quantize_dynamic(plain, OUT + "/encoder.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, op_types_to_quantize=["MatMul"],
                 extra_options={"MatMulConstBOnly": True})
os.remove(plain)
print({name: os.path.getsize(f"{OUT}/{name}") for name in ("table.bin", "encoder.onnx")})
