"""The network: transformers' Glm4vForConditionalGeneration at small sizes, written for packed training. Module names are those of the checkpoint, so that
export.py only adds the prefix. Sizes and formulas: the model's config.json and ../README.md.

One deviation while training: embeddings are multiplied by `embedding_scale` and the output head is the plain embedding table. export.py folds the factor
into the table and divides the final norm by it, which leaves the function unchanged."""
import math

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.attention.flex_attention import flex_attention


class RmsNorm(nn.Module):
    def __init__(self, size, epsilon):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))
        self.epsilon = epsilon

    def forward(self, x):
        y = x.float()
        y = y * torch.rsqrt(y.pow(2).mean(-1, keepdim=True) + self.epsilon)
        return (y * self.weight.float()).to(x.dtype)


def gated(x, gate, up, down):
    """SwiGLU."""
    return down(F.silu(gate(x)) * up(x))


# ---------------------------------------------------------------- text

def rotate_pairs(x, cos, sin):
    """Interleaved partial rotation: dims (2k, 2k+1) share angle k; the rest of the head passes. x [B, H, T, D], cos and sin [B, 1, T, rotary/2]."""
    size = cos.shape[-1] * 2
    even, odd = x[..., 0:size:2].float(), x[..., 1:size:2].float()
    turned = torch.stack((even * cos - odd * sin, odd * cos + even * sin), -1).flatten(-2).to(x.dtype)
    return torch.cat((turned, x[..., size:]), -1)


