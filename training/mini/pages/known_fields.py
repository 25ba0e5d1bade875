"""Fields of forms and labels that have a concept: how they are labelled in print and what their values look like. A family takes those that suit it."""
from ..chance import chance, choice, digits, letters_digits, randint, random01, shuffle, uniform
from ..lexicon import PLACES, cased, chinese, invented, word, words
from ..values import address, code, company, date_form, day, email, money, person, phone, price, time, website

# key|labels in Chinese|labels in English|kind of value
_SPECIFICATION = '''
fullname|姓名,名字,姓 名|Name,Full Name,Applicant Name|person
sex|性别,性 别|Sex,Gender|sex
age|年龄,年 龄|Age|age
birth|出生日期,出生年月,生日|Date of Birth,DOB,Birth Date|date
nationality|国籍|Nationality,Citizenship|country
ethnicity|民族|Ethnicity,Ethnic Group|ethnicity
idno|身份证号,身份证号码,证件号码,公民身份号码|ID Number,Identity No.,IC No,NRIC|identity
passport|护照号,护照号码|Passport No,Passport Number|passport
address|住址,家庭住址,地址,通讯地址,联系地址|Address,Home Address,Mailing Address|address
dept|部门,所属部门,科室,所在部门|Department,Dept,Dept.|department
job|职务,职位,岗位,职称|Position,Job Title,Occupation,Designation|job
employeeid|工号,员工编号,职工号|Employee ID,Staff No,Emp. No.|code
company|单位,工作单位,公司,单位名称,公司名称|Company,Employer,Company Name,Organisation|company
contact|联系人,联络人|Contact,Contact Person,Attn|person
phone|联系电话,电话,固定电话|Phone,Tel,Telephone,Contact No.|phone
mobile|手机,手机号,手机号码,移动电话|Mobile,Cell,Mobile No.,HP|mobile
fax|传真,传真号码|Fax,Fax No.|phone
email|邮箱,电子邮箱,电子邮件,E-mail|Email,E-mail,Email Address|email
website|网址,网站,官网|Website,Web,URL|website
postcode|邮编,邮政编码|Postcode,Zip Code,Postal Code|postcode
bank|开户行,银行名称,开户银行|Bank,Bank Name|bank
account|账号,银行账号,帐号|Account No,Bank Account,A/C No.|account
accountname|户名,账户名称,开户名|Account Name,A/C Name|company
currency|币种,货币,币别|Currency|currency
total|总金额,合计金额,总计|Total,Total Amount,Grand Total|money
quantity|数量,件数,台数|Quantity,Qty,No. of Units|number
unit|单位,计量单位|Unit,UOM|unit
unitprice|单价|Unit Price,Price per Unit|money
remark|备注,说明,附注|Remarks,Notes,Comments|phrase
purpose|用途,目的,事由|Purpose,Purpose of Use|phrase
category|类别,分类,产品类别|Category,Class of Goods|word
type|类型,种类|Type,Kind|word
status|状态,当前状态,审批状态|Status,State|status
grade|等级,级别|Grade,Level|grade
classname|班级|Class,Class Name|class
school|学校,毕业院校,就读学校|School,University,College|school
major|专业,所学专业|Major,Field of Study|word
studentid|学号|Student ID,Student No.|code
subject|科目,课程,课程名称|Subject,Course|word
score|成绩,分数,得分|Score,Marks|score
education|学历,文化程度|Education,Highest Degree|education
marital|婚姻状况,婚否|Marital Status|marital
emergency|紧急联系人|Emergency Contact,Next of Kin|person
validuntil|有效期至,有效期限,到期日期|Valid Until,Expiry Date,Expires|date
issuedate|签发日期,发证日期,颁发日期|Issue Date,Date Issued,Date of Issue|date
authority|签发机关,发证机关,审批机关|Issuing Authority,Authority|authority
issuer|发证单位,颁发单位|Issued By,Issuer|authority
licenceno|许可证号,执照号,许可证编号|License No,Licence Number,Permit No.|code
certno|证书编号,证号,证书号|Certificate No,Cert. No.,Certificate Number|code
plate|车牌号,车牌号码,号牌号码|Plate No,Vehicle No,Registration No.|plate
vehicletype|车辆类型,车型|Vehicle Type,Type of Vehicle|vehicle
engineno|发动机号,发动机号码|Engine No,Engine Number|code
color|颜色,车身颜色|Color,Colour|color
size|尺寸,尺码,外形尺寸|Size,Dimensions|size
brand|品牌,商标|Brand,Make|brand
model|型号,产品型号,规格型号,设备型号|Model,Model No.,Type,M/N|code
serial|序列号,出厂编号,机身号,SN|S/N,Serial No.,Serial Number,SERIAL NO|code
batch|批号,生产批号,产品批号|Batch No,Lot No,LOT,Batch Number|batch
mfg|生产日期,制造日期,出厂日期|MFG Date,Production Date,Date of Manufacture,Manufactured|date
shelflife|保质期,有效期限|Shelf Life,Best Before|shelf_life
expiry|有效期至,失效日期,到期日|EXP,Exp. Date,Use By,Best Before|date
ingredients|配料,配料表,成分|Ingredients,Composition|ingredients
storage|贮存条件,储存方法,贮藏|Storage,Store At,Storage Conditions|storage
netweight|净含量,净重,净 重|Net Weight,Net Wt.,NET WT|weight
grossweight|毛重|Gross Weight,G.W.|weight
weight|重量,质量|Weight,Mass|weight
capacity|容量,容积,额定容量|Capacity,Volume|volume
material|材质,材料,面料|Material,Fabric|word
origin|产地,原产地|Origin,Made in,Country of Origin|place
maker|制造商,生产厂家,生产企业,厂家,生产商|Manufacturer,Made by,MFR,Producer|company
product|品名,产品名称,商品名称,货品名称|Product,Product Name,Item,Article|product
exe|执行标准,产品标准号,执行标准号|Standard,Product Standard|standard
barcode|条码,条形码,商品条码|Barcode,EAN,UPC|barcode
sku|货号,商品编码,物料编码|SKU,Item No.,Article No.|code
stock|库存,库存数量|Stock,In Stock|number
rating|评分,好评率|Rating,Customer Rating|rating
warehouse|仓库,库房,所在仓库|Warehouse,Depot|place
supplier|供应商,供货单位,供货商|Supplier,Vendor|company
orderno|订单号,订单编号,单号|Order No,Order Number,Order #|code
po|采购单号,采购订单号|PO Number,P.O. #,Purchase Order|code
terms|付款条件,付款方式|Terms,Payment Terms|terms
deliverytime|交货日期,送货日期,送达时间|Delivery Date,Delivered On|date
rate|税率,费率|Rate,Tax Rate|percent
approvedby|审批人,批准人,审批|Approved By,Authorised By|person
preparedby|制表人,编制人,制单,填表人|Prepared By,Completed By|person
checkedby|审核人,检验员,复核|Checked By,Inspected By,Verified By|person
receivedby|收货人签字,签收人,领用人|Received By|person
signature|签名,签字|Signature,Signed|person
project|项目,项目名称|Project,Project Name|phrase
startdate|开始日期,开始时间,起始日期|Start Date,From Date,Commencement|date
enddate|结束日期,结束时间,终止日期|End Date,To Date,Completion Date|date
date|日期,填表日期,申请日期|Date,Dated|date
duration|时长,期限,持续时间|Duration,Period|duration
location|地点,场地,安装位置|Location,Venue,Site|place
room|房间号,房号,会议室|Room,Room No.|room
guest|客人姓名,宾客姓名|Guest Name,Guest|person
checkin|入住日期,入住时间|Check-in Date,Arrival Date|date
checkout|离店日期,退房日期|Check-out Date,Departure Date|date
train|车次,航班号|Flight No,Train No.|flight
seat|座位,座位号,席位|Seat,Seat No.|seat
gate|登机口,检票口|Gate,Boarding Gate|gate
from|出发地,始发站,起点|Departure,Origin Station|place
to|目的地,到达站,终点|Destination,Arrival|place
patient|患者姓名,患者,病人姓名,姓名|Patient,Patient Name,Name of Patient|person
ward|病区,病房|Ward|ward
bedno|床号,床位号|Bed No,Bed|bed
diag|诊断,临床诊断,初步诊断|Diagnosis,Clinical Diagnosis|diagnosis
doctor|医生,医师,主治医师,送检医生|Doctor,Physician,Attending Physician|person
hospital|医院,医院名称,医疗机构|Hospital,Clinic,Institution|hospital
sampleid|样本号,标本号,条码号|Sample ID,Specimen No,Lab No.|code
sdate|采样时间,采集日期,采样日期|Collected,Collection Date,Sample Date|date
rdate|报告日期,报告时间|Report Date,Reported,Date Reported|date
bloodtype|血型|Blood Type,Blood Group|blood
height|身高|Height|height
temperature|体温,温度|Temperature,Temp.|temperature
pressure|压力,额定压力,工作压力|Pressure,Max Pressure|pressure
speed|转速,额定转速,速度|Speed,RPM|speed
protection|防护等级|Protection,IP Rating,Protection Class|protection
insulation|绝缘等级|Insulation,Ins. Class,Insulation Class|insulation
voltage|额定电压,电压,输入电压|VOLTAGE,Input,Rated Voltage,Voltage|voltage
power|额定功率,功率,输出功率|POWER,Rated Power,Output|power
freq|频率,额定频率|FREQ,Frequency,Freq.|frequency
current|电流,额定电流|CURRENT,Rated Current,AMPS|current
meterno|表号,电表号|Meter No,Meter Number|code
prevread|上次读数,上期示数|Previous Reading|number
currread|本次读数,本期示数|Current Reading,Present Reading|number
usage|用量,用电量,用水量|Usage,Consumption|number
latefee|滞纳金,违约金|Late Fee,Penalty|money
balance|余额,账户余额|Balance,Closing Balance|money
deposit|押金,定金,保证金|Deposit,Security Deposit|money
rent|租金,月租金|Rent,Monthly Rent|money
insured|保险金额,保额|Sum Insured,Insured Amount|money
premium|保险费,保费|Premium|money
policyno|保单号,保险单号|Policy No,Policy Number|code
beneficiary|受益人|Beneficiary|person
landlord|房东,出租人|Landlord,Lessor|person
tenant|租客,承租人|Tenant,Lessee|person
version|版本,版本号|Version,Rev.|version
author|作者,编者|Author,Written By|person
publisher|出版社,出版单位|Publisher|company
isbn|书号,ISBN|ISBN|isbn
language|语言,语种|Language|language
creditcode|统一社会信用代码,信用代码|Unified Social Credit Code,Company Registration No.|credit_code
capital|注册资本,注册资金|Registered Capital,Paid-up Capital|capital
founded|成立日期,注册日期|Date of Establishment,Incorporated On|date
rep|法定代表人,负责人,法人代表|Legal Representative,Representative|person
scope|经营范围|Business Scope,Nature of Business|scope
track|运单号,快递单号,物流单号|Tracking No,Waybill No,AWB|tracking
carrier|快递公司,承运公司,物流公司,承运人|Carrier,Courier,Ship Via|carrier
shopname|商家,店铺,卖家|Seller,Sold by,Shop|company
'''


