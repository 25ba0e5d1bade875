"""Weights ↔ model.safetensors, bf16."""
import json
import struct

import torch


def tensors(model, average):
    """Checkpoint name → bf16 tensor, with the embedding factor folded in (network.py)."""
    scale = model.sizes.embedding_scale
    found = {}
    for (name, _), value in zip(model.named_parameters(), average):
        value = value.detach().float()
        if name == 'language_model.embed_tokens.weight':
            value = value * scale
        elif name == 'language_model.norm.weight':
            value = value / scale
        found['model.' + name] = value.to(torch.bfloat16).cpu().contiguous()
    return found


def load(model, path):
    """The reverse of `tensors` and `write_safetensors`."""
    scale, stored = model.sizes.embedding_scale, read_safetensors(path)
    with torch.no_grad():
        for name, p in model.named_parameters():
            value = stored['model.' + name].float()
            if name == 'language_model.embed_tokens.weight':
                value = value / scale
            elif name == 'language_model.norm.weight':
                value = value * scale
            p.copy_(value)


def write_safetensors(path, named):
    header, at = {'__metadata__': {'format': 'pt'}}, 0
    for name, value in named.items():
        size = value.numel() * 2
        header[name] = dict(dtype='BF16', shape=list(value.shape), data_offsets=[at, at + size])
        at += size
    head = json.dumps(header).encode()
    head += b' ' * (-len(head) % 8)
    with open(path, 'wb') as file:
        file.write(struct.pack('<Q', len(head)) + head)
        for value in named.values():
            file.write(value.view(torch.int16).numpy().tobytes())


def read_safetensors(path):
    with open(path, 'rb') as file:
        size = struct.unpack('<Q', file.read(8))[0]
        header, body = json.loads(file.read(size)), bytearray(file.read())
    header.pop('__metadata__', None)
    found = {}
    for name, entry in header.items():
        start, stop = entry['data_offsets']
        found[name] = torch.frombuffer(body, dtype=torch.bfloat16, offset=start, count=(stop - start) // 2).view(entry['shape'])
    return found
