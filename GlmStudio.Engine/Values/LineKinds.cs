using System.Text.RegularExpressions;

namespace GlmStudio.Engine.Values;

/// <summary>What a line looks like: a company, a piece of an address, a document's title, small print.</summary>
internal static partial class LineKinds
{
    /// <summary>How much a line looks like a piece of a postal address: 0 not at all, 1 a good sign, 2 and more certainly.</summary>
    public static double Address(string text)
    {
        var strong = AddressWords().Count(text) + ChineseAddressWords().Count(text);
        var score = strong + (Postcode().IsMatch(text) ? 1.0 : 0) + (NumberFirst().IsMatch(text) ? 0.5 : 0) + Places().Count(text) * 0.8;
        if (text.Count(c => c == ',') >= 2)
            score += 0.4;
        return NotAddress().IsMatch(text) || TelephoneWord().Match(text) is { Success: true, Index: < 9 } ? Math.Min(score, 0.4) - 0.4 : score;
    }

    /// <summary>A legal form or a kind of business: SDN BHD, LTD, 有限公司, restaurant, 药店.</summary>
    public static bool Company(string text) => LegalForm().IsMatch(text) || Business().IsMatch(text) || ChineseCompany().IsMatch(text);

    /// <summary>A legal form: the surest sign.</summary>
    public static bool LegalEntity(string text) => LegalForm().IsMatch(text) || ChineseEntity().IsMatch(text);

    /// <summary>Where a telephone number begins behind other text; the text's length where there is none.</summary>
    public static int LengthWithoutTelephone(string text) => TelephoneWord().Match(text) is { Success: true, Index: > 8 } match ? match.Index : text.Length;

    /// <summary>Ends an address: nothing stands behind the country.</summary>
    public static bool Country(string text) => Countries().IsMatch(text);

    /// <summary>Only the legal form, whose name stands in the line above.</summary>
    public static bool OnlyLegalForm(string text) => text.StartsWith('&') || LegalForm().Replace(text, "").Trim(' ', '.', ',', '(', ')', 'M', 'm').Length == 0;

    /// <summary>Names the document itself: TAX INVOICE, 购物小票.</summary>
    public static bool DocumentTitle(string text) => Titles().IsMatch(text) || ChineseTitles().IsMatch(text) || MisreadTitle(text);

    private static readonly Phrase[] LongTitles =
        [.. ((string[])["tax invoice", "simplified tax invoice", "official receipt", "cash receipt", "sales receipt", "cash sales"]).Select(t => Phrase.Of(t, 0, 1)!)];

    private static bool MisreadTitle(string text) => text.Length < 30 && Compact.From(text) is var compact
        && Array.Exists(LongTitles, t => t.MatchAt(compact, 0) is { } match && match.End == compact.Text.Length);

    /// <summary>Registration numbers, telephones, greetings, and other lines that name nobody.</summary>
    public static bool SmallPrint(string text) => NotCompany().IsMatch(text) || Telephone(text) || DateReading.Find(text).Count > 0;

    public static bool Telephone(string text) => TelephoneWord().IsMatch(text);

