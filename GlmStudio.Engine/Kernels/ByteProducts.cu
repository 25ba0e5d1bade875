// Products with weights in codes of 8 bits, in the order in which QuantizedFormat has them. A weight becomes a number of 16 bits on its way, as where it is multiplied with many rows.

__device__ __forceinline__ unsigned two_numbers(float low, float high)
{
    unsigned both;
    asm("cvt.rn." KIND "x2.f32 %0, %1, %2;" : "=r"(both) : "f"(high), "f"(low));
    return both;
}

// Four codes → two pairs of neighbours. 0x4b000000 is 2²³, of which a step is 1; zero: 2²³ + zero point.
__device__ __forceinline__ uint2 decode_bytes(unsigned codes, float zero, float scale)
{
    float v[4];
#pragma unroll
    for (int i = 0; i < 4; i++) v[i] = (__uint_as_float(__byte_perm(codes, 0x4b000000u, 0x7440 | i)) - zero) * scale;
    return { two_numbers(v[0], v[1]), two_numbers(v[2], v[3]) };
}

// A lane takes 16 inputs of a chunk of 64. sixteens: of a block.
template <int Warps, int Depth, int Tiles, bool Gated, typename Out>
__device__ __forceinline__ void bytes(const uint4* x, const uint4* codes, const number* scales, const unsigned char* zeros, Out* y, int rows, int outputs, int chunks, int sixteens, int blocks)
{
    let_others_start();
    const int lane = threadIdx.x & 31, g = lane >> 2, t = lane & 3, warp = threadIdx.x >> 5, parts = chunks * 8;
    const long long row[2] = { Gated ? blockIdx.x * 8 + g : blockIdx.x * 16 + g, Gated ? outputs + blockIdx.x * 8 + g : blockIdx.x * 16 + g + 8 };
    float sums[Tiles][4] = {};
    uint4 now[2][Depth], next[2][Depth];
    auto read = [&](uint4 (&target)[2][Depth], int chunk)
    {
#pragma unroll
        for (int d = 0; d < Depth; d++)
#pragma unroll
            for (int half = 0; half < 2; half++)
                if (chunk + d * Warps < chunks) target[half][d] = weights_at(codes + (row[half] * chunks + chunk + d * Warps) * 4 + t);
    };
    read(now, warp);
    wait_for_others();
    for (int chunk = warp; chunk < chunks; chunk += Warps * Depth)
    {
        read(next, chunk + Warps * Depth);
#pragma unroll
        for (int d = 0; d < Depth; d++)
        {
            const int at = chunk + d * Warps;
            if (at >= chunks) continue;
            const int block = (at * 4 + t) / sixteens;
            float scale[2], zero[2];
#pragma unroll
            for (int half = 0; half < 2; half++)
            {
                scale[half] = widen(scales[row[half] * blocks + block]);
                zero[half] = 8388608.0f + zeros[row[half] * blocks + block];
            }
#pragma unroll
            for (int eight = 0; eight < 2; eight++)
            {
                const uint2 p0 = decode_bytes(word_of(now[0][d], 2 * eight), zero[0], scale[0]), q0 = decode_bytes(word_of(now[1][d], 2 * eight), zero[1], scale[1]);
                const uint2 p1 = decode_bytes(word_of(now[0][d], 2 * eight + 1), zero[0], scale[0]), q1 = decode_bytes(word_of(now[1][d], 2 * eight + 1), zero[1], scale[1]);
#pragma unroll
                for (int tile = 0; tile < Tiles; tile++)
                {
                    const uint4 b = x[(long long)min(tile * 8 + g, rows - 1) * parts + at * 8 + t * 2 + eight];
                    multiply(sums[tile], p0.x, q0.x, p0.y, q0.y, b.x, b.y);
                    multiply(sums[tile], p1.x, q1.x, p1.y, q1.y, b.z, b.w);
                }
            }
        }
#pragma unroll
        for (int d = 0; d < Depth; d++)
#pragma unroll
            for (int half = 0; half < 2; half++) now[half][d] = next[half][d];
    }
    finish<Warps, Tiles, Gated>(sums, y, rows, outputs);
}

#define BYTES(name, warps, depth, tiles, gated, out) \
extern "C" __global__ void __launch_bounds__(warps * 32) name##_##tiles(const uint4* x, const uint4* codes, const number* scales, const unsigned char* zeros, out* y, \
    int rows, int outputs, int chunks, int sixteens, int blocks) \
{ bytes<warps, depth, tiles, gated>(x, codes, scales, zeros, y, rows, outputs, chunks, sixteens, blocks); }

BYTES(byte_product, 8, 2, 1, false, number)
BYTES(byte_gated_product, 8, 2, 1, true, number)
BYTES(byte_logits, 8, 2, 1, false, float)
BYTES(byte_product, 8, 2, 2, false, number)
BYTES(byte_gated_product, 8, 2, 2, true, number)
BYTES(byte_logits, 8, 2, 2, false, float)
BYTES(byte_product, 8, 2, 3, false, number)
BYTES(byte_gated_product, 8, 2, 3, true, number)
BYTES(byte_logits, 8, 2, 3, false, float)
BYTES(byte_product, 8, 2, 4, false, number)
BYTES(byte_gated_product, 8, 2, 4, true, number)
BYTES(byte_logits, 8, 2, 4, false, float)

// Rows from blockIdx.y on → numbers of 16 bits, for products of many rows. A thread 16 inputs.
extern "C" __global__ void decode_all_bytes(const uint4* codes, const number* scales, const unsigned char* zeros, uint4* target, int parts, int sixteens, int blocks)
{
    const int at = blockIdx.x * blockDim.x + threadIdx.x, block = at / sixteens;
    if (at >= parts) return;
    const long long row = blockIdx.y;
    const uint4 c = weights_at(codes + row * parts + at);
    const float scale = widen(scales[row * blocks + block]), zero = 8388608.0f + zeros[row * blocks + block];
    wait_for_others();
    const uint2 a = decode_bytes(c.x, zero, scale), b = decode_bytes(c.y, zero, scale), d = decode_bytes(c.z, zero, scale), e = decode_bytes(c.w, zero, scale);
    target[(row * parts + at) * 2] = { a.x, a.y, b.x, b.y };
    target[(row * parts + at) * 2 + 1] = { d.x, d.y, e.x, e.y };
}
