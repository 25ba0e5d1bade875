// Attention of one new token of each slot over its cache, in two kernels: parts of the context beside each other, then their sum.
// Queries of the same key and value heads (at most 16) are the rows of one product; sizes of heads are 32, 64 or 128.

__device__ __forceinline__ unsigned pair_of(float low, float high) { return narrow(low) | (unsigned)narrow(high) << 16; }

// Tokens of a part: whole rounds of four warps with 16 tokens each.
__device__ __forceinline__ int part_of(int count, int splits) { return (count + splits * 64 - 1) / (splits * 64) * 64; }

// A pair of neighbours with their biases, turned by an angle.
__device__ __forceinline__ unsigned turned(unsigned x, unsigned bias, float cosine, float sine)
{
    const float a = widen(narrow(widen((number)x) + widen((number)bias))), b = widen(narrow(widen((number)(x >> 16)) + widen((number)(bias >> 16))));
    return pair_of(a * cosine - b * sine, b * cosine + a * sine);
}

// The new token's queries, keys and values, [slots, heads + 2·kvHeads, Size], with their biases to be added, or null. keys, values: [slots, kvHeads, capacity, Size].
// sums: [slots, kvHeads, splits, 16, Size]; spread: of the same rows the largest score and the sum of the powers of two below it.
template <int Size>
__device__ __forceinline__ void attend(const number* qkv, const number* bias, const float* cosines, const float* sines, const int* last, number* keys, number* values,
    float* sums, float2* spread, int capacity, int heads, int kvHeads, int half, float scale)
{
    constexpr int Warps = 4, Words = Size / 16;
    __shared__ __align__(16) number queries[16][Size + 8];
    __shared__ __align__(16) float parts[Warps][16][Size];
    __shared__ float tops[Warps][16], totals[Warps][16];
    __shared__ __align__(16) number fresh[2][Size];
    let_others_start();
    const int split = blockIdx.x, splits = gridDim.x, kv = blockIdx.y, slot = blockIdx.z, group = heads / kvHeads;
    const int lane = threadIdx.x & 31, g = lane >> 2, t = lane & 3, warp = threadIdx.x >> 5;
    const int place = min(last[slot], capacity - 1), count = place + 1, each = part_of(count, splits), first = split * each, end = min(count, first + each);
    if (first >= count) return;
    const number* mine = qkv + (long long)slot * (heads + 2 * kvHeads) * Size;
    number* key = keys + (long long)(slot * kvHeads + kv) * capacity * Size;
    number* value = values + (long long)(slot * kvHeads + kv) * capacity * Size;
    uint4 k[2][Size / 32];
    unsigned v[4][Words];
    auto read = [&](int base)
    {
#pragma unroll
        for (int tile = 0; tile < 2; tile++)
#pragma unroll
            for (int c = 0; c < Size / 32; c++) k[tile][c] = *(const uint4*)&key[(long long)min(base + tile * 8 + g, end - 1) * Size + c * 32 + t * 8];
#pragma unroll
        for (int i = 0; i < 4; i++)
        {
            const number* from = &value[(long long)min(base + (i >> 1) * 8 + 2 * t + (i & 1), end - 1) * Size + g * (Size / 8)];
#pragma unroll
            for (int word = 0; word < Words; word += 2)
            {
                const uint2 two = *(const uint2*)&from[2 * word];
                v[i][word] = two.x;
                v[i][word + 1] = two.y;
            }
        }
    };
    // Earlier tokens are in the cache since earlier steps; the new one is taken from where it is made. A thread's pairs of all heads have the same angle.
    read(first + warp * 16);
    constexpr int Pairs = Size / 2, Heads = Warps * 32 / Pairs, Rounds = 16 / Heads;
    const int pair = threadIdx.x % Pairs, firstHead = threadIdx.x / Pairs, ofKey = (heads + kv) * Size + 2 * pair, ofValue = ofKey + kvHeads * Size;
    const float cosine = pair < half ? cosines[(long long)place * half + pair] : 1.0f, sine = pair < half ? sines[(long long)place * half + pair] : 0.0f;
    unsigned biases[Rounds], x[Rounds];
#pragma unroll
    for (int n = 0; n < Rounds; n++)
        biases[n] = bias && firstHead + n * Heads < group ? *(const unsigned*)&bias[(kv * group + firstHead + n * Heads) * Size + 2 * pair] : 0;
    const unsigned keyBias = bias ? *(const unsigned*)&bias[ofKey] : 0, valueBias = bias ? *(const unsigned*)&bias[ofValue] : 0;
    wait_for_others();
#pragma unroll
    for (int n = 0; n < Rounds; n++) x[n] = firstHead + n * Heads < group ? *(const unsigned*)&mine[(kv * group + firstHead + n * Heads) * Size + 2 * pair] : 0;
    if (place < end && firstHead == 0)
    {
        *(unsigned*)&key[(long long)place * Size + 2 * pair] = *(unsigned*)&fresh[0][2 * pair] = turned(*(const unsigned*)&mine[ofKey], keyBias, cosine, sine);
        *(unsigned*)&value[(long long)place * Size + 2 * pair] = *(unsigned*)&fresh[1][2 * pair] = turned(*(const unsigned*)&mine[ofValue], valueBias, 1.0f, 0.0f);
    }
#pragma unroll
    for (int n = 0; n < Rounds; n++) *(unsigned*)&queries[firstHead + n * Heads][2 * pair] = turned(x[n], biases[n], cosine, sine);
    __syncthreads();
    float out[Size / 8][4] = {}, top0 = -1e30f, top1 = -1e30f, total0 = 0, total1 = 0;
    for (int base = first + warp * 16; base < end; base += Warps * 16)
    {
        if (base > first + warp * 16) read(base);
#pragma unroll
        for (int tile = 0; tile < 2; tile++)
            if (base + tile * 8 + g == place)
#pragma unroll
                for (int c = 0; c < Size / 32; c++) k[tile][c] = *(const uint4*)&fresh[0][c * 32 + t * 8];
#pragma unroll
        for (int i = 0; i < 4; i++)
            if (base + (i >> 1) * 8 + 2 * t + (i & 1) == place)
#pragma unroll
                for (int word = 0; word < Words; word++) v[i][word] = *(const unsigned*)&fresh[1][g * (Size / 8) + 2 * word];
        float s[2][4] = {};
#pragma unroll
        for (int c = 0; c < Size / 32; c++)
        {
            const uint4 p = *(const uint4*)&queries[g][c * 32 + t * 8], q = *(const uint4*)&queries[g + 8][c * 32 + t * 8];
#pragma unroll
            for (int tile = 0; tile < 2; tile++)
            {
                multiply(s[tile], p.x, q.x, p.y, q.y, k[tile][c].x, k[tile][c].y);
                multiply(s[tile], p.z, q.z, p.w, q.w, k[tile][c].z, k[tile][c].w);
            }
        }
        float most0 = top0, most1 = top1;
#pragma unroll
        for (int tile = 0; tile < 2; tile++)
#pragma unroll
            for (int i = 0; i < 4; i++)
            {
                s[tile][i] = base + tile * 8 + 2 * t + (i & 1) < end ? s[tile][i] * scale : -1e30f;
                if (i < 2) most0 = fmaxf(most0, s[tile][i]);
                else most1 = fmaxf(most1, s[tile][i]);
            }
#pragma unroll
        for (int offset = 1; offset < 4; offset <<= 1)
        {
            most0 = fmaxf(most0, __shfl_xor_sync(0xffffffffu, most0, offset));
            most1 = fmaxf(most1, __shfl_xor_sync(0xffffffffu, most1, offset));
        }
        const float less0 = exp2f(top0 - most0), less1 = exp2f(top1 - most1);
        (top0 = most0, top1 = most1, total0 *= less0, total1 *= less1);
#pragma unroll
        for (int tile = 0; tile < 2; tile++)
#pragma unroll
            for (int i = 0; i < 4; i++)
            {
                s[tile][i] = base + tile * 8 + 2 * t + (i & 1) < end ? exp2f(s[tile][i] - (i < 2 ? top0 : top1)) : 0.0f;
                (i < 2 ? total0 : total1) += s[tile][i];
            }
        const unsigned a0 = pair_of(s[0][0], s[0][1]), a1 = pair_of(s[0][2], s[0][3]), a2 = pair_of(s[1][0], s[1][1]), a3 = pair_of(s[1][2], s[1][3]);
#pragma unroll
        for (int j = 0; j < Size / 8; j++)
        {
            (out[j][0] *= less0, out[j][1] *= less0, out[j][2] *= less1, out[j][3] *= less1);
            const unsigned pick = j & 1 ? 0x7632 : 0x5410;
            multiply(out[j], a0, a1, a2, a3, __byte_perm(v[0][j / 2], v[1][j / 2], pick), __byte_perm(v[2][j / 2], v[3][j / 2], pick));
        }
    }
#pragma unroll
    for (int offset = 1; offset < 4; offset <<= 1)
    {
        total0 += __shfl_xor_sync(0xffffffffu, total0, offset);
        total1 += __shfl_xor_sync(0xffffffffu, total1, offset);
    }
    if (t == 0)
    {
        (tops[warp][g] = top0, tops[warp][g + 8] = top1);
        (totals[warp][g] = total0, totals[warp][g + 8] = total1);
    }
#pragma unroll
    for (int j = 0; j < Size / 8; j++)
    {
        (parts[warp][g][2 * t * (Size / 8) + j] = out[j][0], parts[warp][g][(2 * t + 1) * (Size / 8) + j] = out[j][1]);
        (parts[warp][g + 8][2 * t * (Size / 8) + j] = out[j][2], parts[warp][g + 8][(2 * t + 1) * (Size / 8) + j] = out[j][3]);
    }
    __syncthreads();
    const long long at = ((long long)(slot * kvHeads + kv) * splits + split) * 16;
    for (int i = threadIdx.x; i < group * Size; i += Warps * 32)
    {
        const int row = i / Size, dim = i % Size;
        const float top = fmaxf(fmaxf(tops[0][row], tops[1][row]), fmaxf(tops[2][row], tops[3][row]));
        float sum = 0, total = 0;
#pragma unroll
        for (int w = 0; w < Warps; w++)
        {
            const float share = exp2f(tops[w][row] - top);
            sum += share * parts[w][row][dim];
            total += share * totals[w][row];
        }
        sums[(at + row) * Size + dim] = sum;
        if (dim == 0) spread[at + row] = { top, total };
    }
}

