// Products with weights in codes of 4 bits and blocks of 32 inputs or more (QuantizedFormat), which are arranged for it: two lanes' reads of a warp are never apart.

// Eight arranged codes of 4 bits → 1 + code/16, exact: pairs of neighbours.
__device__ __forceinline__ uint4 raised(unsigned codes)
{
    constexpr unsigned Mask = 0x000f000fu << CODE_PLACE;
    return { masked(codes, Mask, ONE), masked(turned_right(codes, 4), Mask, ONE), masked(turned_right(codes, 8), Mask, ONE), masked(turned_right(codes, 12), Mask, ONE) };
}

// The codes minus their zero point, exact. zero: a pair of −(16 + zero point).
__device__ __forceinline__ uint4 decode(unsigned codes, unsigned zero)
{
    const uint4 v = raised(codes);
    return { multiply_add(v.x, SIXTEEN, zero), multiply_add(v.y, SIXTEEN, zero), multiply_add(v.z, SIXTEEN, zero), multiply_add(v.w, SIXTEEN, zero) };
}

// That of an output among eight.
__device__ __forceinline__ unsigned zero_pair(unsigned zeros, int output) { return (zeros >> 4 * output & 15) * 0x10001u << CODE_PLACE | MINUS_SIXTEEN; }

// The order of codes that these kernels read, made in place when a checkpoint is loaded: a lane's 32 codes of a chunk of 8 outputs × 128 inputs stand together,
//   codes [outputs / 8, chunks, lane = 4·output + t, word, 8]: inputs 32·word + 8·t on, of every eight first the even ones, turned left so that the first stands where `raised` wants it; scales [outputs / 8, blocks, 8]; zeros the same, 4 bits each.
// A block arranges 8 outputs.
extern "C" __global__ void arrange(uint4* codes, number* scales, unsigned* zeros, int chunks, int blocks)
{
    const int codeParts = 8 * chunks * 4, zeroBytes = (blocks + 1) >> 1;
    uint4* const mine = codes + (long long)blockIdx.x * codeParts;
    number* const scale = scales + (long long)blockIdx.x * 8 * blocks;
    unsigned* const zero = zeros + (long long)blockIdx.x * 2 * zeroBytes;
    number* const oldScale = (number*)(staged + codeParts);
    unsigned* const oldZero = (unsigned*)(oldScale + 8 * blocks);
    wait_for_others();
    for (int i = threadIdx.x; i < codeParts; i += blockDim.x) staged[i] = mine[i];
    for (int i = threadIdx.x; i < 8 * blocks; i += blockDim.x) oldScale[i] = scale[i];
    for (int i = threadIdx.x; i < 2 * zeroBytes; i += blockDim.x) oldZero[i] = zero[i];
    __syncthreads();
    for (int i = threadIdx.x; i < codeParts * 4; i += blockDim.x)
    {
        const int word = i & 3, lane = i >> 2 & 31, chunk = i >> 7, row = lane >> 2, t = lane & 3;
        const unsigned old = ((const unsigned*)staged)[row * chunks * 16 + chunk * 16 + word * 4 + t];
        unsigned even = old & 0x0f0f0f0fu, odd = old >> 4 & 0x0f0f0f0fu;
        even = (even | even >> 4) & 0x00ff00ffu;
        odd = (odd | odd >> 4) & 0x00ff00ffu;
        ((unsigned*)mine)[i] = turned_right((even | even >> 8) & 0xffffu | (odd | odd >> 8) << 16, 32 - CODE_PLACE);
    }
    for (int i = threadIdx.x; i < 8 * blocks; i += blockDim.x) scale[i] = oldScale[(i & 7) * blocks + (i >> 3)];
    for (int i = threadIdx.x; i < blocks; i += blockDim.x)
    {
        unsigned all = 0;
        for (int row = 0; row < 8; row++) all |= (((const unsigned char*)oldZero)[row * zeroBytes + (i >> 1)] >> 4 * (i & 1) & 15u) << 4 * row;
        zero[i] = all;
    }
}

