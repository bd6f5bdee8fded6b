"""The encoder: MiniLM-L6-H384 (uncased) cut to its first layers, with a vector for each code of a word, and a head of labels."""
import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file

torch.set_num_threads(1)
WIDTH, HEADS, LABELS, CODES, PLACES = 384, 12, 21, 96, 128


def heads(x, batch):
    return x.view(batch, -1, HEADS, WIDTH // HEADS).transpose(1, 2)


class Layer(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.i, self.d = nn.Linear(WIDTH, inner), nn.Linear(inner, WIDTH)
        self.n1, self.n2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)

    def attend(self, asked, x, mask):
        batch = len(x)
        out = F.scaled_dot_product_attention(heads(self.q(asked), batch), heads(self.k(x), batch), heads(self.v(x), batch), attn_mask=mask)
        return out.transpose(1, 2).reshape(batch, -1, WIDTH)

    def rest(self, x, attended, p):
        y = self.n1(x + F.dropout(self.o(attended), p, self.training))
        return self.n2(y + F.dropout(self.d(F.gelu(self.i(y))), p, self.training))


class Net(nn.Module):
    def __init__(self, layers, inner=4 * WIDTH):
        super().__init__()
        self.word, self.pos = nn.Embedding(30522, WIDTH), nn.Embedding(512, WIDTH)
        self.feat = nn.EmbeddingBag(CODES + 1, WIDTH, mode="sum", padding_idx=CODES)
        nn.init.normal_(self.feat.weight, std=0.01)
        self.feat.weight.data[CODES] = 0
        self.n, self.l, self.out = nn.LayerNorm(WIDTH, 1e-12), nn.ModuleList(Layer(inner) for _ in range(layers)), nn.Linear(WIDTH, LABELS)

    def load_minilm(self, folder):
        w = load_file(folder + "/model.safetensors")
        names = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "o": "attention.output.dense",
                 "i": "intermediate.dense", "d": "output.dense", "n1": "attention.output.LayerNorm", "n2": "output.LayerNorm"}
        with torch.no_grad():
            self.word.weight.copy_(w["embeddings.word_embeddings.weight"])
            self.pos.weight.copy_(w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0])
            self.n.weight.copy_(w["embeddings.LayerNorm.weight"])
            self.n.bias.copy_(w["embeddings.LayerNorm.bias"])
            for at, layer in enumerate(self.l):
                for short, long in names.items():
                    part = getattr(layer, short)
                    part.weight.copy_(w[f"encoder.layer.{at}.{long}.weight"])
                    part.bias.copy_(w[f"encoder.layer.{at}.{long}.bias"])

    def load_weights(self, path):
        kept = {k: v for k, v in torch.load(path).items() if not k.startswith("l.") or int(k.split(".")[1]) < len(self.l)}
        self.load_state_dict(kept)

    def forward(self, ids, codes, mask, rows, at, p=0.0):
        """Likelihoods of the labels at the places `at` of `rows`: only those words go through the last layer."""
        batch, n = ids.shape
        x = self.word(ids) + self.pos.weight[:n] + self.feat(codes.view(batch * n, -1)).view(batch, n, WIDTH)
        x, mask = F.dropout(self.n(x), p, self.training), mask[:, None, None, :]
        for layer in self.l[:-1]:
            x = layer.rest(x, layer.attend(x, x, mask), p)
        last, flat = self.l[-1], lambda y: y.reshape(-1, WIDTH)[at]
        asked = x.gather(1, rows[..., None].expand(-1, -1, WIDTH))
        y = last.rest(flat(asked), flat(last.attend(asked, x, mask)), p)
        return self.out(F.dropout(y, p, self.training)).log_softmax(-1)


def pieces(folder, vocabulary):
    """Numbers in MiniLM's vocabulary of the pieces kept here."""
    full = {line.rstrip("\n"): at for at, line in enumerate(open(folder + "/vocab.txt", encoding="utf8"))}
    return [full[line.rstrip("\n")] for line in open(vocabulary, encoding="utf8")]