#define ATTEND(size) \
extern "C" __global__ void __launch_bounds__(128) attend_##size(const number* qkv, const number* bias, const float* cosines, const float* sines, const int* last, number* keys, number* values, \
    float* sums, float2* spread, int capacity, int heads, int kvHeads, int half, float scale) \
{ attend<size>(qkv, bias, cosines, sines, last, keys, values, sums, spread, capacity, heads, kvHeads, half, scale); }

ATTEND(32)
ATTEND(64)
ATTEND(128)

// The parts of a head's context together: y[slots, heads, size]. A block a head and slot, a thread a number; at most 32 parts.
extern "C" __global__ void join_parts(const float* sums, const float2* spread, const int* last, number* y, int capacity, int heads, int kvHeads, int splits)
{
    __shared__ float shares[32];
    let_others_start();
    const int head = blockIdx.x, slot = blockIdx.y, size = blockDim.x, group = heads / kvHeads, count = min(last[slot], capacity - 1) + 1;
    const int each = part_of(count, splits), used = (count + each - 1) / each;
    const long long first = (long long)(slot * kvHeads + head / group) * splits * 16 + head % group;
    wait_for_others();
    if (threadIdx.x < 32)
    {
        const float2 part = threadIdx.x < used ? spread[first + threadIdx.x * 16] : float2{ -1e30f, 0.0f };
        float top = part.x;
        for (int offset = 16; offset > 0; offset >>= 1) top = fmaxf(top, __shfl_xor_sync(0xffffffffu, top, offset));
        const float share = exp2f(part.x - top);
        float total = share * part.y;
        for (int offset = 16; offset > 0; offset >>= 1) total += __shfl_xor_sync(0xffffffffu, total, offset);
        shares[threadIdx.x] = threadIdx.x < used ? share / total : 0.0f;
    }
    float values[8], sum = 0;
    const float* from = sums + first * size + threadIdx.x;
#pragma unroll
    for (int i = 0; i < 8; i++) values[i] = i < used ? from[(long long)i * 16 * size] : 0.0f;
    __syncthreads();
    for (int begin = 0; begin < used; begin += 8)
    {
#pragma unroll
        for (int i = 0; i < 8; i++) sum += begin + i < used ? shares[begin + i] * values[i] : 0.0f;
#pragma unroll
        for (int i = 0; i < 8; i++) values[i] = begin + 8 + i < used ? from[(long long)(begin + 8 + i) * 16 * size] : 0.0f;
    }
    y[((long long)slot * heads + head) * size + threadIdx.x] = narrow(sum);
}