// W in arranged codes, for up to 8 rows. A step is two chunks, so that there are always two products to go on with. Scales: scales of a chunk, 4, 2 or 1.
// With codes c, zero point z and scale s a scale's inputs give s·Σx(c − z) = 16s·(Σx(1 + c/16) − (1 + z/16)·Σx).
template <int Scales>
struct CodedWeights
{
    static constexpr int Each = 2, Chunk = 64 + 2 * Scales + (Scales + 1) / 2, Parts = 16 * Each, Room = Chunk * Each, Sums = Scales * Each;
    static constexpr float Factor = 16.0f;
    const uint4* codes;
    const number* scales;
    const unsigned* zeros;
    int chunks, perScale, blocks;
    const uint4* from = nullptr;
    const number* scale = nullptr;
    const unsigned* zero = nullptr;
    int second = 0;

    __device__ __forceinline__ void begin(int tile, bool gated, int outputs, int step)
    {
        const int lane = threadIdx.x & 31, group = gated ? tile : 2 * tile, apart = gated ? outputs / 8 : 1, mine = lane / Scales & 1 ? group + apart : group;
        from = codes + ((long long)group * chunks + step * Each) * 32 + lane;
        second = apart * chunks * 32;
        scale = scales + ((long long)mine * blocks + lane % Scales) * 8;
        zero = zeros + (long long)mine * 2 * ((blocks + 1) >> 1) + lane % Scales;
    }

    __device__ __forceinline__ void fetch(uint4* target, int step)
    {
        const int lane = threadIdx.x & 31;
#pragma unroll
        for (int j = 0; j < Each; j++, target += Chunk)
        {
            // Behind the end any codes will do: x is 0 there.
            const int k = step * Each + j < chunks ? j : 0, chunk = step * Each + k;
            fetch16(target + lane, from + 32 * k);
            fetch16(target + 32 + lane, from + second + 32 * k);
            if (lane < 2 * Scales)
            {
                const int block = Scales == 1 ? chunk >> perScale : chunk * Scales;
                fetch16(target + 64 + lane, scale + block * 8);
                fetch4((unsigned*)(target + 64 + 2 * Scales) + lane, zero + block);
            }
        }
        from += 32 * Each;
    }

    __device__ __forceinline__ void multiply(float (&sums)[4], const uint4* step, const uint4* x, const float* sumsOfX) const
    {
        const int lane = threadIdx.x & 31, g = lane >> 2, t = lane & 3;
        uint4 c[Each][2];
        float raw[Each][4];
#pragma unroll
        for (int j = 0; j < Each; j++) (c[j][0] = step[j * Chunk + lane], c[j][1] = step[j * Chunk + 32 + lane]);
#pragma unroll
        for (int word = 0; word < 4; word++)
        {
            const int i = word * Scales / 4;
#pragma unroll
            for (int j = 0; j < Each; j++)
            {
                const number* const s = (const number*)(step + j * Chunk + 64);
                const unsigned* const z = (const unsigned*)(step + j * Chunk + 64 + 2 * Scales);
                if (word * Scales % 4 == 0)
                {
                    // A zero point becomes −(1 + z/16) by its four bits: a sixteenth of 1 is bit 19 of a number of 32 bits.
                    const float2 sum = *(const float2*)&sumsOfX[(j * Scales + i) * 8 + 2 * t];
                    const float z0 = __uint_as_float(masked(turned_right(z[i], 4 * g - 19), 0x780000u, 0xbf800000u)), z1 = __uint_as_float(masked(turned_right(z[Scales + i], 4 * g - 19), 0x780000u, 0xbf800000u));
                    (raw[j][0] = z0 * sum.x, raw[j][1] = z0 * sum.y, raw[j][2] = z1 * sum.x, raw[j][3] = z1 * sum.y);
                }
                const uint4 p = raised(word_of(c[j][0], word)), q = raised(word_of(c[j][1], word)), b = x[j * 16 + word * 4 + t];
                ::multiply(raw[j], p.x, q.x, p.y, q.y, b.x, b.y);
                ::multiply(raw[j], p.z, q.z, p.w, q.w, b.z, b.w);
                if ((word + 1) * Scales % 4 == 0)
                {
                    const float f0 = widen(s[i * 8 + g]), f1 = widen(s[(Scales + i) * 8 + g]);
                    (sums[0] += f0 * raw[j][0], sums[1] += f0 * raw[j][1], sums[2] += f1 * raw[j][2], sums[3] += f1 * raw[j][3]);
                }
            }
        }
    }
};