def _in(chinese_text, english_text):
    """A maker that takes one of comma-separated texts."""
    options = english_text.split(','), chinese_text.split(',')
    return lambda is_chinese: choice(options[is_chinese])


def _short(is_chinese):
    return chinese(2, 4) if is_chinese else cased(words(1, 2), 't')


def _phrase(is_chinese):
    return chinese(3, 6) + (chinese(2, 5) if chance(.5) else '') if is_chinese else cased(words(2, 6), 'a')


def _ingredients(is_chinese):
    count = randint(3, 8)
    return choice(('、', '，')).join(chinese(2, 4) for _ in range(count)) if is_chinese else ', '.join(word() for _ in range(count))


def _scope(is_chinese):
    return choice(('、', '；')).join(chinese(4, 8) for _ in range(randint(2, 6))) if is_chinese else ', '.join(words(1, 3) for _ in range(randint(2, 4)))


def _plate(is_chinese):
    if is_chinese:
        return choice('京沪粤浙苏鲁川渝鄂湘闽皖赣豫冀晋陕辽吉黑桂云贵') + choice('ABCDEFGH') + choice(('', '·')) + letters_digits(5)
    return choice((f'{choice("ABJKPVW")}{choice("ABCDKM")}{choice("ABCDKM")} {digits(4)}', letters_digits(7), f'{digits(3)}-{letters_digits(3)}'))


