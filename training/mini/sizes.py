"""The sizes of the shipped model."""
import math
from dataclasses import dataclass


@dataclass
class Sizes:
    vocabulary: int = 9216
    hidden: int = 512
    layers: int = 10
    heads: int = 8
    kv_heads: int = 2
    intermediate: int = 1152
    rotary: int = 32               # leading entries of each head of hidden / heads that are rotated
    sections: tuple = (4, 6, 6)    # of the rotary / 2 frequencies: time, height, width
    theta: float = 10000.
    epsilon: float = 1e-5
    vision_hidden: int = 192
    vision_heads: int = 3
    vision_depth: int = 3
    merger: int = 256
    position_grid: int = 24

    @property
    def head(self):
        return self.hidden // self.heads

    @property
    def embedding_scale(self):
        return math.sqrt(self.hidden)
