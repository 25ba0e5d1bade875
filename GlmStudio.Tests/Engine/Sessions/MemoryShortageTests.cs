using GlmStudio.Engine.Sessions;

namespace GlmStudio.Tests.Engine.Sessions;

public sealed class MemoryShortageTests
{
    [Theory]
    [InlineData("[ErrorCode:RuntimeException] Non-zero status code returned while running MatMul node. bfc_arena.cc:378 Failed to allocate memory for requested buffer of size 536870912", 536870912L)]
    [InlineData("bfc_arena.cc AllocateRawInternal Available memory of 12 is smaller than requested bytes of 2097152", 2097152L)]
    [InlineData("CUDA failure 2: out of memory ; GPU=0 ; hostname=a ; expr=cudaMalloc((void**)&p, size);", null)]
    [InlineData("CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED", null)]
    [InlineData("std::bad_alloc", null)]
    public void Of_AllocatorsWords_IsAShortageWithItsBytes(string message, long? bytes)
    {
        var shortage = MemoryShortage.Of(new InvalidOperationException(message));
        Assert.NotNull(shortage);
        Assert.Equal(bytes, shortage.Bytes);
    }

    [Fact]
    public void Of_AnotherFault_IsNone() => Assert.Null(MemoryShortage.Of(new InvalidOperationException("CUDA failure 700: an illegal memory access was encountered")));

    [Fact]
    public void Missing_KnownBytes_SaysMebibytes() => Assert.Equal("512 MiB more were needed", new MemoryShortage(512L << 20).Missing);
}