def _measure(units, most=900, is_whole=.6):
    """A maker of numbers with a unit."""
    options = units.split(',')
    return lambda is_chinese: (str(randint(1, most)) if chance(is_whole) else f'{uniform(.1, most):.1f}') + choice(('', '', ' ')) + choice(options)


def _school(is_chinese):
    return choice(PLACES) + choice(('大学', '职业学院', '第一中学', '理工大学', '小学')) if is_chinese else cased(word(),
        't') + choice((' University', ' College', ' High School'))


def _hospital(is_chinese):
    if is_chinese:
        return choice(PLACES) + (chinese(2, 2) if chance(.5) else '') + choice(('医院', '人民医院', '中医院', '第二人民医院', '妇幼保健院', '体检中心', '检验中心'))
    return cased(words(1, 2), 't') + choice((' Hospital', ' Clinic', ' Laboratory', ' Medical Centre', ' Diagnostics'))


def _authority(is_chinese):
    if is_chinese:
        return choice(PLACES) + choice(('市', '县', '区', '省')) + choice(('公安局', '市场监督管理局', '工商行政管理局', '卫生局', '教育局', '人力资源和社会保障局', '质量协会'))
    return cased(words(1, 2), 't') + choice((' Authority', ' Department', ' Board', ' Council', ' Institute', ' Ministry'))