// SCALES is given when this is compiled: all matrices of a checkpoint have blocks of one size. perScale: chunks of a scale where it is 1, as a power of two.
#define CODED(name, gated, out) \
extern "C" __global__ void __launch_bounds__(512) name(const uint4* x, const uint4* codes, const number* scales, const unsigned* zeros, out* y, int rows, int outputs, int chunks, int perScale, int blocks, \
    int tiles, int split) \
{ stream<CodedWeights<SCALES>, 3, gated>(x, CodedWeights<SCALES>{ codes, scales, zeros, chunks, perScale, blocks }, y, rows, outputs, chunks * 16, tiles, split); }

CODED(coded_product, false, number)
CODED(coded_gated_product, true, number)
CODED(coded_logits, false, float)

// The same for up to 24 rows, and where x finds no room in shared memory: a block's warps share the inputs of its one tile.
template <int Warps, int Depth, int Tiles, int Scales, bool Gated, typename Out>
__device__ __forceinline__ void quantized(const uint4* x, const uint4* codes, const number* scales, const unsigned* zeros, Out* y, int rows, int outputs, int chunks, int perScale, int blocks)
{
    let_others_start();
    const int lane = threadIdx.x & 31, g = lane >> 2, t = lane & 3, warp = threadIdx.x >> 5, parts = chunks * 16;
    const int group[2] = { Gated ? (int)blockIdx.x : 2 * (int)blockIdx.x, Gated ? (int)blockIdx.x + outputs / 8 : 2 * (int)blockIdx.x + 1 };
    const uint4* const from[2] = { codes + (long long)group[0] * chunks * 32 + lane, codes + (long long)group[1] * chunks * 32 + lane };
    const number* const scaleOf[2] = { scales + (long long)group[0] * blocks * 8 + g, scales + (long long)group[1] * blocks * 8 + g };
    const unsigned* const zeroOf[2] = { zeros + (long long)group[0] * 2 * ((blocks + 1) >> 1), zeros + (long long)group[1] * 2 * ((blocks + 1) >> 1) };
    float sums[Tiles][4] = {};
    uint4 now[2][Depth], next[2][Depth];
    unsigned scale[2][Depth][Scales], zero[2][Depth][Scales], nextScale[2][Depth][Scales], nextZero[2][Depth][Scales];
    auto read = [&](uint4 (&c)[2][Depth], unsigned (&s)[2][Depth][Scales], unsigned (&z)[2][Depth][Scales], int chunk)
    {
#pragma unroll
        for (int d = 0; d < Depth; d++)
        {
            const int at = chunk + d * Warps;
            if (at >= chunks) continue;
#pragma unroll
            for (int half = 0; half < 2; half++)
            {
                c[half][d] = weights_at(from[half] + at * 32);
#pragma unroll
                for (int i = 0; i < Scales; i++)
                {
                    const int block = Scales == 1 ? at >> perScale : at * Scales + i;
                    s[half][d][i] = scaleOf[half][block * 8];
                    z[half][d][i] = zeroOf[half][block];
                }
            }
        }
    };
    read(now, scale, zero, warp);
    wait_for_others();
    for (int chunk = warp; chunk < chunks; chunk += Warps * Depth)
    {
        read(next, nextScale, nextZero, chunk + Warps * Depth);
#pragma unroll
        for (int d = 0; d < Depth; d++)
        {
            const int at = chunk + d * Warps;
            if (at >= chunks) continue;
            uint4 b[Tiles][4];
#pragma unroll
            for (int tile = 0; tile < Tiles; tile++)
#pragma unroll
                for (int word = 0; word < 4; word++)
                {
                    const int row = min(tile * 8 + g, rows - 1), i = at * 16 + word * 4 + t;
                    b[tile][word] = x[(long long)row * parts + i];
                }
            float raw[Tiles][4];
#pragma unroll
            for (int word = 0; word < 4; word++)
            {
                const int i = word * Scales / 4;
                const unsigned z0 = zero_pair(zero[0][d][i], g), z1 = zero_pair(zero[1][d][i], g);
                const uint4 p = decode(word_of(now[0][d], word), z0), q = decode(word_of(now[1][d], word), z1);
#pragma unroll
                for (int tile = 0; tile < Tiles; tile++)
                {
                    if (word * Scales % 4 == 0) (raw[tile][0] = 0, raw[tile][1] = 0, raw[tile][2] = 0, raw[tile][3] = 0);
                    multiply(raw[tile], p.x, q.x, p.y, q.y, b[tile][word].x, b[tile][word].y);
                    multiply(raw[tile], p.z, q.z, p.w, q.w, b[tile][word].z, b[tile][word].w);
                    if ((word + 1) * Scales % 4 == 0)
                    {
                        const float f0 = widen((number)scale[0][d][i]), f1 = widen((number)scale[1][d][i]);
                        (sums[tile][0] += f0 * raw[tile][0], sums[tile][1] += f0 * raw[tile][1], sums[tile][2] += f1 * raw[tile][2], sums[tile][3] += f1 * raw[tile][3]);
                    }
                }
            }
        }
#pragma unroll
        for (int d = 0; d < Depth; d++)
#pragma unroll
            for (int half = 0; half < 2; half++)
            {
                now[half][d] = next[half][d];
#pragma unroll
                for (int i = 0; i < Scales; i++) (scale[half][d][i] = nextScale[half][d][i], zero[half][d][i] = nextZero[half][d][i]);
            }
    }
    finish<Warps, Tiles, Gated>(sums, y, rows, outputs);
}

