"""Trains the model on one CUDA card: packed rows, bf16, Muon + AdamW, loss on the answers only. Stops after --seconds and goes on from --checkpoint.

    python3 train.py --total 1500 --seconds 560 --checkpoint out/state.pt
"""
import argparse
import json
import math
import multiprocessing
import os
import queue
import threading
import time

from mini import packing


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument('--seconds', type=float, default=60, help='of this call')
    p.add_argument('--total', type=float, default=1500, help='of all calls: the learning rate falls to nothing by then')
    p.add_argument('--steps', type=int, default=0, help='of all calls, instead of --total: for runs to be compared; a multiple of ten')
    p.add_argument('--falling', type=float, default=.45, help='share of the whole during which the rate falls')
    p.add_argument('--rows', type=int, default=16)
    p.add_argument('--length', type=int, default=4096)
    p.add_argument('--pictures', type=int, default=24, help='most pictures of a step')
    p.add_argument('--pictured', type=float, default=.25, help='share of generated pages that get a picture')
    p.add_argument('--read-pages', default='', help='pages read back by the product (readback.py)')
    p.add_argument('--read-share', type=float, default=.1)
    p.add_argument('--without-noise', action='store_true', help='generated pages as they are printed, without the faults of a reader')
    p.add_argument('--workers', type=int, default=14)
    p.add_argument('--matrix-rate', type=float, default=.02)
    p.add_argument('--rest-rate', type=float, default=2.5e-3)
    p.add_argument('--seed', type=int, default=0, help='of the pages; 0: from the clock')
    p.add_argument('--start', default='', help='weights (safetensors) to start from')
    p.add_argument('--checkpoint', default='out/state.pt')
    p.add_argument('--log', default='out/loss.jsonl')
    a = p.parse_args()
    if a.without_noise and a.read_pages:
        p.error('--without-noise: pages that were read back (--read-pages) have the faults of the reader')
    return a


class Feeder(threading.Thread):
    """Moves batches to the card ahead of the steps."""

    def __init__(self, source, most_learned):
        super().__init__(daemon=True)
        self.source, self.most, self.ready = source, most_learned, queue.Queue(4)

    def run(self):
        import numpy as np
        import torch
        from mini import picture
        while True:
            b = self.source.get()
            learned = np.flatnonzero(b.learned)[:self.most]
            index, target = np.arange(self.most), np.full(self.most, -100)
            index[:len(learned)], target[:len(learned)] = learned - 1, b.ids.ravel()[learned]
            shapes = [picture.geometry(*map(int, g)) if g[0] else picture.geometry(2, 2) for g in b.grids]
            real = np.arange(picture.MAX_PATCHES) < np.maximum(b.grids[:, :1] * b.grids[:, 1:], 1)
            arrays = dict(ids=b.ids.astype(np.int64), positions=b.positions.astype(np.int64), segments=b.segments.astype(np.int32), index=index, target=target,
                          pixels=b.patches, places=np.stack([s[0] for s in shapes]), taps=np.stack([s[1] for s in shapes]),
                          weights=np.stack([s[2] for s in shapes]), real=real, slots=b.slots)
            moved = {k: torch.from_numpy(np.ascontiguousarray(v)).pin_memory().cuda(non_blocking=True) for k, v in arrays.items()}
            self.ready.put((moved, dict(pages=b.pages, questions=b.questions, answers=len(learned), tokens=int((b.segments >= 0).sum()))))


