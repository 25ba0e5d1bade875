using static GlmStudio.Engine.Images.Vips.VipsNative;

namespace GlmStudio.Engine.Images.Vips;

/// <summary>One call of a libvips operation by name: set arguments, then take its image or its bytes.</summary>
internal sealed unsafe class VipsOperation : IDisposable
{
    private readonly nint _operation;
    private nint _built;

    public VipsOperation(string name)
    {
        VipsLibrary.Require();
        _operation = vips_operation_new(name);
        if (_operation == 0) throw VipsLibrary.TakeError();
    }

    /// <summary>Numbers, flags and enumerations in libvips' own spelling.</summary>
    public VipsOperation With(string name, string value)
    {
        if (vips_object_set_argument_from_string(_operation, name, value) != 0) throw VipsLibrary.TakeError();
        return this;
    }

    public VipsOperation With(string name, VipsImage image)
    {
        GValue value = default;
        g_value_init(&value, vips_image_get_type());
        g_value_set_object(&value, image.DangerousGetHandle());   // the value takes a reference of its own
        SetProperty(name, &value);
        GC.KeepAlive(image);
        return this;
    }

    /// <summary>Bytes that stay pinned until the result is read.</summary>
    public VipsOperation With(string name, byte* data, int length)
    {
        var blob = vips_blob_new(0, data, (nuint)length);
        GValue value = default;
        g_value_init(&value, vips_blob_get_type());
        g_value_set_boxed(&value, blob);
        SetProperty(name, &value);
        vips_area_unref(blob);
        return this;
    }

    public VipsImage Image()
    {
        GValue value = default;
        g_value_init(&value, vips_image_get_type());
        g_object_get_property(Build(), "out", &value);
        var image = g_object_ref(g_value_get_object(&value));
        g_value_unset(&value);
        return new VipsImage(image);
    }

    public byte[] Bytes()
    {
        GValue value = default;
        g_value_init(&value, vips_blob_get_type());
        g_object_get_property(Build(), "buffer", &value);
        var data = vips_blob_get(g_value_get_boxed(&value), out var length);
        var bytes = new ReadOnlySpan<byte>(data, checked((int)length)).ToArray();
        g_value_unset(&value);
        return bytes;
    }

    public void Dispose()
    {
        if (_built != 0)
        {
            vips_object_unref_outputs(_built);
            g_object_unref(_built);
        }
        g_object_unref(_operation);
    }

    private nint Build()
    {
        _built = vips_cache_operation_build(_operation);
        return _built != 0 ? _built : throw VipsLibrary.TakeError();
    }

    private void SetProperty(string name, GValue* value)
    {
        g_object_set_property(_operation, name, value);
        g_value_unset(value);
    }
}
