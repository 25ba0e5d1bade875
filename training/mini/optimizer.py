"""Muon for the matrices inside the blocks (orthogonalised momentum, by Newton-Schulz iteration), AdamW for everything else."""
import torch

_COEFFICIENTS = (3.4445, -4.7750, 2.0315)


def orthogonal(matrices, steps=5):
    """The nearest orthogonal matrices, roughly: [N, m, n]."""
    x = matrices.bfloat16()
    turned = x.shape[-2] > x.shape[-1]
    if turned:
        x = x.transpose(-1, -2)
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    a, b, c = _COEFFICIENTS
    for _ in range(steps):
        square = x @ x.transpose(-1, -2)
        x = a * x + (b * square + c * square @ square) @ x
    return (x.transpose(-1, -2) if turned else x).to(matrices.dtype)


class Muon:
    """Parameters of one shape are updated together."""

    def __init__(self, parameters, decay=.01, momentum=.95):
        self.decay, self.momentum = decay, momentum
        self.groups = {}
        for p in parameters:
            self.groups.setdefault(tuple(p.shape), []).append(p)
        self.state = {shape: torch.zeros(len(ps), *shape, device=ps[0].device) for shape, ps in self.groups.items()}

    @torch.no_grad()
    def step(self, rate):
        for shape, ps in self.groups.items():
            gradient = torch.stack([p.grad for p in ps])
            average = self.state[shape]
            average.lerp_(gradient, 1 - self.momentum)
            update = orthogonal(gradient.lerp(average, self.momentum)) * max(1, shape[0] / shape[1]) ** .5
            torch._foreach_mul_(ps, 1 - rate * self.decay)
            torch._foreach_add_(ps, list(update.unbind()), alpha=-rate)
            for p in ps:
                p.grad = None


def split(model):
    """(matrices for Muon, the rest)."""
    matrices, rest = [], []
    for name, p in model.named_parameters():
        inside = p.dim() == 2 and not any(part in name for part in ('embed_tokens', 'position_embedding'))
        (matrices if inside else rest).append(p)
    return matrices, rest
