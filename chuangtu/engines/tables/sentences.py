"""What is said about a file that cannot be taken as it is: one sentence for each trouble.

Each says what is wrong with the file and what to do; the place is put before it by `Problem`.
"""

from __future__ import annotations

from chuangtu.engines.tables.model import Fault, Place, TableError

_FILES = {
    "empty": (
        "文件里没有任何内容。请确认选对了文件，或下载模板填写后再上传。",
        "The file holds nothing. Check that it is the right file, or fill in the template.",
    ),
    "header_only": (
        "只有表头，没有数据行。请在表头下一行开始填写数据。",
        "There are headers but no rows. Fill in the rows below the headers.",
    ),
    "too_large": (
        "文件有 {size} 字节，最多 {limit} 字节。请分成几个文件。",
        "The file has {size} bytes; at most {limit} are taken. Split it into several files.",
    ),
    "unknown_file": (
        "看不出这是什么文件。请上传 xlsx、csv、GeoJSON、GPKG 或装有 SHP 的 zip。",
        "This is not a file that can be read. Give xlsx, csv, GeoJSON, GPKG, or SHP in a zip.",
    ),
    "not_a_workbook": (
        "扩展名是 Excel，内容却是网页或其他文本。请在 Excel 中打开，另存为 .xlsx 工作簿。",
        "It is named like Excel but holds a web page or text. Open it in Excel and save it as an"
        " Excel workbook (.xlsx).",
    ),
    "old_excel": (
        "这是旧版 Excel 97–2003（.xls）文件，改扩展名并不能转换。请在 Excel 中另存为 .xlsx。",
        "This is an old Excel 97–2003 (.xls) file; renaming does not convert it. Save it as .xlsx"
        " in Excel.",
    ),
    "binary_excel": (
        "这是 Excel 二进制工作簿（.xlsb）。请在 Excel 中另存为 .xlsx。",
        "This is a binary Excel workbook (.xlsb). Save it as .xlsx in Excel.",
    ),
    "password": (
        "文件加了密码，无法读取。请在 Excel 中去掉密码后另存再上传。",
        "The file is protected by a password. Remove the password and save it again.",
    ),
    "macro": (
        "文件带有宏，不能上传。请在 Excel 中另存为不带宏的“Excel 工作簿（.xlsx）”。",
        "The file carries macros and is not taken. Save it as a workbook without macros (.xlsx).",
    ),
    "broken_zip": (
        "压缩结构已损坏，无法打开。请重新保存或重新下载后再上传。",
        "The zip structure is damaged. Save or download the file again.",
    ),
    "zip_bomb": (
        "压缩内容展开后大得不合常理（{detail}），可能是压缩炸弹，没有打开。请重新导出正常的文件。",
        "Unpacked, the content is implausibly large ({detail}); it may be a zip bomb and was not"
        " opened. Export a normal file again.",
    ),
    "zip_path": (
        "压缩包里的“{name}”指向包外，这样的压缩包不安全。请重新打包。",
        "'{name}' in the zip points outside it, which is not safe. Pack the files again.",
    ),
    "zip_content": (
        "压缩包里没有 SHP（需要同名的 .shp、.shx、.dbf）。请把它们打成一个 zip 后再上传。",
        "There is no SHP in the zip (.shp, .shx and .dbf of one name are needed). Pack them into"
        " one zip.",
    ),
    "xlsx_bomb": (
        "工作表大得不合常理（{detail}），没有打开。请删去多余的行列，或分成几个文件。",
        "The sheet is implausibly large ({detail}) and was not opened. Delete unused rows and"
        " columns, or split the file.",
    ),
    "entities": (
        "文件内部（{part}）含有 XML 实体或 DTD，正常的 Excel 不会这样写，没有打开。"
        "请在 Excel 中另存一份。",
        "Inside ({part}) it declares XML entities or a DTD, which Excel never writes; it was not"
        " opened. Save a fresh copy in Excel.",
    ),
    "broken_xlsx": (
        "工作簿内部结构有误（{detail}）。请在 Excel 中打开，另存一份后再上传。",
        "The inside of the workbook is faulty ({detail}). Open it in Excel and save a fresh copy.",
    ),
    "merged_header": (
        "表头有合并单元格（{range}），无法判断每列的名称。请取消合并，并让表头只占一行。",
        "The header has merged cells ({range}), so columns cannot be named. Unmerge them and keep"
        " the header to one row.",
    ),
    "unclear_header": (
        "这一行只有一个单元格有内容，下面的行却有多列，看不出哪一行是表头。"
        "请让表头占一行，每列都写上列名，并删去表头以上的标题。",
        "Only one cell of this row is filled, but rows below have several columns, so which row"
        " has the headers is unclear. Give every column a name in one row, and delete the title"
        " above it.",
    ),
    "blank_header": (
        "这一列有数据却没有表头。请在表头行写上列名，或删去这一列。",
        "This column has data but no header. Name it in the header row, or delete the column.",
    ),
    "duplicate_header": (
        "表头“{header}”出现了两次（另一处在{other}）。请改名或删去其中一列。",
        "The header '{header}' is there twice (also in {other_en}). Rename or delete one of them.",
    ),
    "too_many_columns": (
        "有 {count} 列，最多 {limit} 列。请删去多余的列。",
        "There are {count} columns; at most {limit} are taken. Delete the unused ones.",
    ),
    "too_many_rows": (
        "行数超过 {limit}。请分成几个文件。",
        "There are more than {limit} rows. Split the file.",
    ),
    "wrong_encoding": (
        "文字编码认不出来：第 {byte} 字节起既不是 UTF-8 也不是 GB18030。"
        "请用 Excel 打开，另存为“CSV UTF-8（逗号分隔）”。",
        "Its text cannot be made out: from byte {byte} on it is neither UTF-8 nor GB18030. Open it"
        " in Excel and save it as 'CSV UTF-8 (comma delimited)'.",
    ),
    "big5": (
        "文件是 Big5（繁体中文）编码。请用 Excel 打开，另存为“CSV UTF-8（逗号分隔）”。",
        "The file is in Big5 (traditional Chinese). Open it in Excel and save it as 'CSV UTF-8"
        " (comma delimited)'.",
    ),
    "utf16": (
        "文件是 UTF-16（“Unicode 文本”）编码。请用 Excel 打开，另存为“CSV UTF-8（逗号分隔）”。",
        "The file is UTF-16 ('Unicode text'). Open it in Excel and save it as 'CSV UTF-8 (comma"
        " delimited)'.",
    ),
    "garbled": (
        "文字在上传前就已成乱码（出现“{sample}”）。请回到原文件，重新导出为 UTF-8。",
        "The text was already garbled before it came here ('{sample}'). Export it again from the"
        " original as UTF-8.",
    ),
    "nul": (
        "含有空字节（NUL），不是文本文件或已损坏。请重新导出。",
        "It holds a NUL byte: it is not text, or damaged. Export it again.",
    ),
    "open_quote": (
        "这一行开始的引号没有结束，后面的内容都被当成了一个单元格。请补上引号，或把引号写成两个。",
        "A quote that opens on this line is never closed, so all that follows became one cell."
        " Close it, or double a quote that is part of the text.",
    ),
    "long_cell": (
        "这一行有一个单元格超过 {limit} 个字，太长了，无法读取。请缩短或删去它的内容。",
        "A cell on this line has more than {limit} characters, which is too long to be read."
        " Shorten or clear it.",
    ),
    "long_quote": (
        "从这一行的引号起，一个单元格跨了多行、超过 {limit} 个字还没有结束，可能缺少结束的引号。"
        "请补上引号，或缩短内容。",
        "From a quote on this line on, one cell runs over several lines and past {limit}"
        " characters; its closing quote may be missing. Close it, or shorten the cell.",
    ),
    "stray_quote": (
        "引号之后还有文字。单元格内的引号请写成两个，并把整个单元格用引号括起。",
        "There is text after a closing quote. Double the quotes inside a cell and quote the whole"
        " cell.",
    ),
    "broken_json": (
        "从这里起不是正确的 JSON。请用导出它的软件重新导出。",
        "From here on it is not valid JSON. Export it again from the program that made it.",
    ),
    "cut_json": (
        "JSON 到这里就中断了，后面的内容缺失，可能没有下载完整。请重新导出或重新下载。",
        "The JSON breaks off here; the rest is missing, perhaps of an unfinished download. Export"
        " or download it again.",
    ),
    "deep_json": (
        "JSON 的括号一层套一层，层数太多，无法读取。请用导出它的软件重新导出为普通的 GeoJSON。",
        "The brackets of the JSON are nested too deeply to be read. Export it again as plain"
        " GeoJSON.",
    ),
    "null_feature": (
        "要素集合里的这一个是空值（null），不是要素。请删去它，或用导出它的软件重新导出。",
        "This entry of the collection is null, not a feature. Delete it, or export the file again"
        " from the program that made it.",
    ),
    "not_feature": (
        "要素集合里的这一个不是完整的 GeoJSON 要素（type 应为 Feature，"
        "并有 properties 和 geometry）。请改正或删去它。",
        "This entry of the collection is not a whole GeoJSON feature (its type should be Feature,"
        " with properties and geometry). Correct or delete it.",
    ),
    "not_geojson": (
        "JSON 里没有 GeoJSON 的要素集合（FeatureCollection）。请导出为 GeoJSON。",
        "The JSON is not a GeoJSON FeatureCollection. Export it as GeoJSON.",
    ),
    "broken_geo": (
        "地理文件无法读取：{detail}。请用导出它的软件重新导出。",
        "The geographic file cannot be read: {detail}. Export it again.",
    ),
    "unreal_layer": (
        "“{name}”不是数据表，而是视图、虚拟表，或含有计算列，读取时会运行文件自带的程序，没有打开。"
        "请在地理软件中把它另存为普通的要素图层后再上传。",
        "'{name}' is no table of data but a view, a virtual table, or a table with computed"
        " columns; reading it would run a program of the file, so it was not opened. Save it as"
        " an ordinary feature layer in a GIS program.",
    ),
    "too_slow": (
        "读了 {seconds} 秒还没有读完，已停止。文件可能已损坏，或内容过于复杂。"
        "请重新导出，或分成几个文件后再上传。",
        "It was not read within {seconds} seconds and reading was stopped. It may be damaged or"
        " too intricate. Export it again, or split it into several files.",
    ),
    "too_much_memory": (
        "读取需要的内存超过 {limit} MiB，已停止。请删去多余的行列，或分成几个文件后再上传；"
        "服务器内存充足时，可请管理员调高 CHUANGTU_READER_MEMORY_MB。",
        "Reading needs more than {limit} MiB of memory and was stopped. Delete unused rows and"
        " columns, or split it into several files; where the server has memory to spare, the"
        " administrator can raise CHUANGTU_READER_MEMORY_MB.",
    ),
    "reader_failed": (
        "读取时中途出错，已停止。文件可能已损坏，或需要的内存过多。请重新导出，或分成几个文件后再上传。",
        "Reading broke off. It may be damaged, or need too much memory. Export it again, or split"
        " it into several files.",
    ),
    "missing_crs": (
        "没有写明坐标系，误用会偏差数百米。请选择：WGS 84（EPSG:4326）、CGCS2000（EPSG:4490）、"
        "GCJ-02（高德、腾讯）或 BD-09（百度）。",
        "It does not say its coordinate system; a wrong guess is off by hundreds of metres."
        " Choose WGS 84 (EPSG:4326), CGCS2000 (EPSG:4490), GCJ-02 (Amap, Tencent) or BD-09"
        " (Baidu).",
    ),
    "unknown_crs": (
        "坐标系“{crs}”不能准确换算。请先转换为 CGCS2000（EPSG:4490）或 WGS 84（EPSG:4326）。",
        "The coordinate system '{crs}' cannot be converted exactly. Convert it to CGCS2000"
        " (EPSG:4490) or WGS 84 (EPSG:4326) first.",
    ),
    "columns_crs": (
        "经纬度两列不能按“{crs}”读取。请选择 WGS 84（EPSG:4326）、CGCS2000（EPSG:4490）、"
        "GCJ-02（高德、腾讯）或 BD-09（百度）。",
        "Columns of longitude and latitude cannot be in '{crs}'. Choose WGS 84 (EPSG:4326),"
        " CGCS2000 (EPSG:4490), GCJ-02 (Amap, Tencent) or BD-09 (Baidu).",
    ),
}

