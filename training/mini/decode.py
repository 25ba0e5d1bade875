"""Greedy answers in batches, with a key/value cache; for measuring on the card."""
import math
import random
import time

import numpy as np
import torch

from . import picture

_TOKENS, _PROMPTS, _PICTURES = 96_000, 192, 64   # most of a batch; a step costs about the same for few prompts and for many


@torch.no_grad()
def features_of(model, images, device):
    """[(features [tiles, hidden], grid)] of uint8 pictures."""
    kind, found = next(model.parameters()).dtype, []
    mean, deviation = (torch.tensor(v, device=device).repeat_interleave(picture.PATCH ** 2) for v in (picture.MEAN, picture.DEVIATION))
    for start in range(0, len(images), _PICTURES):
        patches, grids = zip(*map(picture.patches, images[start:start + _PICTURES]))
        places, taps, weights = (torch.from_numpy(np.stack(x)).to(device) for x in zip(*(picture.geometry(*grid) for grid in grids)))
        counts = torch.tensor([rows * columns for rows, columns in grids], device=device)
        real = torch.arange(picture.MAX_PATCHES, device=device) < counts[:, None]
        pixels = (torch.from_numpy(np.stack(patches)).to(device).float() / 255 - mean) / deviation
        features = model.visual(pixels.to(kind), places, taps, weights, real)
        found += [(row[:rows * columns // 4], (rows, columns)) for row, (rows, columns) in zip(features, grids)]
    return found


@torch.no_grad()
def answer(model, prompts, end, image_token, longest, until=math.inf, progress=None):
    """prompts: [(ids, positions [3][n], features or None)] → [ids, or None for those that had no turn before the time `until`].
    `progress` is told how many are answered."""
    device, kind = next(model.parameters()).device, next(model.parameters()).dtype
    found, done, batches = [None] * len(prompts), 0, _batches([len(ids) for ids, _, _ in prompts])
    random.Random(1).shuffle(batches)   # so that pages of every length are answered where the time does not suffice for all
    for chosen in batches:
        if time.time() > until:
            break
        for i, ids in zip(chosen, _batch(model, [prompts[i] for i in chosen], end, image_token, longest, device, kind)):
            found[i] = ids
        done += len(chosen)
        if progress:
            progress(done)
    return found


def _batches(lengths):
    """Indices in groups of similar length."""
    batches = []
    for i in sorted(range(len(lengths)), key=lengths.__getitem__):
        if not batches or len(batches[-1]) == _PROMPTS or (len(batches[-1]) + 1) * lengths[i] > _TOKENS:
            batches.append([])
        batches[-1].append(i)
    return batches


def _batch(model, prompts, end, image_token, longest, device, kind):
    """Prompts are padded on the left."""
    s, count, width = model.sizes, len(prompts), max(len(p[0]) for p in prompts)
    ids = torch.full((count, width), end, dtype=torch.long)
    positions = torch.zeros(3, count, width, dtype=torch.long)
    empty = torch.zeros(count, dtype=torch.long)
    for row, (tokens, places, _) in enumerate(prompts):
        empty[row] = width - len(tokens)
        ids[row, empty[row]:], positions[:, row, empty[row]:] = torch.tensor(tokens), torch.tensor(places)
    ids, positions, empty = ids.to(device), positions.to(device), empty.to(device)
    x = model.language_model.embed(ids).to(kind)
    for row, (_, _, features) in enumerate(prompts):
        if features is not None:
            x[row, ids[row] == image_token] = features.to(kind)
    total = width + longest
    room = (count, s.kv_heads, total, s.head)
    caches = [(torch.zeros(room, device=device, dtype=kind), torch.zeros(room, device=device, dtype=kind), 0) for _ in range(s.layers)]
    steps = torch.arange(total, device=device)
    real = steps[None] >= empty[:, None]
    mask = (real[:, None, None, :width] & (steps[:width, None] >= steps[None, :width])) | torch.eye(width, dtype=torch.bool, device=device)
    states = model.language_model(x, positions, mask, caches)[:, -1]
    position, done, out = positions[:, :, -1].max(0).values + 1, torch.zeros(count, dtype=torch.bool, device=device), []
    for step in range(longest):
        token = model.logits(states).float().argmax(-1)
        out.append(torch.where(done, end, token))
        done = done | (token == end)
        if (step % 8 == 7 and bool(done.all())) or step == longest - 1:
            break
        at = width + step
        caches = [(k, v, at) for k, v, _ in caches]
        x = model.language_model.embed(out[-1][:, None]).to(kind)
        states = model.language_model(x, (position + step)[None, :, None].expand(3, -1, -1), real[:, None, None, :at + 1], caches)[:, -1]
    rows = torch.stack(out, 1).tolist()
    return [row[:row.index(end)] if end in row else row for row in rows]
