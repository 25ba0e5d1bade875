// y = x·Wᵀ for a few rows of x, which is all reading of weights: every weight is read once, and the tensor cores multiply it with up to 8·Tiles rows at a time.
// A block makes 16 outputs, or 8 of a gate and of the values behind it; its warps share the inputs among them and add up in shared memory, always in the same order.
// mma.m16n8k16: a lane holds inputs of the outputs lane/4 and lane/4 + 8 and of the row lane/4 of x. Which inputs of W meet which of x is all that matters, not their order.

__device__ __forceinline__ void put(number* y, long long at, float x) { y[at] = narrow(x); }
__device__ __forceinline__ void put(float* y, long long at, float x) { y[at] = x; }

// Adds what the warps have and writes it: y[row, output].
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
        put(y, (long long)row * outputs + blockIdx.x * Wide + at, Gated ? total / (1.0f + __expf(-total)) * up : total);
    }
}

extern __shared__ uint4 staged[];

// W in 16 bits. parts: eighths of a row's inputs, a multiple of four. Of a gate, W has the gate's outputs first.
template <int Warps, int Depth, bool Gated, typename Out>
__device__ __forceinline__ void dense(const uint4* x, const uint4* w, Out* y, int rows, int outputs, int parts)
{
    let_others_start();
    const int lane = threadIdx.x & 31, g = lane >> 2, t = lane & 3, warp = threadIdx.x >> 5, chunks = parts >> 2;
    const long long row = Gated ? blockIdx.x * 8 + g : blockIdx.x * 16 + g;
    const uint4* from = w + row * parts + t;
    const long long second = (Gated ? (long long)outputs : 8) * parts;
    float sums[1][4] = {};
    uint4 now[2][Depth], next[2][Depth];
    const uint4 none = {};
    auto read = [&](uint4 (&target)[2][Depth], int chunk)
    {
#pragma unroll
        for (int d = 0; d < Depth; d++)
        {
            const bool inside = chunk + d * Warps < chunks;
            target[0][d] = inside ? weights_at(from + (chunk + d * Warps) * 4) : none;
            target[1][d] = inside ? weights_at(from + second + (chunk + d * Warps) * 4) : none;
        }
    };
    read(now, warp);
    wait_for_others();
    const int stride = parts + (12 - parts % 8) % 8;
    for (int r = 0; r < rows; r++)
        for (int i = threadIdx.x; i < parts; i += Warps * 32) staged[r * stride + i] = x[(long long)r * parts + i];
    __syncthreads();
    const uint4* mine = staged + min(g, rows - 1) * stride + t;
    for (int chunk = warp; chunk < chunks; chunk += Warps * Depth)
    {
        read(next, chunk + Warps * Depth);
#pragma unroll
        for (int d = 0; d < Depth; d++)
        {
            const uint4 p = now[0][d], q = now[1][d], b = mine[min(chunk + d * Warps, chunks - 1) * 4];
            multiply(sums[0], p.x, q.x, p.y, q.y, b.x, b.y);
            multiply(sums[0], p.z, q.z, p.w, q.w, b.z, b.w);
        }
#pragma unroll
        for (int d = 0; d < Depth; d++)
        {
            now[0][d] = next[0][d];
            now[1][d] = next[1][d];
        }
    }
    finish<Warps, 1, Gated>(sums, y, rows, outputs);
}

#define DENSE(name, warps, depth, gated, out) \
extern "C" __global__ void __launch_bounds__(warps * 32) name(const uint4* x, const uint4* w, out* y, int rows, int outputs, int parts) \
{ dense<warps, depth, gated>(x, w, y, rows, outputs, parts); }

// The numbers of warps and of reads ahead were measured on an H200 with the sizes of GLM-4.6V-Flash.
DENSE(product, 8, 1, false, number)
DENSE(long_product, 16, 2, false, number)
DENSE(gated_product, 8, 4, true, number)
DENSE(logits, 8, 2, false, float)
