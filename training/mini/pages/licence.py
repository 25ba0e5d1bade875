"""Licences and certificates: business licences, permits, certificates of persons and products, identity and driving cards."""
from ..chance import chance, choice, randint, uniform
from ..lexicon import PLACES, cased, chinese, words
from ..sheet import Sheet
from ..values import company, date_form, day, person
from .known_fields import known, value_of
from .parts_common import either, extras, footer, long_value, sentence
from .parts_forms import pairs


def compose():
    sheet = Sheet(chance(.7), 'licence')
    choice((_business, _business, _permit, _certificate, _certificate, _identity))(sheet)
    return sheet


def _heading(sheet, texts):
    if chance(.92):
        sheet.title('title', either(sheet.is_chinese, *texts), choice((1.5, 1.8, 2.3)))


def _business(sheet):
    is_chinese = sheet.is_chinese
    _heading(sheet, ('营业执照|营 业 执 照|企业法人营业执照|个体工商户营业执照', 'BUSINESS LICENSE|Certificate of Incorporation|CERTIFICATE OF REGISTRATION|Business Licence'))
    if chance(.35):
        sheet.row((either(is_chinese, '（副本）|（正本）|（副 本）', '(Duplicate)|(Original)'), .5, 'c'))
    labels = {'company': '名称|名 称|企业名称|字号名称' if is_chinese else 'Name|Company Name|Name of Company', 'type': '类型|类 型|主体类型|组成形式' if is_chinese
              else 'Type|Type of Company', 'address': '住所|住 所|经营场所|营业场所' if is_chinese else 'Address|Registered Office|Principal Place of Business',
              'rep': '法定代表人|经营者|负责人|投资人' if is_chinese else 'Legal Representative|Director|Proprietor',
              'certno': '证照编号|执照编号|编号' if is_chinese else 'Certificate No.|Licence No.'}
    values = {'type': either(is_chinese, '有限责任公司（自然人独资）|有限责任公司|个体工商户|股份有限公司|个人独资企业|有限责任公司(自然人投资或控股)',
                             'Limited Company|Sole Proprietorship|Private Limited|Partnership')}
    triples = known(is_chinese, 'creditcode certno company type rep capital founded address validuntil', uniform(.6, .95), .25, values, labels)
    if chance(.4):
        form, (year, month, first) = date_form(is_chinese), day()
        term = choice((f'{form(year, month, first)}至{form(year + 20, month, first)}', '长期',
                       f'{form(year, month, first)}至长期')) if is_chinese else f'{form(year, month, first)} to {form(year + 10, month, first)}'
        triples.append(('term', either(is_chinese, '营业期限|经营期限', 'Period of Validity|Term'), term))
    pairs(sheet, triples, choice(('one', 'two', 'two', 'mixed', 'grid')))
    if chance(.75):
        long_value(sheet, 'scope', either(is_chinese, '经营范围', 'Business Scope|Nature of Business|Principal activities'), value_of('scope', is_chinese),
                   randint(14, 26) if is_chinese else 44, more_x=choice((.02, .15)))
    _issued(sheet)


def _issued(sheet):
    """Who issued it, and when: labelled, or bare at the foot."""
    is_chinese = sheet.is_chinese
    authority, when = value_of('authority', is_chinese), value_of('date', is_chinese)
    labels = {'authority': '登记机关|发证机关|颁发机关' if is_chinese else 'Issued by|Registrar|Issuing Authority',
              'issuedate': '发证日期|颁发日期|登记日期|核准日期' if is_chinese else 'Date of Issue|Issued on|Date'}
    if chance(.5):
        pairs(sheet, known(is_chinese, 'authority issuedate', .8, .1, {'authority': authority, 'issuedate': when}, labels), choice(('one', 'one', 'grid')),
              choice((.02, .5)), .46)
    else:
        for key, value in (('authority', authority), ('issuedate', when)):
            if key not in sheet.fields and chance(.8):
                sheet.title(key, value, 1, choice((.6, .65)), 'l')
    footer(sheet, '国家企业信用信息公示系统网址|国家市场监督管理总局监制|扫描二维码了解更多登记信息|复印无效', 'This certificate remains the property of the issuer|Not transferable|Verify online', 1)


