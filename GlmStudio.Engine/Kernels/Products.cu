// y = x·Wᵀ for a few rows of x, which is all reading of weights: every weight is read once, and the tensor cores multiply it with up to 8 rows at a time (StreamPlan says with how many it is done).
// A tile is 16 outputs, or 8 of a gate and the 8 values that belong to them.
// mma.m16n8k16: a lane (4·g + t) holds inputs of the outputs g and g + 8 and of row g of x; of the sums those of the rows 2t and 2t + 1. Which inputs of W meet which of x is all that matters, not their order.

__device__ __forceinline__ void put(number* y, long long at, float x) { y[at] = narrow(x); }
__device__ __forceinline__ void put(float* y, long long at, float x) { y[at] = x; }

extern __shared__ uint4 staged[];

// A stride of so many eights or a few more at which rows stand in different banks.
__device__ __forceinline__ int apart(int eights) { return eights + (12 - eights % 8) % 8; }

// What W must have: Parts, eights of inputs of a step; Room, uint4 that they take for 16 outputs; Sums, sums of x a step; Factor, by which the sums of products are multiplied in the end;
//   begin(tile, gated, outputs, step): goes to a place; fetch(target, step): fetches the next step and goes on; multiply(sums, step, x, sumsOfX).
//
// There is a block for each multiprocessor, and as few tiles are left over as can be. Each warp runs through the inputs of its tiles, or through one part of `split` of the inputs of one tile, on its own:
// Depth steps of weights are always on their way to shared memory, the first before x is there. x stands in shared memory whole, in zeros after its end.
template <typename W, int Depth, bool Gated, typename Out>
__device__ __forceinline__ void stream(const uint4* x, W w, Out* y, int rows, int outputs, int parts, int tiles, int split)
{
    let_others_start();
    const int lane = threadIdx.x & 31, g = lane >> 2, t = lane & 3, warp = threadIdx.x >> 5, teams = (blockDim.x >> 5) / split, team = warp / split;
    const int steps = (parts + W::Parts - 1) / W::Parts, each = (steps + split - 1) / split, first = (warp - team * split) * each, count = min(steps, first + each) - first;
    const int padded = steps * W::Parts, stride = apart(padded), nextTile = teams * gridDim.x;
    float* const sumsOfX = (float*)(staged + rows * stride);
    uint4* const rings = staged + rows * stride + steps * W::Sums * 2;
    uint4* const ring = rings + warp * Depth * W::Room;
    int aheadTile = blockIdx.x + team * gridDim.x, ahead = 0, aheadSlot = 0;
    if (aheadTile < tiles) w.begin(aheadTile, Gated, outputs, first);
    auto fetch = [&]
    {
        if (aheadTile < tiles)
        {
            w.fetch(ring + aheadSlot, first + ahead);
            aheadSlot += W::Room;
            if (aheadSlot == Depth * W::Room) aheadSlot = 0;
            if (++ahead == count)
            {
                ahead = 0;
                aheadTile += nextTile;
                if (aheadTile < tiles) w.begin(aheadTile, Gated, outputs, first);
            }
        }
        commit_fetches();
    };
#pragma unroll
    for (int i = 0; i < Depth - 1; i++) fetch();
    wait_for_others();
    const uint4 none = {};
    for (int row = 0; row < rows; row++)
#pragma unroll 4
        for (int i = threadIdx.x; i < padded; i += blockDim.x) staged[row * stride + i] = i < parts ? x[(long long)row * parts + i] : none;
    __syncthreads();
    if (W::Sums > 0)
    {
        // Of the inputs of a scale each, [sums, 8 rows]: four lanes a sum.
        constexpr int Unit = W::Parts / (W::Sums > 0 ? W::Sums : 1);
        const int units = steps * W::Sums, all = rows * units * 4;
        for (int i = threadIdx.x; i < (all + 31) / 32 * 32; i += blockDim.x)
        {
            const int at = min(i, all - 1) / 4, unit = at % units, row = at / units;
            float sum = 0;
#pragma unroll
            for (int k = 0; k < Unit; k += 4)
            {
                eight e;
                e.all = staged[row * stride + unit * Unit + k + i % 4];
#pragma unroll
                for (int n = 0; n < 8; n++) sum += widen(e.each[n]);
            }
            sum += __shfl_xor_sync(0xffffffffu, sum, 1);
            sum += __shfl_xor_sync(0xffffffffu, sum, 2);
            if (i % 4 == 0) sumsOfX[unit * 8 + row] = sum;
        }
        __syncthreads();
    }
    const uint4* const mine = staged + min(g, rows - 1) * stride + first * W::Parts;
    int slot = 0;
    for (int tile = blockIdx.x + team * gridDim.x; tile < tiles; tile += nextTile)
    {
        float sums[4] = {};
        const uint4* at = mine;
        const float* of = sumsOfX + first * W::Sums * 8;
        for (int i = 0; i < count; i++)
        {
            wait_for_fetches<Depth - 2>();
            __syncwarp();
            fetch();
            w.multiply(sums, ring + slot, at, of);
            at += W::Parts;
            of += W::Sums * 8;
            slot += W::Room;
            if (slot == Depth * W::Room) slot = 0;
        }
        if (split > 1)
        {
            // There is no further tile, and all of the ring has been read.
            wait_for_fetches<0>();
            __syncwarp();
            float* const part = (float*)ring;
            part[2 * t * 16 + g] = sums[0];
            part[(2 * t + 1) * 16 + g] = sums[1];
            part[2 * t * 16 + g + 8] = sums[2];
            part[(2 * t + 1) * 16 + g + 8] = sums[3];
            continue;
        }
#pragma unroll
        for (int i = 0; i < 2; i++)
        {
            const int row = 2 * t + i;
            if (row >= rows) continue;
            const float low = sums[i] * W::Factor, high = sums[i + 2] * W::Factor;
            if (Gated) put(y, (long long)row * outputs + tile * 8 + g, gated(low, high));
            else
            {
                put(y, (long long)row * outputs + tile * 16 + g, low);
                put(y, (long long)row * outputs + tile * 16 + g + 8, high);
            }
        }
    }
    if (split == 1) return;
    __syncthreads();
    constexpr int Wide = Gated ? 8 : 16;
    for (int i = threadIdx.x; i < teams * rows * Wide; i += blockDim.x)
    {
        const int at = i % Wide, row = i / Wide % rows, of = i / (Wide * rows), tile = blockIdx.x + of * gridDim.x;
        if (tile >= tiles) continue;
        float low = 0, high = 0;
        for (int part = 0; part < split; part++)
        {
            const float* from = (const float*)(rings + (of * split + part) * Depth * W::Room) + row * 16 + at;
            low += from[0];
            if (Gated) high += from[8];
        }
        put(y, (long long)row * outputs + (long long)tile * Wide + at, Gated ? gated(low * W::Factor, high * W::Factor) : low * W::Factor);
    }
}

