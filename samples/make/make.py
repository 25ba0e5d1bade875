#!/usr/bin/env python3
"""Makes the sample project's pictures and label sheet from receipts.json:  samples/make/make.py

Needs Python 3 and Chromium with the fonts DejaVu and Noto CJK (Debian: chromium fonts-dejavu fonts-noto-cjk). Every company, person and
number is invented. The outputs are committed, because a fresh machine has neither fonts nor a browser when the sample project is created.
"""
import html
import json
import pathlib
import subprocess
import tempfile
import zipfile

HERE = pathlib.Path(__file__).parent
OUT = HERE.parent / "receipts"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--hide-scrollbars"]
WORDS = {
    "en": {"date": "Date", "qty": "Qty", "subtotal": "Subtotal", "total": "TOTAL", "change": "CHANGE"},
    "zh": {"date": "日期", "qty": "数量", "subtotal": "小计", "total": "合计", "change": "找零"},
}


def total(receipt):
    goods = sum(quantity * price for _, quantity, price in receipt["items"])
    return round(goods + (receipt["tax"][1] if receipt["tax"] else 0), 2)


def page(receipt):
    words = WORDS[receipt.get("words", "en")]
    money = lambda value: f'{receipt["currency"]}{value:,.2f}' if receipt["currency"] != "RM" else f"{value:,.2f}"
    pair = lambda left, right, cls="": f'<div class="pair {cls}"><span>{html.escape(left)}</span><span>{html.escape(right)}</span></div>'
    items = "".join(pair(f"{name}  x{quantity}" if quantity > 1 else name, money(quantity * price)) for name, quantity, price in receipt["items"])
    goods = sum(quantity * price for _, quantity, price in receipt["items"])
    totals = pair(words["subtotal"], money(goods)) if receipt["tax"] else ""
    if receipt["tax"]:
        totals += pair(receipt["tax"][0], money(receipt["tax"][1]))
    unit = " RM" if receipt["currency"] == "RM" else ""
    totals += pair(words["total"] + unit, money(total(receipt)), "total")
    how, paid = receipt["pay"]
    totals += pair(how, money(paid or total(receipt)))
    if paid:
        totals += pair(words["change"], money(paid - total(receipt)))
    head = f'<div class="company">{html.escape(receipt["company"])}</div>'
    head += f'<div>{html.escape(receipt["address"])}</div>' + "".join(f"<div>{html.escape(line)}</div>" for line in receipt["extra"])
    title = f'<div class="title">{html.escape(receipt["title"])}</div>' if receipt["title"] else ""
    facts = pair(*receipt["no"]) + pair(words["date"], receipt["date"])
    return f"""<!DOCTYPE html><meta charset="utf-8"><style>
      body {{ margin: 0; background: #d9d4cc; font: 15px/1.5 '{receipt["font"]}'; width: {receipt["width"] + 60}px; }}
      .paper {{ width: {receipt["width"] - 40}px; margin: 24px auto; padding: 24px 20px; background: #fdfcf8; color: #222; transform: rotate({receipt["tilt"]}deg); }}
      .head {{ text-align: center; margin-bottom: 12px; }} .company {{ font-size: 19px; font-weight: 700; }}
      .title {{ text-align: center; font-weight: 700; letter-spacing: 1px; margin: 10px 0; }}
      .pair {{ display: flex; justify-content: space-between; gap: 16px; white-space: pre; }} .items {{ margin: 10px 0; padding: 8px 0; border: dashed #555; border-width: 1px 0; }}
      .total {{ font-size: 19px; font-weight: 700; }}
      .centred .pair.facts {{ justify-content: center; }}
      .boxed .head {{ text-align: left; }} .boxed .items {{ border: 1px solid #444; padding: 8px; }} .boxed .title {{ text-align: right; }}
    </style><div class="paper {receipt["layout"]}"><div class="head">{head}</div>{title}{facts}<div class="items">{items}</div>{totals}</div>"""


def screenshot(receipt, target, scratch):
    source = scratch / "page.html"
    source.write_text(page(receipt), encoding="utf-8")
    lines = len(receipt["items"]) + len(receipt["extra"]) + 13
    height = 90 + lines * 25
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["chromium", *FLAGS, f"--user-data-dir={scratch / 'profile'}", f"--window-size={receipt['width'] + 60},{height}",
                    "--force-device-scale-factor=1.5", f"--screenshot={target}", source.as_uri()], check=True, capture_output=True)


def label_sheet(receipts, target):
    """A small workbook with inline strings; ids and dates stay as typed."""
    rows = [["image", "company", "date", "address", "total"]]
    rows += [[r["file"], r["company"], r["label_date"], r["address"], f"{total(r):.2f}"] for r in receipts]
    cell = lambda column, row, text: f'<c r="{"ABCDE"[column]}{row}" t="inlineStr"><is><t>{html.escape(text)}</t></is></c>'
    data = "".join(f'<row r="{n}">{"".join(cell(c, n, text) for c, text in enumerate(row))}</row>' for n, row in enumerate(rows, 1))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="labels" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{data}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as workbook:
        for name, xml in parts.items():
            workbook.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), head + xml)


def main():
    receipts = json.loads((HERE / "receipts.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as scratch:
        for receipt in receipts:
            screenshot(receipt, OUT / receipt["file"], pathlib.Path(scratch))
            print(receipt["file"])
    label_sheet(receipts, OUT / "labels.xlsx")


if __name__ == "__main__":
    main()
