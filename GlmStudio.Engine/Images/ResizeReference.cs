namespace GlmStudio.Engine.Images;

/// <summary>Whose antialiased bicubic resize to repeat. They differ only in how many bits a weight has, by up to two levels of a pixel.</summary>
public enum ResizeReference
{
    /// <summary>Pillow: 22 bits.</summary>
    Pillow,

    /// <summary>torchvision on byte tensors (transformers' image processors): as many bits as fit 16-bit weights.</summary>
    Torchvision,
}