def _age(is_chinese):
    return str(randint(1, 99)) + (choice(('岁', '岁', '')) if is_chinese else choice(('', '', ' Y', ' years')))


def _identity(is_chinese):
    if is_chinese:
        return f'{randint(11, 65)}{digits(4)}{randint(1950, 2015)}{randint(1, 12):02d}{randint(1, 28):02d}{digits(3)}{choice("0123456789X")}'
    return choice((f'{digits(6)}-{digits(2)}-{digits(4)}', f'{digits(3)}-{digits(2)}-{digits(4)}', 'S' + digits(7) + choice('ABCDEFGHIZJ')))


def _bank(is_chinese):
    if is_chinese:
        return choice(('', '中国')) + choice('工商银行,建设银行,农业银行,招商银行,交通银行,民生银行,兴业银行'.split(',')) + choice(PLACES) + choice(('支行', '分行', '营业部'))
    return choice(('Maybank', 'CIMB Bank', 'Public Bank', 'RHB Bank', 'Chase', 'HSBC', 'Wells Fargo', cased(word(), 't') + ' Bank'))


def _seat(is_chinese):
    return f'{randint(1, 16):02d}车{randint(1, 20):02d}{choice("ABCDF")}号' if is_chinese else f'{randint(1, 45)}{choice("ABCDEFK")}'


def _shelf_life(is_chinese):
    return f'{choice((6, 9, 12, 18, 24, 36))}{choice(("个月", "月"))}' if is_chinese else f'{choice((6, 9, 12, 18, 24, 36))} {choice(("months", "MONTHS"))}'


def _product(is_chinese):
    return chinese(3, 7) if is_chinese else cased(words(1, 3), 't')


def _job(is_chinese):
    if is_chinese:
        return (chinese(2, 2) if chance(.6) else '') + choice(('经理', '总监', '工程师', '主任', '专员', '总经理', '主管', '顾问', '会计', '设计师'))
    return choice(('', 'Senior ', 'Chief ', cased(word(), 't') + ' ')) + choice(('Manager', 'Director', 'Engineer', 'Officer', 'Consultant', 'Executive',
        'Analyst', 'Designer'))


