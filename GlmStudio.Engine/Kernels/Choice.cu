// What the choice of the likeliest token takes of logits (LogitSummary), so that they need not leave the card.

struct summary
{
    float highest, sum;       // of all tokens: the highest logit and Σ e^(x − highest)
    float top, total, dot;    // of those that are permitted: the same, and Σ e^(x − top)·(x − top)
    float second;
    int first, next;          // the tokens of top and second; of equal ones the first
};

__device__ __forceinline__ bool comes_before(float x, int token, float y, int other) { return x > y || (x == y && token < other); }

// The two likeliest of two pairs.
__device__ __forceinline__ void take_likeliest(float& top, int& first, float& second, int& next, float otherTop, int otherFirst, float otherSecond, int otherNext)
{
    if (comes_before(otherTop, otherFirst, top, first))
    {
        if (comes_before(otherSecond, otherNext, top, first)) (second = otherSecond, next = otherNext);
        else (second = top, next = first);
        (top = otherTop, first = otherFirst);
    }
    else if (comes_before(otherTop, otherFirst, second, next)) (second = otherTop, next = otherFirst);
}

__device__ __forceinline__ void take_from_other_lanes(float& highest, float& top, int& first, float& second, int& next)
{
    for (int offset = 16; offset > 0; offset >>= 1)
    {
        highest = fmaxf(highest, __shfl_xor_sync(0xffffffffu, highest, offset));
        const float otherTop = __shfl_xor_sync(0xffffffffu, top, offset), otherSecond = __shfl_xor_sync(0xffffffffu, second, offset);
        const int otherFirst = __shfl_xor_sync(0xffffffffu, first, offset), otherNext = __shfl_xor_sync(0xffffffffu, next, offset);
        take_likeliest(top, first, second, next, otherTop, otherFirst, otherSecond, otherNext);
    }
}

#define NO_LOGIT __uint_as_float(0xff800000u)   // −∞
#define NO_TOKEN 0x7fffffff

// A block reads 4,096 logits of a slot. permitted: a bit for each token, [slots, words of 32]; restricted: whether they count, a slot each. Both are written before this is started.
extern "C" __global__ void __launch_bounds__(256) summarise(const float* logits, const unsigned* permitted, const int* restricted, summary* parts, int vocabulary, int words)
{
    constexpr int Each = 16, Threads = 256;
    __shared__ float scratch[32], highs[8], tops[8], seconds[8];
    __shared__ int firsts[8], nexts[8];
    __shared__ unsigned bits[Each * Threads / 32];
    let_others_start();
    const int slot = blockIdx.y, from = blockIdx.x * Each * Threads, lane = threadIdx.x & 31, warp = threadIdx.x >> 5;
    const bool isFree = restricted[slot] == 0;
    if (threadIdx.x < Each * Threads / 32) bits[threadIdx.x] = isFree || from / 32 + threadIdx.x >= words ? 0xffffffffu : permitted[(long long)slot * words + from / 32 + threadIdx.x];
    wait_for_others();
    float x[Each];
#pragma unroll
    for (int i = 0; i < Each; i++) x[i] = from + i * Threads + threadIdx.x < vocabulary ? logits[(long long)slot * vocabulary + from + i * Threads + threadIdx.x] : NO_LOGIT;
    __syncthreads();
    float highest = NO_LOGIT, top = NO_LOGIT, second = NO_LOGIT;
    int first = NO_TOKEN, next = NO_TOKEN;
    unsigned mine = 0;
#pragma unroll
    for (int i = 0; i < Each; i++)
    {
        highest = fmaxf(highest, x[i]);
        if ((bits[i * Threads / 32 + warp] >> lane & 1) == 0) continue;
        mine |= 1u << i;
        const int token = from + i * Threads + threadIdx.x;
        if (x[i] > top) (second = top, next = first, top = x[i], first = token);
        else if (x[i] > second) (second = x[i], next = token);
    }
    take_from_other_lanes(highest, top, first, second, next);
    if (lane == 0) (highs[warp] = highest, tops[warp] = top, firsts[warp] = first, seconds[warp] = second, nexts[warp] = next);
    __syncthreads();
    (highest = highs[lane & 7], top = tops[lane & 7], first = firsts[lane & 7], second = seconds[lane & 7], next = nexts[lane & 7]);
    if (lane >= 8) (top = NO_LOGIT, first = NO_TOKEN, second = NO_LOGIT, next = NO_TOKEN);
    take_from_other_lanes(highest, top, first, second, next);
    float sum = 0.0f, total = 0.0f, dot = 0.0f;
#pragma unroll
    for (int i = 0; i < Each; i++)
    {
        // A logit that is no number makes the sum none.
        if (from + i * Threads + threadIdx.x < vocabulary) sum += highest != NO_LOGIT ? __expf(x[i] - highest) : x[i] != x[i] ? x[i] : 0.0f;
        if ((mine >> i & 1) == 0 || x[i] == NO_LOGIT || top == NO_LOGIT) continue;
        const float weight = __expf(x[i] - top);
        total += weight;
        dot += weight * (x[i] - top);
    }
    sum = block_sum(sum, scratch);
    total = block_sum(total, scratch);
    dot = block_sum(dot, scratch);
    if (threadIdx.x == 0) parts[(long long)slot * gridDim.x + blockIdx.x] = { highest, sum, top, total, dot, second, first, next };
}

// Puts the parts of a slot together, makes its likeliest token the one that the next step begins with, and goes on by a place. A warp a slot.
extern "C" __global__ void __launch_bounds__(32) choose(const summary* parts, summary* results, long long* ids, int* last, int count)
{
    let_others_start();
    const int slot = blockIdx.x;
    wait_for_others();
    const summary none = { NO_LOGIT, 0.0f, NO_LOGIT, 0.0f, 0.0f, NO_LOGIT, NO_TOKEN, NO_TOKEN };
    summary all = none;
    for (int i = threadIdx.x; i < count; i += 32)
    {
        const summary part = parts[(long long)slot * count + i];
        all.highest = fmaxf(all.highest, part.highest);
        take_likeliest(all.top, all.first, all.second, all.next, part.top, part.first, part.second, part.next);
    }
    take_from_other_lanes(all.highest, all.top, all.first, all.second, all.next);
    for (int i = threadIdx.x; i < count; i += 32)
    {
        const summary part = parts[(long long)slot * count + i];
        // A part without a number has the sum 0, or none.
        all.sum += part.sum * (part.highest == NO_LOGIT ? 1.0f : __expf(part.highest - all.highest));
        if (part.top == NO_LOGIT) continue;
        const float share = __expf(part.top - all.top);
        all.total += share * part.total;
        all.dot += share * (part.dot + part.total * (part.top - all.top));
    }
    for (int offset = 16; offset > 0; offset >>= 1)
    {
        all.sum += __shfl_xor_sync(0xffffffffu, all.sum, offset);
        all.total += __shfl_xor_sync(0xffffffffu, all.total, offset);
        all.dot += __shfl_xor_sync(0xffffffffu, all.dot, offset);
    }
    if (threadIdx.x > 0) return;
    results[slot] = all;
    ids[slot] = all.first == NO_TOKEN ? 0 : all.first;
    last[slot]++;
}