class TextAttention(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.s = s
        self.q_proj = nn.Linear(s.hidden, s.heads * s.head)
        self.k_proj = nn.Linear(s.hidden, s.kv_heads * s.head)
        self.v_proj = nn.Linear(s.hidden, s.kv_heads * s.head)
        self.o_proj = nn.Linear(s.heads * s.head, s.hidden, bias=False)

    def forward(self, x, cos, sin, mask, cache=None):
        batch, length, _ = x.shape
        split = lambda y, heads: y.view(batch, length, heads, self.s.head).transpose(1, 2)
        q = rotate_pairs(split(self.q_proj(x), self.s.heads), cos, sin)
        k = rotate_pairs(split(self.k_proj(x), self.s.kv_heads), cos, sin)
        v = split(self.v_proj(x), self.s.kv_heads)
        if cache is None:
            y = flex_attention(q, k, v, block_mask=mask, enable_gqa=True)
        else:
            keys, values, at = cache
            keys[:, :, at:at + length], values[:, :, at:at + length] = k, v
            y = F.scaled_dot_product_attention(q, keys[:, :, :at + length], values[:, :, :at + length], attn_mask=mask, enable_gqa=True)
        return self.o_proj(y.transpose(1, 2).reshape(batch, length, -1))


class TextMlp(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.gate_up_proj = nn.Linear(s.hidden, 2 * s.intermediate, bias=False)
        self.down_proj = nn.Linear(s.intermediate, s.hidden, bias=False)

    def forward(self, x):
        gate, up = self.gate_up_proj(x).chunk(2, -1)
        return self.down_proj(F.silu(gate) * up)


class TextLayer(nn.Module):
    """Norms before and after each branch."""

    def __init__(self, s):
        super().__init__()
        self.self_attn, self.mlp = TextAttention(s), TextMlp(s)
        for name in ('input_layernorm', 'post_self_attn_layernorm', 'post_attention_layernorm', 'post_mlp_layernorm'):
            setattr(self, name, RmsNorm(s.hidden, s.epsilon))

    def forward(self, x, cos, sin, mask, cache=None):
        x = x + self.post_self_attn_layernorm(self.self_attn(self.input_layernorm(x), cos, sin, mask, cache))
        return x + self.post_mlp_layernorm(self.mlp(self.post_attention_layernorm(x)))


class Decoder(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.s = s
        self.embed_tokens = nn.Embedding(s.vocabulary, s.hidden)
        self.layers = nn.ModuleList(TextLayer(s) for _ in range(s.layers))
        self.norm = RmsNorm(s.hidden, s.epsilon)
        frequencies = s.theta ** (-torch.arange(0, s.rotary, 2).float() / s.rotary)
        row = torch.repeat_interleave(torch.arange(3), torch.tensor(s.sections))
        self.register_buffer('frequencies', frequencies, persistent=False)
        self.register_buffer('row', row, persistent=False)   # which of (time, height, width) each frequency follows

    def angles(self, positions):
        """positions [3, B, T] → cos, sin [B, 1, T, rotary/2]."""
        angle = positions.float()[self.row].permute(1, 2, 0)[:, None] * self.frequencies.float()
        return angle.cos(), angle.sin()

    def embed(self, ids, features=None, slots=None):
        """Token embeddings; rows `slots` of the flattened batch are replaced by image features (slot B·T is a bin for padding)."""
        x = self.embed_tokens(ids) * self.s.embedding_scale
        if features is not None:
            flat = torch.cat((x.flatten(0, 1), x.new_zeros(1, self.s.hidden)))
            x = flat.index_copy(0, slots, features.to(flat.dtype))[:-1].view_as(x)
        return x

    def forward(self, x, positions, mask, caches=None):
        cos, sin = self.angles(positions)
        for i, layer in enumerate(self.layers):
            x = layer(x, cos, sin, mask, None if caches is None else caches[i])
        return self.norm(x)


# ---------------------------------------------------------------- vision

class VisionAttention(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.heads = s.vision_heads
        self.qkv = nn.Linear(s.vision_hidden, 3 * s.vision_hidden, bias=False)
        self.proj = nn.Linear(s.vision_hidden, s.vision_hidden, bias=False)

    def forward(self, x, cos, sin, real):
        images, patches, width = x.shape
        q, k, v = self.qkv(x).view(images, patches, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(_rotate_half(q, cos, sin), _rotate_half(k, cos, sin), v, attn_mask=real[:, None, None])
        return self.proj(y.transpose(1, 2).reshape(images, patches, width))


def _rotate_half(x, cos, sin):
    """Half-split rotation over the whole head; cos and sin [N, 1, P, head]."""
    first, second = x.chunk(2, -1)
    return (x.float() * cos + torch.cat((-second, first), -1).float() * sin).to(x.dtype)


class VisionMlp(nn.Module):
    def __init__(self, s):
        super().__init__()
        # glm4v's blocks take out_hidden_size as the width of their MLP.
        self.gate_proj = nn.Linear(s.vision_hidden, s.hidden, bias=False)
        self.up_proj = nn.Linear(s.vision_hidden, s.hidden, bias=False)
        self.down_proj = nn.Linear(s.hidden, s.vision_hidden, bias=False)

    def forward(self, x):
        return gated(x, self.gate_proj, self.up_proj, self.down_proj)


class VisionBlock(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.norm1, self.norm2 = RmsNorm(s.vision_hidden, s.epsilon), RmsNorm(s.vision_hidden, s.epsilon)
        self.attn, self.mlp = VisionAttention(s), VisionMlp(s)

    def forward(self, x, cos, sin, real):
        x = x + self.attn(self.norm1(x), cos, sin, real)
        return x + self.mlp(self.norm2(x))


class Merger(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.proj = nn.Linear(s.hidden, s.hidden, bias=False)
        self.post_projection_norm = nn.LayerNorm(s.hidden)
        self.gate_proj = nn.Linear(s.hidden, s.merger, bias=False)
        self.up_proj = nn.Linear(s.hidden, s.merger, bias=False)
        self.down_proj = nn.Linear(s.merger, s.hidden, bias=False)

    def forward(self, x):
        return gated(F.gelu(self.post_projection_norm(self.proj(x))), self.gate_proj, self.up_proj, self.down_proj)


class Holder(nn.Module):
    """A parameter under its checkpoint name."""

    def __init__(self, shape, bias=None):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(shape))
        if bias:
            self.bias = nn.Parameter(torch.zeros(bias))


class VisionTower(nn.Module):
    """Pictures of at most MAX_PATCHES patches, padded; all of one call are of one padded length."""

    def __init__(self, s):
        super().__init__()
        self.s = s
        self.patch_embed = nn.ModuleDict({'proj': Holder((s.vision_hidden, 3, 2, 14, 14), s.vision_hidden)})
        self.embeddings = nn.ModuleDict({'position_embedding': Holder((s.position_grid ** 2, s.vision_hidden))})
        self.post_conv_layernorm = RmsNorm(s.vision_hidden, s.epsilon)
        self.blocks = nn.ModuleList(VisionBlock(s) for _ in range(s.vision_depth))
        self.post_layernorm = RmsNorm(s.vision_hidden, s.epsilon)
        self.downsample = Holder((s.hidden, s.vision_hidden, 2, 2), s.hidden)
        self.merger = Merger(s)
        size = s.vision_hidden // s.vision_heads // 2
        self.register_buffer('frequencies', 10000. ** (-torch.arange(0, size, 2).float() / size), persistent=False)

    def forward(self, pixels, places, taps, weights, real):
        """pixels [N, P, 588] in (channel, row, column) order; places [N, P, 2] (y, x); taps and weights [N, P, 16] of the position table; real [N, P].
        Returns [N, P / 4, hidden]."""
        kernel = self.patch_embed['proj'].weight.sum(2).flatten(1)   # a still picture fills both frames with the same pixels
        x = F.linear(pixels, kernel, self.patch_embed['proj'].bias)
        x = self.post_conv_layernorm(x)
        table = self.embeddings['position_embedding'].weight
        x = x + (table[taps] * weights[..., None]).sum(-2).to(x.dtype)
        angle = (places.float()[..., None] * self.frequencies.float()).flatten(-2)
        angle = torch.cat((angle, angle), -1)[:, None]
        cos, sin = angle.cos(), angle.sin()
        for block in self.blocks:
            x = block(x, cos, sin, real)
        x = self.post_layernorm(x)
        images, patches, width = x.shape
        x = x.view(images, patches // 4, 4, width).transpose(2, 3).flatten(2)   # channel-major, then the window's rows and columns
        x = F.linear(x, self.downsample.weight.flatten(1), self.downsample.bias)
        return self.merger(x)


class Glm(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.sizes = sizes
        self.visual, self.language_model = VisionTower(sizes), Decoder(sizes)
        for name, p in self.named_parameters():
            if p.dim() >= 2:
                table = 'embed_tokens' in name or 'position_embedding' in name
                nn.init.normal_(p, std=.02 if table else .7 / math.sqrt(p[0].numel()))
        for layer in self.language_model.layers:   # small branch outputs at the start
            nn.init.constant_(layer.post_self_attn_layernorm.weight, .3)
            nn.init.constant_(layer.post_mlp_layernorm.weight, .3)

    def logits(self, states):
        return F.linear(states, self.language_model.embed_tokens.weight.to(states.dtype))