_MAKERS = {
    'person': person, 'phone': phone, 'address': address, 'company': company, 'word': _short, 'phrase': _phrase, 'ingredients': _ingredients, 'scope': _scope,
    'plate': _plate, 'school': _school, 'hospital': _hospital, 'authority': _authority, 'age': _age, 'identity': _identity, 'bank': _bank, 'seat': _seat,
    'shelf_life': _shelf_life, 'product': _product, 'job': _job,
    'sex': _in('男,女', 'M,F,Male,Female'),
    'country': _in('中国,马来西亚,日本,美国,法国,新加坡', 'Malaysian,Chinese,American,British,Indian,Singaporean,Canadian'),
    'ethnicity': _in('汉,汉族,回族,满族,壮族,藏族', 'Malay,Chinese,Indian,Han,Other'),
    'status': _in('已完成,处理中,待审核,已通过,正常,已取消,在用', 'Active,Pending,Approved,Completed,Closed,Cancelled'),
    'grade': _in('一级,二级,三级,甲级,A级,优秀,合格', 'A,B,C,Grade 1,Grade 2,Senior,Junior'),
    'education': _in('本科,大专,硕士,高中,博士,中专', "Bachelor's Degree,Diploma,Master,High School,PhD"),
    'marital': _in('已婚,未婚,离异', 'Single,Married,Divorced'),
    'currency': _in('人民币,美元,欧元,港币,CNY', 'USD,MYR,EUR,SGD,GBP'),
    'unit': _in('个,台,件,套,箱,千克,米', 'pcs,set,box,kg,unit,carton'),
    'color': _in('白色,黑色,红色,银灰,蓝色,米白', 'White,Black,Silver,Red,Navy Blue,Grey'),
    'vehicle': _in('小型轿车,重型货车,中型客车,普通二轮摩托车', 'Sedan,Truck,Van,Motorcycle,SUV'),
    'storage': _in('阴凉干燥处,冷藏2-8℃,常温避光保存,密封置阴凉处,冷冻-18℃以下', 'Keep in a cool dry place,Keep refrigerated,Below 25°C,Store at 2-8°C'),
    'terms': _in('月结30天,货到付款,预付30%,款到发货', 'Net 30,Net 15,Due on receipt,COD,30 Days,50% deposit'),
    'insulation': _in('F,B,H级,E级', 'F,B,H,CLASS F'),
    'diagnosis': _in('上呼吸道感染,高血压,2型糖尿病,急性胃炎,支气管炎,健康体检,缺铁性贫血', 'Hypertension,Acute gastritis,Type 2 diabetes,URTI,Bronchitis,Routine check'),
    'language': _in('中文,英语,日语,法语', 'English,Malay,Chinese,French'),
    'carrier': _in('顺丰速运,圆通速递,中通快递,韵达快递,京东物流,EMS,德邦快递', 'FedEx,DHL,UPS,Pos Laju,J&T Express,USPS'),
    'department': lambda is_chinese: chinese(2, 2) + choice(('部', '科', '处', '中心')) if is_chinese else cased(word(), 't') + choice(('', ' Dept', ' Division')),
    'place': lambda is_chinese: choice(PLACES) + choice(('', chinese(2, 2))) if is_chinese else cased(words(1, 2), 't'),
    'class': lambda is_chinese: f'{choice("一二三四五六七八九")}年级{randint(1, 12)}班' if is_chinese else f'{randint(1, 12)}{choice("ABCDE")}',
    'brand': lambda is_chinese: chinese(2, 3) if is_chinese and chance(.8) else cased(invented(), choice('ut')),
    'flight': lambda is_chinese: choice('GDKTZC') + digits(randint(2, 4)) if is_chinese else choice(('MH', 'AK', 'CZ', 'SQ', 'UA', 'BA')) + digits(3),
    'credit_code': lambda is_chinese: '91' + digits(6) + letters_digits(10) if is_chinese else choice((f'{digits(6)}-{choice("AHKTX")}', digits(12),
        digits(9))),
    'capital': lambda is_chinese: f'{randint(1, 9000)}万{choice(("元", "元整", "元人民币"))}' if is_chinese else choice(('USD ', 'RM ', '$'))
    + f'{randint(1, 9000) * 1000:,}',
    'duration': lambda is_chinese: f'{randint(1, 36)}{choice(("个月", "天", "年", "小时"))}' if is_chinese
    else f'{randint(1, 36)} {choice(("months", "days", "years", "hours"))}',
    'ward': lambda is_chinese: choice(('内', '外', '儿', '妇')) + f'科{randint(1, 9)}病区' if is_chinese else f'Ward {randint(1, 20)}{choice("ABC")}',
    'mobile': lambda is_chinese: '1' + choice('3456789') + digits(9) if is_chinese else choice((f'01{digits(1)}-{digits(7)}',
        f'+601{digits(1)}-{digits(3)} {digits(4)}')),
    'money': lambda is_chinese: money(price() * choice((1, 1, 10)), chance(.6)),
    'code': lambda is_chinese: code(),
    'email': lambda is_chinese: email(),
    'website': lambda is_chinese: website(),
    'time': lambda is_chinese: time(),
    'passport': lambda is_chinese: choice('EGAHK') + digits(8),
    'postcode': lambda is_chinese: digits(6 if is_chinese else 5),
    'account': lambda is_chinese: choice((digits(19), digits(16), f'{digits(4)} {digits(4)} {digits(4)} {digits(4)}', f'{digits(3)}-{digits(6)}-{digits(3)}')),
    'number': lambda is_chinese: str(randint(0, choice((20, 500, 9999)))),
    'score': lambda is_chinese: choice((str(randint(30, 100)), f'{uniform(30, 100):.1f}')),
    'rating': lambda is_chinese: f'{uniform(2, 5):.1f}',
    'percent': lambda is_chinese: f'{choice((3, 6, 9, 13, randint(1, 30)))}%',
    'size': lambda is_chinese: choice((f'{randint(20, 900)}×{randint(20, 900)}×{randint(20, 900)}mm', f'{randint(5, 90)}x{randint(5, 90)} cm',
                                       choice(('S', 'M', 'L', 'XL', '170/92A')))),
    'batch': lambda is_chinese: choice((code(), f'20{digits(2)}{randint(1, 12):02d}{randint(1, 28):02d}', letters_digits(6))),
    'weight': _measure('g,kg,KG,克,mg', 900), 'volume': _measure('L,ml,mL,升', 900), 'temperature': _measure('℃,°C', 45, .2),
    'pressure': _measure('MPa,bar,kPa', 30, .3),
    'power': _measure('W,kW,KW,HP', 900, .7), 'current': _measure('A', 40, .2), 'speed': _measure('r/min,rpm,RPM', 3000, 1),
    'height': lambda is_chinese: f'{randint(120, 200)}cm',
    'standard': lambda is_chinese: choice(('GB/T ', 'GB ', 'Q/', 'ISO ', 'EN ', 'GB/T')) + digits(randint(4, 5)) + choice(('', f'-20{digits(2)}')),
    'barcode': lambda is_chinese: choice(('69', '95', '8')) + digits(11),
    'room': lambda is_chinese: choice((str(randint(101, 3020)), f'{choice("ABC")}{randint(101, 909)}')),
    'gate': lambda is_chinese: choice((f'{choice("ABCDE")}{randint(1, 40)}', str(randint(1, 60)))),
    'bed': lambda is_chinese: choice((str(randint(1, 80)), f'{randint(1, 80):02d}床' if is_chinese else f'{randint(1, 40)}{choice("AB")}')),
    'blood': lambda is_chinese: choice(('A', 'B', 'O', 'AB')) + choice(('型', '') if is_chinese else ('', '+', ' Rh+')),
    'protection': lambda is_chinese: 'IP' + choice(('44', '54', '55', '65', '67', 'X4')),
    'voltage': lambda is_chinese: choice(('220V', '380V', 'AC 100-240V', '24VDC', '12V', '220V~', '415 V', 'DC 5V', f'{randint(3, 660)}V')),
    'frequency': lambda is_chinese: choice(('50Hz', '60Hz', '50/60Hz', '50 Hz', '50-60Hz')),
    'version': lambda is_chinese: choice(('V', 'v', '')) + f'{randint(0, 9)}.{randint(0, 20)}' + choice(('', f'.{randint(0, 9)}')),
    'isbn': lambda is_chinese: f'978-{digits(1)}-{digits(4)}-{digits(4)}-{digits(1)}',
    'tracking': lambda is_chinese: choice(('SF', 'YT', 'JD', '', 'ZTO', '1Z')) + digits(randint(10, 13)),
}


