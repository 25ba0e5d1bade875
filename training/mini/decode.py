"""Greedy answers in batches, with a key/value cache; for measuring on the card."""
import torch


@torch.no_grad()
def features_of(model, image, device):
    """Image features [tiles, hidden] of a uint8 picture, and its grid."""
    from . import picture
    patches, grid = picture.patches(image)
    places, taps, weights = (torch.from_numpy(x)[None].to(device) for x in picture.geometry(*grid))
    real = (torch.arange(picture.MAX_PATCHES, device=device) < grid[0] * grid[1])[None]
    mean, deviation = (torch.tensor(v, device=device).repeat_interleave(196) for v in (picture.MEAN, picture.DEVIATION))
    pixels = (torch.from_numpy(patches)[None].to(device).float() / 255 - mean) / deviation
    found = model.visual(pixels.to(next(model.parameters()).dtype), places, taps, weights, real)
    return found[0, :grid[0] * grid[1] // 4], grid


@torch.no_grad()
def answer(model, prompts, end, image_token, longest=400, together=48):
    """prompts: [(ids, positions [3][n], features or None)] → [(ids, mean log-probability)]. Prompts are padded on the left."""
    device, kind = next(model.parameters()).device, next(model.parameters()).dtype
    order, found = sorted(range(len(prompts)), key=lambda i: len(prompts[i][0])), [None] * len(prompts)
    for start in range(0, len(order), together):
        chosen = order[start:start + together]
        for i, result in zip(chosen, _batch(model, [prompts[i] for i in chosen], end, image_token, longest, device, kind)):
            found[i] = result
    return found


def _batch(model, prompts, end, image_token, longest, device, kind):
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
    caches = [(torch.zeros(count, s.kv_heads, total, s.head, device=device, dtype=kind), torch.zeros(count, s.kv_heads, total, s.head, device=device, dtype=kind), 0)
              for _ in range(s.layers)]
    steps = torch.arange(total, device=device)
    real = steps[None] >= empty[:, None]
    mask = (real[:, None, None, :width] & (steps[:width, None] >= steps[None, :width])) | torch.eye(width, dtype=torch.bool, device=device)
    states = model.language_model(x, positions, mask, caches)[:, -1]
    position, done = positions[:, :, -1].max(0).values + 1, torch.zeros(count, dtype=torch.bool, device=device)
    out, likely = [], []
    for step in range(longest):
        best, token = model.logits(states).float().log_softmax(-1).max(-1)
        out.append(torch.where(done, end, token))
        likely.append(torch.where(done, 0., best))
        done = done | (token == end)
        if (step % 8 == 7 and bool(done.all())) or step == longest - 1:
            break
        at = width + step
        caches = [(k, v, at) for k, v, _ in caches]
        x = model.language_model.embed(out[-1][:, None]).to(kind)
        states = model.language_model(x, (position + step)[None, :, None].expand(3, -1, -1), real[:, None, None, :at + 1], caches)[:, -1]
    rows, sums = torch.stack(out, 1).tolist(), torch.stack(likely, 1).sum(1).tolist()
    return [(r[:r.index(end)] if end in r else r, total / (len(r[:r.index(end)] if end in r else r) + 1)) for r, total in zip(rows, sums)]
