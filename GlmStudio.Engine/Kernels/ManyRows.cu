// Products with arranged codes of 4 bits (CodedProducts.cu) of more rows (ManyRowsPlan), up to 8·Tiles of them. A block has 128 outputs, or 64 of a gate and their values: four teams of two warps have 32 each, and of every
// chunk's inputs a warp has half. All share x as it comes, chunk by chunk. Where few blocks have all outputs, blocks share the inputs: the last to arrive adds up the parts in their order.
// Sums: [2 · Tiles, 4] a lane, first those of a team's outputs 0 to 15, then of 16 to 31.

constexpr int MANY_TEAMS = 4, MANY_GROUPS = 4, MANY_THREADS = 128;

// A chunk's inputs of one half. x: [word, tile, lane]; team: its codes [group, lane], scales [group, scale, 8] and zero points [group, scale].
template <int Tiles, int Scales>
__device__ __forceinline__ void multiply_chunk(float (&sums)[2 * Tiles][4], const uint4* x, const uint4* team, int half)
{
    const int lane = threadIdx.x & 31, g = lane >> 2;
    unsigned c[MANY_GROUPS][2];
#pragma unroll
    for (int i = 0; i < MANY_GROUPS; i++)
    {
        const uint2 two = ((const uint2*)(team + i * 32 + lane))[half];
        (c[i][0] = two.x, c[i][1] = two.y);
    }
#pragma unroll
    for (int k = 0; k < 2; k++)
    {
        const int word = half * 2 + k;
        uint4 a[MANY_GROUPS];
#pragma unroll
        for (int i = 0; i < MANY_GROUPS; i++)
        {
            const int at = i * Scales + (Scales == 1 ? 0 : word * Scales / 4);
            const unsigned scale = ((const number*)(team + MANY_GROUPS * 32))[at * 8 + g] * 0x10001u;
            const uint4 v = decode(c[i][k], zero_pair(((const unsigned*)(team + MANY_GROUPS * (32 + Scales)))[at], g));
            a[i] = { multiply_add(v.x, scale, SIGNS), multiply_add(v.y, scale, SIGNS), multiply_add(v.z, scale, SIGNS), multiply_add(v.w, scale, SIGNS) };
        }
        // So many tiles at a time that a product never waits for the one before.
        constexpr int Together = Tiles % 4 == 0 ? 4 : 3;
#pragma unroll
        for (int first = 0; first < Tiles; first += Together)
        {
            uint4 b[Together];
#pragma unroll
            for (int i = 0; i < Together; i++) b[i] = x[(word * Tiles + first + i) * 32 + lane];
#pragma unroll
            for (int i = 0; i < Together; i++)
#pragma unroll
                for (int m = 0; m < 2; m++) multiply(sums[m * Tiles + first + i], a[2 * m].x, a[2 * m + 1].x, a[2 * m].y, a[2 * m + 1].y, b[i].x, b[i].y);
#pragma unroll
            for (int i = 0; i < Together; i++)
#pragma unroll
                for (int m = 0; m < 2; m++) multiply(sums[m * Tiles + first + i], a[2 * m].z, a[2 * m + 1].z, a[2 * m].w, a[2 * m + 1].w, b[i].z, b[i].w);
        }
    }
}

__device__ __forceinline__ void add(float (&sum)[4], float4 v) { (sum[0] += v.x, sum[1] += v.y, sum[2] += v.z, sum[3] += v.w); }

// The halves meet in shared memory, all of which has been read: the first has the sums of both.
template <int Sums>
__device__ __forceinline__ void add_halves(float (&sums)[Sums][4], int half)
{
    wait_for_fetches<0>();
    __syncthreads();
    float4* const meeting = (float4*)staged + (threadIdx.x & (MANY_THREADS - 1));
    if (half == 1)
#pragma unroll
        for (int i = 0; i < Sums; i++) meeting[i * MANY_THREADS] = { sums[i][0], sums[i][1], sums[i][2], sums[i][3] };
    __syncthreads();
    if (half == 0)
#pragma unroll
        for (int i = 0; i < Sums; i++) add(sums[i], meeting[i * MANY_THREADS]);
}

// Leaves the sums for the others that share the inputs, and in the last block adds up those of all. Whether this is the last.
// parts: [blocks, split, sums, 128 threads, 4]; arrived: [blocks], zeros before and after.
template <int Sums>
__device__ __forceinline__ bool add_parts(float (&sums)[Sums][4], float4* parts, unsigned* arrived, int half)
{
    __shared__ bool isLast;
    float4* const all = parts + (long long)blockIdx.x * gridDim.y * Sums * MANY_THREADS + (threadIdx.x & (MANY_THREADS - 1));
    if (half == 0)
#pragma unroll
        for (int i = 0; i < Sums; i++) all[(blockIdx.y * Sums + i) * MANY_THREADS] = { sums[i][0], sums[i][1], sums[i][2], sums[i][3] };
    __threadfence();
    __syncthreads();
    if (threadIdx.x == 0)
    {
        isLast = atomicAdd(arrived + blockIdx.x, 1u) == gridDim.y - 1;
        if (isLast) arrived[blockIdx.x] = 0;
    }
    __syncthreads();
    if (!isLast) return false;
    __threadfence();
#pragma unroll
    for (int i = 0; i < Sums; i++) (sums[i][0] = 0, sums[i][1] = 0, sums[i][2] = 0, sums[i][3] = 0);
    for (int part = 0; part < gridDim.y; part++)
#pragma unroll
        for (int i = 0; i < Sums; i++) add(sums[i], __ldcg(all + (part * Sums + i) * MANY_THREADS));
    return true;
}