class Trainer:
    def __init__(self, a):
        import torch
        from mini import network, optimizer
        from mini.picture import DEVIATION, MEAN
        from mini.sizes import Sizes
        self.torch, self.a = torch, a
        torch.manual_seed(1)
        torch.set_float32_matmul_precision('high')
        self.model = network.Glm(Sizes()).cuda()
        if a.start:
            from mini import export
            export.load(self.model, a.start)
        print(f'{sum(p.numel() for p in self.model.parameters()) / 1e6:.2f} million parameters', flush=True)
        matrices, rest = optimizer.split(self.model)
        self.muon = optimizer.Muon(matrices)
        self.adam = torch.optim.AdamW(rest, lr=a.rest_rate, betas=(.9, .95), weight_decay=0., fused=True)
        self.rest = rest
        self.average = [p.detach().clone() for p in self.model.parameters()]
        self.step, self.elapsed, self.totals = 0, 0., dict(pages=0, questions=0, answers=0, tokens=0)
        self.mean = torch.tensor(MEAN, device='cuda').repeat_interleave(196)
        self.deviation = torch.tensor(DEVIATION, device='cuda').repeat_interleave(196)
        if os.path.exists(a.checkpoint):
            self.load()
        self.segments = torch.zeros(a.rows, a.length, dtype=torch.int32, device='cuda')
        self.compile()

    def compile(self):
        torch = self.torch
        from torch.nn.attention.flex_attention import create_block_mask
        segments, turns = self.segments, packing.TURNS

        def visible(b, h, i, j):
            mine, other = segments[b, i], segments[b, j]
            return (i >= j) & ((mine == other) | ((mine // turns == other // turns) & (other % turns == 0) & (other >= 0)))
        # One closure over one buffer: nothing is compiled again when the packing changes.
        make = torch.compile(create_block_mask)
        self.mask = lambda: make(visible, self.a.rows, None, self.a.length, self.a.length, device='cuda')
        self.forward = torch.compile(self._forward)
        self.loss = torch.compile(self._loss)

    def _forward(self, b, mask):
        with self.torch.autocast('cuda', self.torch.bfloat16):
            pixels = (b['pixels'].float() / 255 - self.mean) / self.deviation
            features = self.model.visual(pixels, b['places'], b['taps'], b['weights'], b['real'])
            x = self.model.language_model.embed(b['ids'], features.flatten(0, 1), b['slots'])
            return self.model.language_model(x.bfloat16(), b['positions'], mask)

    def _loss(self, states, index, target):
        with self.torch.autocast('cuda', self.torch.bfloat16):
            logits = self.model.logits(states.flatten(0, 1)[index])
        return self.torch.nn.functional.cross_entropy(logits.float(), target, ignore_index=-100), (logits.argmax(-1) == target).sum()

    def left(self):
        """Share of the training that is still to come."""
        return 1 - min(1., self.step / self.a.steps if self.a.steps else self.elapsed / self.a.total)

    def rate(self):
        left = self.left()
        return min(1., (self.step + 1) / 100) * (1. if left > self.a.falling else max(.02, left / self.a.falling))

    def learn(self, b):
        torch = self.torch
        self.segments.copy_(b['segments'])
        states = self.forward(b, self.mask())
        loss, right = self.loss(states, b['index'], b['target'])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.rest, 1.)
        rate = self.rate()
        self.muon.step(self.a.matrix_rate * rate)
        for group in self.adam.param_groups:
            group['lr'] = self.a.rest_rate * rate
        self.adam.step()
        self.adam.zero_grad(set_to_none=True)
        self.step += 1
        if self.step % 5 == 0:
            with torch.no_grad():
                now = [p.detach() for p in self.model.parameters()]
                torch._foreach_copy_(self.average, now) if self.step <= 300 else torch._foreach_lerp_(self.average, now, .012)
        return loss.detach(), right.detach(), rate

    def save(self):
        state = dict(model=self.model.state_dict(), adam=self.adam.state_dict(), muon=self.muon.state, average=self.average, step=self.step,
                     elapsed=self.elapsed, totals=self.totals)
        self.torch.save(state, self.a.checkpoint + '.new')
        os.replace(self.a.checkpoint + '.new', self.a.checkpoint)

    def load(self):
        state = self.torch.load(self.a.checkpoint, map_location='cuda')
        self.model.load_state_dict(state['model'])
        self.adam.load_state_dict(state['adam'])
        self.muon.state.update(state['muon'])
        self.average = state['average']
        self.step, self.elapsed, self.totals = state['step'], state['elapsed'], state['totals']
        print(f'resumed at step {self.step}, {self.elapsed:.0f} s', flush=True)

    def run(self, feeder, began):
        log = open(self.a.log, 'a', encoding='utf8')
        start = last = None
        before, first, waited, lost, hits, seen, counted = self.elapsed, self.step, 0., 0., 0, 0, 0
        while True:
            waiting = time.time()
            b, counts = feeder.ready.get()
            waited += time.time() - waiting
            loss, right, rate = self.learn(b)
            lost, hits, seen, counted = lost + loss, hits + right, seen + counts['answers'], counted + 1
            for key, value in counts.items():
                self.totals[key] += value
            if start is None:
                loss.item()
                start = last = time.time()
                print(f'first step {start - began:.1f} s after the start', flush=True)
                waited, lost, hits, seen, counted, first = 0., 0., 0, 0, 0, self.step
            if self.step % 10:
                continue
            if self.step % 50 == 0 and counted:
                mean, now = float(lost) / counted, time.time()
                self.elapsed = before + now - start
                row = dict(step=self.step, s=round(self.elapsed, 1), loss=round(mean, 4), right=round(float(hits) / seen, 4), rate=round(rate, 3),
                           ms=round((now - last) / counted * 1000, 1), wait=round(waited / counted * 1000, 1), **self.totals)
                log.write(json.dumps(row) + '\n')
                log.flush()
                if self.step % 500 == 0 or self.step <= 400:
                    print(row, flush=True)
                if not math.isfinite(mean):
                    raise SystemExit('the loss is not finite')
                last, waited, lost, hits, seen, counted = now, 0., 0., 0, 0, 0
            self.elapsed = before + time.time() - start
            if time.time() - began > self.a.seconds or self.left() <= 0:
                break
        self.torch.cuda.synchronize()
        print(f'step {self.step}, {self.elapsed:.1f} s, {(time.time() - start) / max(1, self.step - first) * 1000:.1f} ms a step, {self.totals}, '
              f'{self.torch.cuda.max_memory_allocated() / 2 ** 30:.1f} GiB', flush=True)


def main():
    a, began = arguments(), time.time()
    context = multiprocessing.get_context('fork')
    source = context.Queue(48)
    what = dict(pictured=a.pictured, read_pages=a.read_pages, read_share=a.read_share, without_noise=a.without_noise)
    seed = a.seed or int(time.time() * 1000) % 10 ** 9
    workers = [context.Process(target=packing.worker, args=(seed + i * 7919, a.rows, a.length, a.pictures, what, source), daemon=True)
               for i in range(a.workers)]
    for w in workers:
        w.start()
    trainer = Trainer(a)
    feeder = Feeder(source, int(.32 * a.rows * a.length))
    feeder.start()
    trainer.run(feeder, began)
    trainer.save()
    for w in workers:
        w.terminate()
    os._exit(0)   # the queue's feeder thread may hold a batch that nobody takes


if __name__ == '__main__':
    main()
