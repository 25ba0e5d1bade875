using GlmStudio.Engine.Sessions;

namespace GlmStudio.Engine.Transcription;

/// <summary>The reader's three networks, loaded.</summary>
internal sealed class Networks : IDisposable
{
    private readonly OnnxModel[] _models;

    private Networks(OnnxModel detection, OnnxModel direction, OnnxModel recognition, KeyTable keys, int threads)
    {
        _models = [detection, direction, recognition];
        Detector = new TextDetector(detection);
        Direction = new DirectionClassifier(direction);
        Recognizer = new TextRecognizer(recognition, keys, threads);
    }

    public TextDetector Detector { get; }

    public DirectionClassifier Direction { get; }

    public TextRecognizer Recognizer { get; }

    public static Networks Load(string folder, int threads)
    {
        var keys = KeyTable.Load(Path.Combine(folder, "ppocr_keys_v1.txt"));
        var settings = new OnnxSettings(threads) { Arena = true };
        // Lines are read side by side, each on one thread: that wastes less than many threads on one line.
        return new Networks(
            OnnxModel.Load(Path.Combine(folder, "ch_PP-OCRv4_det_infer.onnx"), settings),
            OnnxModel.Load(Path.Combine(folder, "ch_ppocr_mobile_v2.0_cls_infer.onnx"), settings),
            OnnxModel.Load(Path.Combine(folder, "ch_PP-OCRv4_rec_infer.onnx"), settings with { Threads = 1 }),
            keys,
            threads);
    }

    public void Dispose()
    {
        Detector.Dispose();
        Array.ForEach(_models, m => m.Dispose());
    }
}