_CELLS = {
    "formula": (
        "是公式，存下的结果可能已过时，不予采用。请复制后“选择性粘贴—数值”。",
        "It is a formula, and its stored result may be out of date. Paste it as a value.",
    ),
    "error_value": (
        "是 Excel 的错误值。请改正，或清空这个单元格。",
        "It is an Excel error value. Correct it, or clear the cell.",
    ),
    "merged_cell": (
        "属于合并单元格 {range}，不知道值归哪一行。请取消合并并逐行填写。",
        "It is part of the merged cells {range}, so whose value it is is unclear. Unmerge them"
        " and fill in every row.",
    ),
    "ragged": (
        "这一行有 {count} 个值，表头有 {expected} 列。请检查是否多了或少了逗号、引号。",
        "This line has {count} values, the header {expected}. Look for a comma or quote too many"
        " or too few.",
    ),
    "broken_number": (
        "这一列应为数字，这里却不是。请在地理软件中改正这个值。",
        "This column holds numbers, but this is none. Correct the value in a GIS program.",
    ),
    "bad_geometry": (
        "图形无法读取。请在地理软件中修复，或删去这个要素的图形。",
        "The geometry cannot be read. Mend it in a GIS program, or delete the geometry.",
    ),
    "other_crs": (
        "文件自己写明坐标系为 {crs}，与所选的 {chosen} 不同，以文件写明的为准。"
        "如文件写错了，请在地理软件中改正后重新上传。",
        "The file itself names the coordinate system {crs}, not the chosen {chosen}; what the file"
        " names is used. If that is wrong, correct it in a GIS program and upload the file again.",
    ),
    "unread_crs": (
        "文件写明的坐标系“{crs}”不能准确换算，已按所选的 {chosen} 读取。"
        "请在预览中核对位置；不对的，请先转换为 CGCS2000 再上传。",
        "The file names the coordinate system '{crs}', which cannot be converted exactly; the"
        " chosen {chosen} is used. Check the positions; if they are wrong, convert the file to"
        " CGCS2000 first.",
    ),
    "hidden_rows": (
        "有 {count} 行被隐藏（从第 {first} 行起），仍会读入。如不需要，请删去这些行。",
        "{count} rows are hidden (from row {first} on); they are read all the same. Delete them"
        " if they are not meant.",
    ),
    "hidden_columns": (
        "有隐藏的列（{columns}），仍会读入。如不需要，请删去这些列。",
        "Some columns are hidden ({columns}); they are read all the same. Delete them if they are"
        " not meant.",
    ),
    "hidden_sheet": (
        "工作表被隐藏，没有读取。如需导入，请先取消隐藏。",
        "The sheet is hidden and was not read. Unhide it if it is meant.",
    ),
    "skipped_title": (
        "当作表头以上的标题，没有读取；表头取自第 {first} 行。"
        "如不是标题，请在这一行写全各列的列名。",
        "It was taken for a title and not read; the headers are those of row {first}. If it is no"
        " title, name every column in this row.",
    ),
    "skipped_sheet": (
        "工作表没有数据行，没有读取。",
        "The sheet has no rows and was not read.",
    ),
}


def refuse(code: str, place: Place, **values: object) -> TableError:
    """The error with this trouble's sentence, for raising."""
    zh, en = _FILES[code]
    return TableError(code, place, zh.format(**values), en.format(**values))


def fault(code: str, **values: object) -> Fault:
    """The fault with this trouble's sentence, for one cell or row."""
    zh, en = _CELLS[code]
    return Fault(code, zh.format(**values), en.format(**values))


def codes() -> frozenset[str]:
    """The short names of all troubles."""
    return frozenset(_FILES) | frozenset(_CELLS)
