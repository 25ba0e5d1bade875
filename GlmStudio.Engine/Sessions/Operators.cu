// What ONNX Runtime has no single kernel for. Compiled when a checkpoint is loaded, once for BF16 (BRAIN is 1) and once for FP16. All arithmetic is in 32 bits.
// Eight numbers of 16 bits are read and written at a time: widths are multiples of eight.

typedef unsigned short number;

#if BRAIN
__device__ __forceinline__ float widen(number x) { return __uint_as_float((unsigned)x << 16); }
__device__ __forceinline__ number narrow(float x)
{
    unsigned bits = __float_as_uint(x);
    return x != x ? (number)0x7fff : (number)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}
#else
__device__ __forceinline__ float widen(number x) { float y; asm("cvt.f32.f16 %0, %1;" : "=f"(y) : "h"(x)); return y; }
__device__ __forceinline__ number narrow(float x) { number y; asm("cvt.rn.f16.f32 %0, %1;" : "=h"(y) : "f"(x)); return y; }
#endif

union eight { uint4 all; number each[8]; };

// [rows, 2·width] → [rows, width]: silu(gate) · up, the gate in front. parts: eighths of a row's width; total: eighths of the output.
extern "C" __global__ void swiglu(const uint4* source, uint4* target, int parts, long long total)
{
    long long i = blockIdx.x * (long long)blockDim.x + threadIdx.x;
    if (i >= total) return;
    long long row = i / parts, at = 2 * row * parts + (i - row * parts);
    eight gate, up, result;
    gate.all = source[at];
    up.all = source[at + parts];
#pragma unroll
    for (int k = 0; k < 8; k++)
    {
        float x = widen(gate.each[k]);
        result.each[k] = narrow(x / (1.0f + __expf(-x)) * widen(up.each[k]));
    }
    target[i] = result.all;
}

// The sum over a block, for every thread. scratch: a number for each of at most 32 warps.
__device__ __forceinline__ float block_sum(float x, float* scratch)
{
    for (int offset = 16; offset > 0; offset >>= 1) x += __shfl_xor_sync(0xffffffffu, x, offset);
    if ((threadIdx.x & 31) == 0) scratch[threadIdx.x >> 5] = x;
    __syncthreads();
    x = (threadIdx.x & 31) < (blockDim.x >> 5) ? scratch[threadIdx.x & 31] : 0.0f;
    for (int offset = 16; offset > 0; offset >>= 1) x += __shfl_xor_sync(0xffffffffu, x, offset);
    __syncthreads();
    return x;
}

// sum = residual + rmsnorm(branch) · first; norm = rmsnorm(sum) · second. A block a row; its shared memory holds the row in 32 bits.
extern "C" __global__ void norm_add_norm(const uint4* residual, const uint4* branch, const uint4* first, const uint4* second, uint4* sum, uint4* norm, int parts, float firstEpsilon, float secondEpsilon)
{
    extern __shared__ float row[];
    __shared__ float scratch[32];
    const long long start = blockIdx.x * (long long)parts;
    const float count = 8.0f * parts;
    float squares = 0.0f;
    for (int i = threadIdx.x; i < parts; i += blockDim.x)
    {
        eight b;
        b.all = branch[start + i];
#pragma unroll
        for (int k = 0; k < 8; k++)
        {
            float x = widen(b.each[k]);
            row[8 * i + k] = x;
            squares += x * x;
        }
    }
    float scale = rsqrtf(block_sum(squares, scratch) / count + firstEpsilon);
    squares = 0.0f;
    for (int i = threadIdx.x; i < parts; i += blockDim.x)
    {
        eight r, w, s;
        r.all = residual[start + i];
        w.all = first[i];
#pragma unroll
        for (int k = 0; k < 8; k++)
        {
            float x = widen(r.each[k]) + widen(narrow(row[8 * i + k] * scale * widen(w.each[k])));
            row[8 * i + k] = x;
            squares += x * x;
            s.each[k] = narrow(x);
        }
        sum[start + i] = s.all;
    }
    scale = rsqrtf(block_sum(squares, scratch) / count + secondEpsilon);
    for (int i = threadIdx.x; i < parts; i += blockDim.x)
    {
        eight w, n;
        w.all = second[i];
#pragma unroll
        for (int k = 0; k < 8; k++) n.each[k] = narrow(row[8 * i + k] * scale * widen(w.each[k]));
        norm[start + i] = n.all;
    }
}
