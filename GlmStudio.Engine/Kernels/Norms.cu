// Norms, the gate and the table of token embeddings: what ONNX Runtime has no single kernel for.

// [rows, 2·width] → [rows, width]: silu(gate) · up, the gate in front. parts: eighths of a row's width; total: eighths of the output.
extern "C" __global__ void swiglu(const uint4* source, uint4* target, int parts, long long total)
{
    let_others_start();
    long long i = blockIdx.x * (long long)blockDim.x + threadIdx.x;
    if (i >= total) return;
    wait_for_others();
    long long row = i / parts, at = 2 * row * parts + (i - row * parts);
    eight gate, up, result;
    gate.all = source[at];
    up.all = source[at + parts];
#pragma unroll
    for (int k = 0; k < 8; k++) result.each[k] = narrow(gated(widen(gate.each[k]), widen(up.each[k])));
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
// A thread's first eights of all inputs are read at once, those of weights before the others are done; only rows of more than eight numbers a thread have further ones.
extern "C" __global__ void norm_add_norm(const uint4* residual, const uint4* branch, const uint4* first, const uint4* second, uint4* sum, uint4* norm, int parts, float firstEpsilon, float secondEpsilon)
{
    extern __shared__ float row[];
    __shared__ float scratch[32];
    let_others_start();
    const long long start = blockIdx.x * (long long)parts;
    const int mine = threadIdx.x, step = blockDim.x;
    const uint4 none = {};
    const uint4 myFirst = mine < parts ? first[mine] : none, mySecond = mine < parts ? second[mine] : none;
    wait_for_others();
    const uint4 myBranch = mine < parts ? branch[start + mine] : none, myResidual = mine < parts ? residual[start + mine] : none;
    const float count = 8.0f * parts;
    float squares = 0.0f;
    for (int i = mine; i < parts; i += step)
    {
        eight b;
        b.all = i == mine ? myBranch : branch[start + i];
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
    for (int i = mine; i < parts; i += step)
    {
        eight r, w, s;
        r.all = i == mine ? myResidual : residual[start + i];
        w.all = i == mine ? myFirst : first[i];
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
    for (int i = mine; i < parts; i += step)
    {
        eight w, n;
        w.all = i == mine ? mySecond : second[i];
#pragma unroll
        for (int k = 0; k < 8; k++) n.each[k] = narrow(row[8 * i + k] * scale * widen(w.each[k]));
        norm[start + i] = n.all;
    }
}

// A token's row of the table, and its norm · weight. A block a token.
__device__ __forceinline__ void put_embedding(const float* row, const uint4* weight, uint4* embedding, uint4* norm, int parts, float squares, float epsilon, float* scratch)
{
    const float scale = rsqrtf(block_sum(squares, scratch) / (8.0f * parts) + epsilon);
    for (int i = threadIdx.x; i < parts; i += blockDim.x)
    {
        eight w, e, n;
        w.all = weight[i];
#pragma unroll
        for (int k = 0; k < 8; k++)
        {
            e.each[k] = narrow(row[8 * i + k]);
            n.each[k] = narrow(row[8 * i + k] * scale * widen(w.each[k]));
        }
        embedding[blockIdx.x * (long long)parts + i] = e.all;
        norm[blockIdx.x * (long long)parts + i] = n.all;
    }
}

// table: [tokens, width] in 16 bits.
extern "C" __global__ void embed(const long long* ids, const uint4* table, const uint4* weight, uint4* embedding, uint4* norm, int parts, float epsilon)
{
    extern __shared__ float row[];
    __shared__ float scratch[32];
    let_others_start();
    wait_for_others();
    float squares = 0.0f;
    for (int i = threadIdx.x; i < parts; i += blockDim.x)
    {
        eight e;
        e.all = table[ids[blockIdx.x] * parts + i];
#pragma unroll
        for (int k = 0; k < 8; k++)
        {
            row[8 * i + k] = widen(e.each[k]);
            squares += row[8 * i + k] * row[8 * i + k];
        }
    }
    put_embedding(row, weight, embedding, norm, parts, squares, epsilon, scratch);
}

// table: codes of 4 or 8 bits in blocks of numbers (QuantizedFormat).
extern "C" __global__ void embed_codes(const long long* ids, const unsigned char* codes, const number* scales, const unsigned char* zeros, const uint4* weight, uint4* embedding, uint4* norm,
    int parts, int bits, int block, float epsilon)
{
    extern __shared__ float row[];
    __shared__ float scratch[32];
    let_others_start();
    wait_for_others();
    const int width = 8 * parts, blocks = width / block, zeroBytes = (blocks * bits + 7) / 8;
    const long long id = ids[blockIdx.x];
    float squares = 0.0f;
    for (int i = threadIdx.x; i < width; i += blockDim.x)
    {
        const int b = i / block;
        const int code = bits == 8 ? codes[id * width + i] : codes[(id * width + i) >> 1] >> 4 * (i & 1) & 15;
        const int zero = bits == 8 ? zeros[id * zeroBytes + b] : zeros[id * zeroBytes + (b >> 1)] >> 4 * (b & 1) & 15;
        row[i] = widen(narrow((code - zero) * widen(scales[id * blocks + b])));
        squares += row[i] * row[i];
    }
    put_embedding(row, weight, embedding, norm, parts, squares, epsilon, scratch);
}