    /// <summary>A company's name without the registration number that stands behind it.</summary>
    public static int LengthWithoutRegistration(string text)
    {
        var match = Registration().Match(text);
        return match.Success && match.Index > 2 ? match.Index : text.Length;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // Without a word boundary on the left for long words: recognition loses spaces (7,JALANMANIS).
    [GeneratedRegex(@"jalan|\bjln|lorong|\blrg|taman|\btmn|kawasan|perindustrian|bandar|\bbdr|kampung|\bkg\b|seksyen|section ?\d|persiaran|lebuh|\blot\W{0,2}\w|\bno\.? ?\d+[\w\-]*[,. ]|\blevel \w|\bunit \w|\bblock \w|\bblk \w|floor|\bsuite\b|street|\bst\.?[, ]|\broad\b|\brd\b|avenue|\bave\b|\blane\b|drive\b|\bdr\.?,|boulevard|\bblvd|highway|\bhwy|square\b|plaza|\bmall\b|\bwisma|menara|building|\bbangunan|park\b|town\b|\bp\.?o\.? ?box|\bkm ?\d|\bbatu \d|straße|strasse\b|\brue\b|\bcalle\b|\bvia\b", Options)]
    private static partial Regex AddressWords();

    [GeneratedRegex(@"kuala ?lumpur|selangor|johor|penang|pulau pinang|melaka|perak\b|sabah|sarawak|kedah|kelantan|pahang|terengganu|negeri sembilan|putrajaya|petaling|shah ?alam|cheras|klang\b|malaysia|singapore|\bd\.?e\b\.?|\bk\.?l\b|skudai|subang|puchong|kajang|ipoh|seremban|\b(?:london|new york|hong kong|kowloon|australia|canada|england|u\.?s\.?a)\b", Options)]
    private static partial Regex Places();

    [GeneratedRegex(@"\b(?:malaysia|singapore|australia|canada|u\.?s\.?a|united kingdom|england)\W*$", Options)]
    private static partial Regex Countries();

    [GeneratedRegex(@"[\u4e00-\u9fff](?:省|市|区|县|镇|乡|村|路|街|大道|巷|弄|胡同|广场|大厦|小区|花园|中心)|\d+ ?(?:号|弄|楼|层|室|栋|幢|座|单元|巷)|(?:自治区|开发区|工业园|科技园|产业园)")]
    private static partial Regex ChineseAddressWords();

    [GeneratedRegex(@"(?<![\d.\-/])\d{5,6}(?![\d.\-/])|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b")]
    private static partial Regex Postcode();

    [GeneratedRegex(@"^(?:no\.? ?)?[A-Z]?-?\d+[A-Z]?(?:-\d+)*,? ?\p{L}{3,}", Options)]
    private static partial Regex NumberFirst();

    [GeneratedRegex(@"invoice|receipt|\bgst\b|\bsst\b|reg\.? ?no|cashier|\bdate\b|\btotal\b|\bqty\b|www\.|@|https?:|thank|email|e-mail|\btime\b|\b\d{1,2}:\d{2}\b|\bbill\b|\broc\b|co\.? ?reg|\btax\b|发票|小票|税号|信用代码|日期|合计|总计|收银|欢迎", Options)]
    private static partial Regex NotAddress();

    [GeneratedRegex(@"\bsdn\b\.?(?: ?bhd\b\.?)?|sdn\.? ?bhd|\bbhd\b|\bs/b\b|\bsb$|\bltd\b|limited\b|\binc\b\.?|\bllc\b|\bplc\b|\bgmbh\b|\bcorp\b|corporation|\bpte\b|\bllp\b|\bco\.(?=[ (,]|$)|& co\b|company\b|s\.a\.|\bb\.?v\.?$|\bplt\b", Options)]
    private static partial Regex LegalForm();

    [GeneratedRegex(@"trading|enterprise|restaurant|restoran|\bcafe\b|café|coffee|bakery|bakeries|pharmacy|farmasi|hardware|\bmart\b|supermarket|\bstore|\bshop\b|stationery|bookstore|\bbooks?\b|\bhotel\b|clinic|\bklinik|hospital|laborator|kedai|syarikat|perniagaan|petrol|station\b|kitchen|grill|\bbar\b|bistro|\bfood|marketing|service|holdings|industr|electr|hypermarket|grocer|boutique|fashion|dental|motors?\b|\bauto|workshop|machinery|market\b|beauty|cuisine|bros\b|brothers|& sons|house\b|\bpizz|noodle|tea\b|deli\b|diner|express\b|wholesale|supply|supplies|florist|optic|printing|confectionery|university|college|school", Options)]
    private static partial Regex Business();

    [GeneratedRegex(@"公司|集团|旗舰店|专营店|专卖店|大药房|医院$")]
    private static partial Regex ChineseEntity();

    [GeneratedRegex(@"公司|集团|超市|商店|商场|药店|药房|餐厅|饭店|酒店|面馆|餐馆|酒楼|茶餐|咖啡|便利店|百货|商行|书店|医院|门诊|诊所|旗舰店|专卖店|专营店|\p{L}{2,}店(?:\(|$)|\p{L}{2,}[店馆厂行坊楼轩府阁]$|工厂|火锅|烘焙|加油站|连锁|酒家|大排档|小吃|饮品|银行|中心$")]
    private static partial Regex ChineseCompany();

    [GeneratedRegex(@"^[\W_]*(?:(?:simplified|tax|cash|sales?|credit|official|commercial|proforma|pro forma|gst|duplicate|original|customer'?s?|guest|order|delivery|payment|purchase|test|lab(?:oratory)?|medical|registration|application|simple|dinner|lunch|wine|drinks?|our)[\s\-/]*)*(?:tax ?invoice|invoice|receipt|bill|cash ?sales?|sales|report|form|menu|check|order|copy|statement|quotation|voucher|slip|note|resit|details?|summary|nameplate|name plate|label|list)[\W_]*$", Options)]
    private static partial Regex Titles();

    [GeneratedRegex(@"(?:小票|收据|发票|发票联|账单|帐单|结账单|结帐单|清单|菜单|报告单?|化验单|检验单|登记表|申请表|订单|凭证|凭条|表|通知单|预结单|消费单|明细|铭牌|送货单|出库单|入库单|单据|详情|点菜单|水单|存根|联)(?:\(.*\))?$")]
    private static partial Regex ChineseTitles();

    [GeneratedRegex(@"\bgst\b|\bsst\b|\breg(?:istration)?\b\.? ?[#:n]|\broc\b|co\.? ?(?:reg|no)\b|\bcompany no|welcome|thank|www\.|@|https?:|\btel\b|\bfax\b|\bphone\b|cashier|\btable\b|\bpage\b|\bdate\b|invoice no|receipt no|bill no|\btrn\b|\btrx\b|^\W*\d[\d\W]*$|licensee|owned by|^(?:等待|待|已|交易)\p{L}{2,4}$|欢迎|谢谢|电话|税号|信用代码|单号|日期|流水|桌号|收银|时间|编号", Options)]
    private static partial Regex NotCompany();

    [GeneratedRegex(@"\btel|\bfax\b|\bphone|\bh/?p\b|hotline|\bmobile|whatsapp|电话|传真|手机|热线", Options)]
    private static partial Regex TelephoneWord();

    [GeneratedRegex(@"\s*[(\[]?\s*(?:(?:co(?:mpany)?\.? ?)?(?:reg(?:istration)?\.? ?)?no\.?:? ?)?(?:\d{4,12}-[A-Z0-9]{1,2}|(?<=[(\[])\d{4,12}[A-Z]?|[A-Z]{1,2}\d{6,9}-?[A-Z0-9]?|\d{12})\s*[)\]]?\s*$|\s*\((?:co|reg|roc|gst|formerly)[^)]*\)?\s*$|(?<=bhd\.?) ?[(\[]?\d{5,12}-?[A-Z]?[)\]]?\s*$", Options)]
    private static partial Regex Registration();
}
