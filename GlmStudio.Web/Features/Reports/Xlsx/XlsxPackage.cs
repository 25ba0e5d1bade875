using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace GlmStudio.Web.Features.Reports.Xlsx;

/// <summary>
/// The container of an .xlsx file (Open Packaging Conventions), written front to back. System.IO.Packaging keeps every part in memory
/// until the end; a report of 10,000 rows must not. One part is open at a time.
/// </summary>
internal sealed class XlsxPackage(Stream output) : IDisposable
{
    private const string PackageNamespace = "http://schemas.openxmlformats.org/package/2006/";
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CloseOutput = true };

    private readonly ZipArchive _zip = new(output, ZipArchiveMode.Create, leaveOpen: true);
    private readonly List<(string Part, string ContentType)> _parts = [];
    private readonly Dictionary<string, List<(string Type, string Target)>> _relations = [];

    /// <summary>Starts a part; close it before the next one.</summary>
    /// <param name="part">Absolute name: <c>/xl/workbook.xml</c>.</param>
    /// <param name="contentType">Its media type.</param>
    public Stream Open(string part, string contentType)
    {
        _parts.Add((part, contentType));
        return _zip.CreateEntry(part[1..], CompressionLevel.Fastest).Open();
    }

    public XmlWriter OpenXml(string part, string contentType) => XmlWriter.Create(Open(part, contentType), Settings);

    /// <summary>Says that one part refers to another; <c>""</c> is the package itself. Returns the reference's id.</summary>
    public string Relate(string from, string type, string to)
    {
        if (!_relations.TryGetValue(from, out var relations)) _relations[from] = relations = [];
        relations.Add((type, to));
        return Id(relations.Count);
    }

    public void Dispose()
    {
        foreach (var (from, relations) in _relations) WriteRelations(from, relations);
        WriteContentTypes();
        _zip.Dispose();
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"rId{number}");

    private void WriteRelations(string from, List<(string Type, string Target)> relations)
    {
        var slash = from.LastIndexOf('/');
        var name = from is "" ? "_rels/.rels" : $"{from[1..(slash + 1)]}_rels/{from[(slash + 1)..]}.rels";
        using var xml = XmlWriter.Create(_zip.CreateEntry(name).Open(), Settings);
        xml.WriteStartElement("Relationships", PackageNamespace + "relationships");
        foreach (var (index, (type, target)) in relations.Index())
        {
            xml.WriteStartElement("Relationship");
            xml.WriteAttributeString("Id", Id(index + 1));
            xml.WriteAttributeString("Type", type);
            xml.WriteAttributeString("Target", target);
            xml.WriteEndElement();
        }
    }

    private void WriteContentTypes()
    {
        using var xml = XmlWriter.Create(_zip.CreateEntry("[Content_Types].xml").Open(), Settings);
        xml.WriteStartElement("Types", PackageNamespace + "content-types");
        WriteType(xml, "Default", "Extension", "rels", "application/vnd.openxmlformats-package.relationships+xml");
        WriteType(xml, "Default", "Extension", "xml", "application/xml");
        foreach (var (part, type) in _parts) WriteType(xml, "Override", "PartName", part, type);
    }

    private static void WriteType(XmlWriter xml, string element, string key, string name, string type)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString(key, name);
        xml.WriteAttributeString("ContentType", type);
        xml.WriteEndElement();
    }
}