def _permit(sheet):
    is_chinese = sheet.is_chinese
    _heading(sheet, ('食品经营许可证|卫生许可证|医疗器械经营许可证|道路运输经营许可证|药品经营许可证|安全生产许可证|排污许可证', 'FOOD PERMIT|Operating Permit|Trade Licence|Health Permit|Import License'))
    labels = {'company': '经营者名称|单位名称|企业名称' if is_chinese else 'Licensee|Permit holder|Business Name',
              'address': '经营场所|住所|注册地址' if is_chinese else 'Premises|Address', 'rep': '法定代表人（负责人）|负责人|法定代表人' if is_chinese else 'Owner|Responsible person',
              'type': '主体业态|许可类别|经营方式' if is_chinese else 'Type of Permit|Class', 'validuntil': '有效期至|有效期限' if is_chinese else 'Valid Until|Expires'}
    triples = known(is_chinese, 'company licenceno creditcode rep address type validuntil category', uniform(.55, .9), .3, labels=labels)
    triples += extras(sheet, 2, triples)
    pairs(sheet, triples)
    _issued(sheet)


def _certificate(sheet):
    """A person or a product proves something, in a sentence or as a list."""
    is_chinese = sheet.is_chinese
    _heading(sheet, ('结业证书|毕业证书|荣誉证书|职业资格证书|培训合格证|产品合格证|检定证书|聘书|获奖证书|专业技术资格证书', 'CERTIFICATE|Certificate of Completion|Certificate of Conformity|DIPLOMA|'
                     'Certificate of Training|Certificate of Achievement'))
    values = {'certno': value_of('code', is_chinese)}
    if chance(.5):
        who, course, when = person(is_chinese), chinese(3, 6) if is_chinese else cased(words(1, 3), 't'), value_of('date', is_chinese)
        if is_chinese:
            sentence(sheet, choice(('兹证明', '学员 ', '')), ('fullname', who, None), choice(('同志于', '，于', '于')), ('date', when, None), choice(('参加', '完成', '修完')),
                     ('subject', course, None), choice(('培训，成绩合格，特发此证。', '课程，考核合格，准予结业。', '竞赛，荣获一等奖。')))
        else:
            sentence(sheet, choice(('This is to certify that ', 'Presented to ', 'We hereby certify that ')), ('fullname', who, None),
                     choice((' has completed ', ' has successfully passed ', ' attended ')), ('subject', course, None), ' on ', ('date', when, None), '.')
        triples = known(is_chinese, 'certno grade idno validuntil score', .4, .5, values)
    else:
        triples = known(is_chinese, 'fullname sex birth idno certno major grade education validuntil company', uniform(.4, .8), .4, values) if chance(.7) else \
            known(is_chinese, 'product model serial certno exe checkedby mfg maker grade', uniform(.5, .85), .4, values)
    triples += extras(sheet, 2, triples)
    pairs(sheet, triples)
    if chance(.6):
        issuer = sheet.seen(value_of('authority', is_chinese) if chance(.5) else company(is_chinese, 't'))
        if sheet.put('issuer', issuer):
            sheet.row((issuer, *choice(((.6, 'l'), (.5, 'c')))))
    if 'issuedate' not in sheet.fields and chance(.6):
        if chance(.5):
            sheet.style = 'one'
            sheet.pair('issuedate', either(is_chinese, '发证日期|颁发日期|签发日期', 'Date of Issue|Issued on'), value_of('date', is_chinese), .6)
        else:
            sheet.title('issuedate', value_of('date', is_chinese), 1, .65, 'l')


def _identity(sheet):
    """Cards of persons."""
    is_chinese = sheet.is_chinese
    kind = choice(('card', 'driving', 'work'))
    if kind == 'card':
        triples = known(is_chinese, 'fullname sex ethnicity birth address idno nationality authority validuntil', .75, .1,
                        labels={'fullname': '姓名|姓 名' if is_chinese else 'Name|Surname and given names'})
        title = '居民身份证|中华人民共和国居民身份证|居住证', 'IDENTITY CARD|PASSPORT|RESIDENT CARD'
    elif kind == 'driving':
        triples = known(is_chinese, 'fullname sex nationality address birth issuedate certno validuntil type', .75, .15,
                        {'type': choice(('C1', 'B2', 'A2', 'C1D', 'D'))},
                        {'certno': '证号|档案编号' if is_chinese else 'Licence No.|DL No.', 'type': '准驾车型' if is_chinese else 'Class',
                         'issuedate': '初次领证日期' if is_chinese else 'Issued|First issue'})
        title = '机动车驾驶证|中华人民共和国机动车驾驶证', "DRIVER'S LICENSE|DRIVING LICENCE"
    else:
        triples = known(is_chinese, 'fullname dept job employeeid company validuntil sex bloodtype', .7, .3)
        title = '工作证|出入证|学生证|员工证|参会证', 'STAFF CARD|VISITOR PASS|STUDENT CARD|EMPLOYEE ID'
    if chance(.75):
        sheet.title('title', either(is_chinese, *title), choice((1.2, 1.5)))
    elif is_chinese and chance(.3):
        sheet.row((choice(PLACES), .5, 'c'))
    pairs(sheet, triples, choice(('one', 'one', 'two', 'grid', 'mixed', 'above')))
