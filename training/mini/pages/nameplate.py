"""Nameplates of machines and devices."""
from ..chance import chance, choice, randint, uniform
from ..lexicon import cased, chinese, words
from ..sheet import Sheet
from ..values import company
from .known_fields import known
from .parts_common import either, extras
from .parts_forms import pairs

_KINDS = (
    'model serial voltage power freq current mfg weight maker origin',
    'model power voltage current speed freq protection insulation weight serial mfg maker exe',
    'model serial capacity pressure temperature mfg maker licenceno weight voltage',
    'model serial voltage current maker origin barcode version mfg size')
_LABELS = {True: {'mfg': '出厂日期|生产日期|制造日期|制造年月', 'serial': '序列号|出厂编号|编号|SN|产品编号', 'licenceno': '许可证编号|制造许可证号', 'temperature': '工作温度|设计温度', 'exe': '执行标准|标准编号'},
           False: {'mfg': 'MFG DATE|Date|Manufactured|DATE CODE', 'serial': 'S/N|Serial No.|SERIAL NO|SN', 'licenceno': 'Cert. No.|License No',
                   'temperature': 'Op. Temp|Temp. Range', 'exe': 'Standard|STD'}}


def compose():
    sheet = Sheet(chance(.6), 'nameplate')
    is_chinese = sheet.is_chinese
    if chance(.2):
        sheet.title('brand', cased(words(1, 1), 'u') if chance(.6) or not is_chinese else chinese(2, 3), choice((1.3, 1.8)), *choice(((.02, 'l'), (.5, 'c'))))
    if chance(.62):
        ending = ('电机', '空调', '水泵', '变压器', '压缩机', '设备', '异步电动机', '减速机', '阀门', '电源适配器', '热水器', '配电箱')
        text = chinese(2, 5) + choice(ending) if is_chinese else cased(words(1, 2) + choice((' motor', ' pump', ' adapter', ' inverter', ' compressor', '')),
            choice('utu'))
        sheet.title('product', text, choice((1.2, 1.6, 2)))
    values = {'mfg': f'{randint(2000, 2026)}{choice((".", "-", "/", "年"))}{randint(1, 12):02d}'} if chance(.4) else {}
    if values and '年' in values['mfg']:
        values['mfg'] += '月'
    triples = known(is_chinese, choice(_KINDS), uniform(.5, .95), values=values, labels=_LABELS[is_chinese])
    triples += extras(sheet, choice((0, 0, 2, 4)), triples)
    if 'product' not in sheet.fields and chance(.4):
        triples[:0] = known(is_chinese, 'product', 1)
    if chance(.3):
        half = len(triples) // 2
        pairs(sheet, triples[:half])
        pairs(sheet, triples[half:])
    else:
        pairs(sheet, triples)
    if 'maker' not in sheet.fields and chance(.6):
        sheet.title('maker', company(is_chinese, 'u'), choice((1, 1.2)))
    if 'origin' not in sheet.fields and chance(.2):
        text = sheet.seen(either(is_chinese, '中国', 'CHINA|MALAYSIA|GERMANY|JAPAN|TAIWAN'))
        sheet.put('origin', text)
        sheet.row((either(is_chinese, '中国制造|产地：' + text, 'MADE IN ' + text).replace('中国制造', text + '制造'), .5, 'c'))
    if chance(.25):
        sheet.row((sheet.seen(choice(('CE', 'CE  RoHS', 'CCC', 'FC CE', 'UL LISTED', 'QS'))), choice((.02, .8))))
    return sheet