template <int Tiles, int Scales, bool Gated, typename Out>
__device__ __forceinline__ void many(const uint4* x, const uint4* codes, const number* scales, const unsigned* zeros, Out* y, float4* parts, unsigned* arrived, int rows, int outputs, int chunks, int perScale, int blocks)
{
    constexpr int Depth = 3, OfX = Tiles * 128, OfTeam = MANY_GROUPS * (32 + Scales) + Scales, Stage = OfX + MANY_TEAMS * OfTeam, Rounds = Tiles / 2;
    let_others_start();
    const int lane = threadIdx.x & 31, g = lane >> 2, t = lane & 3, team = threadIdx.x >> 5 & 3, half = threadIdx.x >> 7;
    const int each = (chunks + gridDim.y - 1) / gridDim.y, begin = blockIdx.y * each, count = min(chunks, begin + each) - begin, place = blockIdx.x * MANY_TEAMS + team;
    // Groups of eight outputs; behind the end any will do, their sums are left.
    auto groupOf = [&](int i) { return Gated ? (i & 1) * (outputs / 8) + min(place * 2 + (i >> 1), outputs / 8 - 1) : min(place * 4 + i, outputs / 8 - 1); };
    const uint4* codesOf[2];
#pragma unroll
    for (int i = 0; i < 2; i++) codesOf[i] = codes + ((long long)groupOf(half * 2 + i) * chunks + begin) * 32 + lane;
    const int scaleGroup = groupOf(lane / Scales & 3);
    const uint4* const scaleOf = (const uint4*)scales + (long long)scaleGroup * blocks;
    const unsigned* const zeroOf = zeros + (long long)scaleGroup * 2 * ((blocks + 1) >> 1);
    int rowOf[Rounds];
#pragma unroll
    for (int i = 0; i < Rounds; i++) rowOf[i] = min((2 * i + half) * 8 + g, rows - 1) * chunks * 16 + begin * 16 + team * 4 + t;
    auto fetchWeights = [&](int n)
    {
        if (n >= count) return;
        uint4* const target = staged + n % Depth * Stage + OfX + team * OfTeam;
#pragma unroll
        for (int i = 0; i < 2; i++) fetch16(target + (half * 2 + i) * 32 + lane, codesOf[i] + n * 32);
        if (half == 0 && lane < MANY_GROUPS * Scales)
        {
            const int block = Scales == 1 ? (begin + n) >> perScale : (begin + n) * Scales + lane % Scales;
            fetch16(target + MANY_GROUPS * 32 + lane, scaleOf + block);
            fetch4((unsigned*)(target + MANY_GROUPS * (32 + Scales)) + lane, zeroOf + block);
        }
    };
    // [word, tile, lane]
    auto fetchX = [&](int n)
    {
        if (n >= count) return;
        uint4* const target = staged + n % Depth * Stage + team * Tiles * 32 + lane;
#pragma unroll
        for (int i = 0; i < Rounds; i++) fetch16(target + (2 * i + half) * 32, x + rowOf[i] + n * 16);
    };
#pragma unroll
    for (int i = 0; i < Depth - 1; i++) fetchWeights(i);
    wait_for_others();
#pragma unroll
    for (int i = 0; i < Depth - 1; i++)
    {
        fetchX(i);
        commit_fetches();
    }
    float sums[2 * Tiles][4] = {};
    for (int n = 0; n < count; n++)
    {
        wait_for_fetches<Depth - 2>();
        __syncthreads();
        fetchWeights(n + Depth - 1);
        fetchX(n + Depth - 1);
        commit_fetches();
        const uint4* const stage = staged + n % Depth * Stage;
        multiply_chunk<Tiles, Scales>(sums, stage, stage + OfX + team * OfTeam, half);
    }
    add_halves(sums, half);
    if (gridDim.y > 1 && !add_parts(sums, parts, arrived, half)) return;
    if (half == 1) return;
#pragma unroll
    for (int m = 0; m < 2; m++)
#pragma unroll
        for (int tile = 0; tile < Tiles; tile++)
#pragma unroll
            for (int e = 0; e < (Gated ? 2 : 4); e++)
            {
                const int row = tile * 8 + 2 * t + (e & 1), group = Gated ? place * 2 + m : place * 4 + 2 * m + (e >> 1);
                const float (&sum)[4] = sums[m * Tiles + tile];
                if (row < rows && group < outputs / 8) put(y, (long long)row * outputs + group * 8 + g, Gated ? gated(sum[e], sum[e | 2]) : sum[e]);
            }
}

#define CODED_MANY(name, tiles, gated, out) \
extern "C" __global__ void __launch_bounds__(256, 2) name##_##tiles(const uint4* x, const uint4* codes, const number* scales, const unsigned* zeros, out* y, float4* parts, unsigned* arrived, \
    int rows, int outputs, int chunks, int perScale, int blocks) \
{ many<tiles, SCALES, gated>(x, codes, scales, zeros, y, parts, arrived, rows, outputs, chunks, perScale, blocks); }

CODED_MANY(coded_many_product, 4, false, number)
CODED_MANY(coded_many_gated_product, 4, true, number)
CODED_MANY(coded_many_logits, 4, false, float)
CODED_MANY(coded_many_product, 6, false, number)
CODED_MANY(coded_many_gated_product, 6, true, number)
CODED_MANY(coded_many_logits, 6, false, float)
CODED_MANY(coded_many_product, 8, false, number)
CODED_MANY(coded_many_gated_product, 8, true, number)
CODED_MANY(coded_many_logits, 8, false, float)