#define CODED_ROWS(name, warps, depth, tiles, gated, out) \
extern "C" __global__ void __launch_bounds__(warps * 32) name##_##tiles(const uint4* x, const uint4* codes, const number* scales, const unsigned* zeros, out* y, \
    int rows, int outputs, int chunks, int perScale, int blocks) \
{ quantized<warps, depth, tiles, SCALES, gated>(x, codes, scales, zeros, y, rows, outputs, chunks, perScale, blocks); }

CODED_ROWS(coded_rows_product, 8, 1, 1, false, number)
CODED_ROWS(coded_rows_gated_product, 4, 1, 1, true, number)
CODED_ROWS(coded_rows_logits, 4, 2, 1, false, float)
CODED_ROWS(coded_rows_product, 8, 2, 2, false, number)
CODED_ROWS(coded_rows_gated_product, 4, 1, 2, true, number)
CODED_ROWS(coded_rows_logits, 4, 2, 2, false, float)
CODED_ROWS(coded_rows_product, 8, 2, 3, false, number)
CODED_ROWS(coded_rows_gated_product, 4, 1, 3, true, number)
CODED_ROWS(coded_rows_logits, 4, 2, 3, false, float)

// Arranged codes of eights of outputs from blockIdx.y on → numbers of 16 bits [outputs, inputs], for products of many rows. A warp a chunk.
extern "C" __global__ void decode_all(const uint4* codes, const number* scales, const unsigned* zeros, uint4* target, int chunks, int unitsPerBlock, int blocks)
{
    const int lane = threadIdx.x & 31, g = lane >> 2, t = lane & 3, chunk = blockIdx.x * (blockDim.x >> 5) + (threadIdx.x >> 5);
    if (chunk >= chunks) return;
    const long long group = blockIdx.y;
    const uint4 c = weights_at(codes + (group * chunks + chunk) * 32 + lane);
    wait_for_others();
#pragma unroll
    for (int word = 0; word < 4; word++)
    {
        const int block = (chunk * 4 + word) / unitsPerBlock;
        const unsigned scale = scales[(group * blocks + block) * 8 + g] * 0x10001u, zero = zero_pair(zeros[group * 2 * ((blocks + 1) >> 1) + block], g);
        const uint4 v = decode(word_of(c, word), zero);
        target[(group * 8 + g) * chunks * 16 + chunk * 16 + word * 4 + t] =
            { multiply_add(v.x, scale, SIGNS), multiply_add(v.y, scale, SIGNS), multiply_add(v.z, scale, SIGNS), multiply_add(v.w, scale, SIGNS) };
    }
}