def _parsed():
    found = {}
    for line in _SPECIFICATION.strip().splitlines():
        key, chinese_labels, english_labels, kind = line.split('|')
        found[key] = ((english_labels.split(','), chinese_labels.split(',')), kind)
    return found


FIELDS = _parsed()
_IN_CAPITALS, _BILINGUAL = .2, .05


def value_of(kind, is_chinese):
    """A value of a kind ('person', 'money', …)."""
    return date_form(is_chinese)(*day()) if kind == 'date' else _MAKERS[kind](is_chinese)


def label_of(key, is_chinese):
    return choice(FIELDS[key][0][is_chinese])


def known(is_chinese, keys, keep=.75, mixed=.5, values=None, labels=None):
    """Triples (key, label, value) for pairs(): each key with probability `keep`, in another order with probability `mixed`. Labels are of one style, dates of
    one form, no label stands twice. `values` and `labels` replace what would be drawn; a label may name several, divided by '|'."""
    style, form = random01(), date_form(is_chinese)
    found, used = [], set()
    for key in keys.split() if isinstance(keys, str) else keys:
        if random01() >= keep:
            continue
        label = choice(labels[key].split('|')) if labels and key in labels else label_of(key, is_chinese)
        if is_chinese and style < _BILINGUAL and key in FIELDS:
            label += choice((' ', '/')) + choice(FIELDS[key][0][False])
        elif not is_chinese and style < _IN_CAPITALS:
            label = label.upper()
        if label in used:
            continue
        used.add(label)
        if values and key in values:
            value = values[key]
        else:
            kind = FIELDS[key][1]
            value = form(*day()) if kind == 'date' else _MAKERS[kind](is_chinese)
        found.append((key, label, value))
    if random01() < mixed:
        shuffle(found)
    return found