// W in 16 bits, [outputs, parts]: parts is a multiple of four. Of a gate, W has the gate's outputs first. A lane takes 8 inputs of 32 of two outputs at a time.
struct PlainWeights
{
    static constexpr int Each = 4, Parts = 4 * Each, Room = 64 * Each, Sums = 0;
    static constexpr float Factor = 1.0f;
    const uint4* w;
    int parts;
    const uint4* from = nullptr;
    long long second = 0;

    __device__ __forceinline__ void begin(int tile, bool gated, int outputs, int)
    {
        const int lane = threadIdx.x & 31;
        from = w + ((long long)tile * (gated ? 8 : 16) + (lane >> 2)) * parts + (lane & 3);
        second = (gated ? (long long)outputs : 8) * parts;
    }

    __device__ __forceinline__ void fetch(uint4* target, int step)
    {
        const int lane = threadIdx.x & 31;
#pragma unroll
        for (int j = 0; j < Each; j++)
        {
            // Behind the end any numbers will do: x is 0 there.
            const uint4* const here = from + min(step * Parts + 4 * j, parts - 4);
            fetch16(target + 64 * j + lane, here);
            fetch16(target + 64 * j + 32 + lane, here + second);
        }
    }

    __device__ __forceinline__ void multiply(float (&sums)[4], const uint4* step, const uint4* x, const float*) const
    {
        const int lane = threadIdx.x & 31;
#pragma unroll
        for (int j = 0; j < Each; j++)
        {
            const uint4 p = step[64 * j + lane], q = step[64 * j + 32 + lane], b = x[4 * j + (lane & 3)];
            ::multiply(sums, p.x, q.x, p.y, q.y, b.x, b.y);
            ::multiply(sums, p.z, q.z, p.w, q.w, b.z, b.w);
        }
    }
};

// Depths, warps and steps were measured on an H200 with the sizes of GLM-4.6V-Flash. StreamPlan has them too.
#define PLAIN(name, gated, out) \
extern "C" __global__ void __launch_bounds__(512) name(const uint4* x, const uint4* w, out* y, int rows, int outputs, int parts, int tiles, int split) \
{ stream<PlainWeights, 3, gated>(x, PlainWeights{ w, parts }, y, rows, outputs, parts, tiles, split); }

PLAIN(product, false, number)
PLAIN(gated_product, true, number)
PLAIN(logits, false, float)

// Adds what the warps of a block have, which shared the inputs of a tile, and writes it: y[row, output].
template <int Warps, int Tiles, bool Gated, typename Out>
__device__ __forceinline__ void finish(float (&sums)[Tiles][4], Out* y, int rows, int outputs)
{
    __shared__ float parts[Warps][Tiles][128];
    const int lane = threadIdx.x & 31, g = lane >> 2, t = lane & 3, warp = threadIdx.x >> 5;
#pragma unroll
    for (int tile = 0; tile < Tiles; tile++)
    {
        float* part = parts[warp][tile];
        part[2 * t * 16 + g] = sums[tile][0];
        part[(2 * t + 1) * 16 + g] = sums[tile][1];
        part[2 * t * 16 + g + 8] = sums[tile][2];
        part[(2 * t + 1) * 16 + g + 8] = sums[tile][3];
    }
    __syncthreads();
    constexpr int Wide = Gated ? 8 : 16;
    for (int i = threadIdx.x; i < Wide * rows; i += Warps * 32)
    {
        const int at = i % Wide, row = i / Wide, from = (row & 7) * 16 + at;
        float total = 0.0f, up = 0.0f;
#pragma unroll
        for (int w = 0; w < Warps; w++)
        {
            total += parts[w][row >> 3][from];
            if (Gated) up += parts[w][row >> 3][from + 8];
        }
        put(y, (long long)row * outputs + blockIdx.x * Wide + at, Gated ? gated(total, up) : total);
    }
}
