// What all kernels share. They are compiled when a checkpoint is loaded, once for BF16 (BRAIN is 1) and once for FP16. Sums are made in 32 bits.
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

// silu(gate) · value.
__device__ __forceinline__ float gated(float gate, float value) { return gate / (1.0f + __expf(-gate)) * value; }

// ONE and MINUS_SIXTEEN: 1 and −16, twice. Of 1 a sixteenth is bit CODE_PLACE, of 16 a one is.
#if BRAIN
#define KIND "bf16"
#define ONE 0x3f803f80u
#define SIXTEEN 0x41804180u
#define MINUS_SIXTEEN 0xc180c180u
#define CODE_PLACE 3
#else
#define KIND "f16"
#define ONE 0x3c003c00u
#define SIXTEEN 0x4c004c00u
#define MINUS_SIXTEEN 0xcc00cc00u
#define CODE_PLACE 6
#endif
#define SIGNS 0x80008000u

// Where the card can, a kernel starts while the one before it ends: it may read weights at once, but what others wrote only after this.
__device__ __forceinline__ void wait_for_others()
{
#if __CUDA_ARCH__ >= 900
    asm volatile("griddepcontrol.wait;" ::: "memory");
#endif
}

__device__ __forceinline__ void let_others_start()
{
#if __CUDA_ARCH__ >= 900
    asm volatile("griddepcontrol.launch_dependents;" ::: "memory");
#endif
}

// A copy to shared memory that goes on beside what follows; 16 or 4 bytes. Those before a commit are waited for together.
__device__ __forceinline__ unsigned shared_address(const void* p) { return (unsigned)__cvta_generic_to_shared(p); }
__device__ __forceinline__ void fetch16(void* target, const void* source) { asm volatile("cp.async.cg.shared.global.L2::128B [%0], [%1], 16;" :: "r"(shared_address(target)), "l"(source) : "memory"); }
__device__ __forceinline__ void fetch4(void* target, const void* source) { asm volatile("cp.async.ca.shared.global [%0], [%1], 4;" :: "r"(shared_address(target)), "l"(source) : "memory"); }
__device__ __forceinline__ void commit_fetches() { asm volatile("cp.async.commit_group;" ::: "memory"); }
template <int Later> __device__ __forceinline__ void wait_for_fetches() { asm volatile("cp.async.wait_group %0;" :: "n"(Later) : "memory"); }

// Weights are read once.
__device__ __forceinline__ uint4 weights_at(const uint4* address)
{
    uint4 v;
    asm volatile("ld.global.nc.L1::no_allocate.v4.u32 {%0, %1, %2, %3}, [%4];" : "=r"(v.x), "=r"(v.y), "=r"(v.z), "=r"(v.w) : "l"(address));
    return v;
}

__device__ __forceinline__ void multiply(float* sums, unsigned a0, unsigned a1, unsigned a2, unsigned a3, unsigned b0, unsigned b1)
{
    asm("mma.sync.aligned.m16n8k16.row.col.f32." KIND "." KIND ".f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
        : "+f"(sums[0]), "+f"(sums[1]), "+f"(sums[2]), "+f"(sums[3]) : "r"(a0), "r"(a1), "r"(a2), "r"(a3), "r"(b0), "r"(b1));
}

__device__ __forceinline__ unsigned multiply_add(unsigned a, unsigned b, unsigned c)
{
    unsigned d;
    asm("fma.rn." KIND "x2 %0, %1, %2, %3;" : "=r"(d) : "r"(a), "r"(b), "r"(c));
    return d;
}

__device__ __forceinline__ unsigned word_of(const uint4& v, int word) { return word == 0 ? v.x : word == 1 ? v.y : word == 2 ? v.z : v.w; }

__device__ __forceinline__ unsigned turned_right(unsigned x, int bits) { unsigned y; asm("shf.r.wrap.b32 %0, %1, %1, %2;" : "=r"(y) : "r"(x), "r"(bits)); return y; }

// x & mask | with, in one instruction even where both are constants.
__device__ __forceinline__ unsigned masked(unsigned x, unsigned mask, unsigned with) { unsigned y; asm("lop3.b32 %0, %1, %2, %3, 0xea;" : "=r"(y) : "r"(x), "r"(mask), "r"(with)); return y; }
