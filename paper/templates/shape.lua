-- Shape the document, whichever program read it: Quarto (a filter `at: post-quarto`) or the embedded renderer (a filter when
-- it has read, and while a format is written). Both hand over numbered sections, floats and resolved references; what a float
-- looks like is here.

local IS_HTML, IS_TYPST, IS_DOCX = FORMAT:match("^html") ~= nil, FORMAT == "typst", FORMAT == "docx"
local words -- `crossref` of the metadata: titles of tables and figures in the language
local in_words -- of the metadata: what each figure of the data shows, by the stem of its file

---- Tables and figures --------------------------------------------------------------------

-- "Table 4. Caption", with the title word and delimiter of the language.
local function numbered(kind, number, caption)
  local title = pandoc.Inlines(words[kind .. "-title"] or "")
  title:insert(pandoc.Str("\u{A0}" .. number))
  title:extend(words["title-delim"] or { pandoc.Str(":") })
  return { pandoc.Plain({ pandoc.Strong(title), pandoc.Space() } .. caption) }
end

-- A last row all in bold is the total: as the foot of the table it gets a rule of its own.
local function split_total(tbl)
  local rows = tbl.bodies[1] and tbl.bodies[1].body or {}
  if #rows < 2 then return end
  for _, cell in ipairs(rows[#rows].cells) do
    local inlines = pandoc.utils.blocks_to_inlines(cell.contents)
    if #inlines > 1 or (inlines[1] and inlines[1].t ~= "Strong") then return end
  end
  tbl.foot.rows = { rows[#rows] }
  tbl.bodies[1].body = { table.unpack(rows, 1, #rows - 1) }
end

-- HTML: a table scrolls sideways in a box of its own, between a caption and a note that stay.
local function boxed(tbl, id, caption)
  local caption_id = id .. "-caption"
  tbl.attributes["aria-labelledby"] = caption_id
  -- A list, since the order of a Lua table changes from run to run.
  local box = { { "tabindex", "0" }, { "role", "region" }, { "aria-labelledby", caption_id } }
  caption = pandoc.Div(caption, { id = caption_id, class = "table-caption" })
  return pandoc.Div(
    { caption, pandoc.Div(tbl, pandoc.Attr("", { "table-box" }, box)) },
    { id = id, class = "table-figure" }
  )
end

-- PDF: `write_table` writes the figure around it.
local function framed(tbl, id, caption)
  tbl.classes:insert("typst:no-figure")
  return pandoc.Div({ caption[1], tbl }, { id = id, class = "typst-table" })
end

-- DOCX: pandoc leaves a table without widths to the program that opens it, and knows no rows that stay together. Here each
-- column is as wide as its longest cell, and a table that takes less than a third of a page is kept whole, with its note; of a
-- longer one the first and last rows are not left alone.
local LINE, THIRD_OF_A_PAGE = 104, 16 -- characters and lines

local function rows_of(tbl)
  local rows = pandoc.List({})
  rows:extend(tbl.head.rows)
  for _, body in ipairs(tbl.bodies) do rows:extend(body.body) end
  rows:extend(tbl.foot.rows)
  return rows
end

local function styled(style, blocks)
  return pandoc.Div(blocks, { ["custom-style"] = style })
end

local function keep(row)
  for _, cell in ipairs(row.cells) do
    local text = cell.contents[1] and cell.contents[1].content or {}
    cell.contents = { styled("Table Row", pandoc.Para(text)) }
  end
end

local function laid_out(tbl)
  local rows, most, lines = rows_of(tbl), {}, 0
  for _, row in ipairs(rows) do
    local lines_of_row = 1
    for n, cell in ipairs(row.cells) do
      local long = utf8.len(pandoc.utils.stringify(cell.contents)) + 3
      local width = tbl.colspecs[n][2]
      most[n] = math.max(most[n] or 0, long)
      lines_of_row = math.max(lines_of_row, width and math.ceil(long / (width * LINE)) or 1)
    end
    lines = lines + lines_of_row
  end
  tbl.colspecs = pandoc.List(tbl.colspecs):map(function(one, n) return { one[1], one[2] or most[n] / LINE } end)
  for n, row in ipairs(rows) do
    if lines < THIRD_OF_A_PAGE or n < 3 or n > #rows - 2 then keep(row) end
  end
  return tbl
end

local function shape_table(tbl, id, number, caption)
  split_total(tbl)
  caption = numbered("tbl", number, caption)
  if IS_HTML then return boxed(tbl, id, caption) end
  if IS_TYPST then return framed(tbl, id, caption) end
  tbl.identifier, tbl.caption.long = id, caption
  return IS_DOCX and laid_out(tbl) or tbl
end

local function typst_string(text)
  return '"' .. text:gsub('[\\"]', "\\%0") .. '"'
end

-- What Typst would read as a dash, minus, ellipsis, space that does not break, comment or label; quotes and dashes that are
-- meant as such are other characters by now.
local SHORTHANDS = { "%-[%-?%d]", "%.%.%.", "~", "//", "/%*", "%*/", "<", "[=+/%-]$", "^[=+/%-]" }

local function literal(str)
  local text = str.text
  for _, shorthand in ipairs(SHORTHANDS) do
    if text:find(shorthand) then return pandoc.RawInline("typst", "#" .. typst_string(text) .. ";") end
  end
end

-- Each format takes its own kind of picture, if none is named; pandoc needs another program to put SVG into a DOCX.
local function add_suffix(image)
  if not image.src:match("[^/.][^/]*%.[^/.]*$") then image.src = image.src .. (IS_DOCX and ".png" or ".svg") end
end

-- Quarto's pandoc would call functions of a highlighting style that the template has not.
local function plain_code(code)
  return pandoc.RawInline("typst", "#raw(" .. typst_string(code.text) .. ");")
end

-- The text that stands for a picture; in Typst written here, since pandoc leaves that out.
local function place_picture(image)
  add_suffix(image)
  local stem = image.src:match("([%w_]+)%.%w+$") or ""
  local shown = in_words[stem] and pandoc.utils.stringify(in_words[stem])
  local alt = shown or image.attributes["fig-alt"] or pandoc.utils.stringify(image.caption)
  image.attributes["fig-alt"], image.caption = nil, pandoc.Inlines(pandoc.Str(alt))
  if IS_HTML and shown then -- one drawing for a page and one for a narrow screen; a style sheet shows one of them
    local narrow = image:clone()
    narrow.src = image.src:gsub("%.%w+$", "_narrow%0")
    narrow.classes:insert("narrow")
    image.classes:insert("wide")
    return { image, narrow }
  end
  if IS_DOCX then image.attributes.width = "96%" end -- LibreOffice sets a picture apart from both margins
  if not IS_TYPST then return image end
  local width = (image.attributes.width or ""):match("^[%d.]+[%%cimnpt]+$") or "auto"
  local code = "#image(%s, alt: %s, width: %s)"
  return pandoc.RawInline("typst", code:format(typst_string(image.src), typst_string(alt), width))
end

local function shape_figure(content, id, number, caption)
  return pandoc.Figure(content, { long = numbered("fig", number, caption) }, { id = id })
end

-- Quarto's float, with what it holds and its number.
local function shape_float(float)
  local kind, caption = float.identifier:match("^%a+"), float.caption_long or {}
  if pandoc.utils.type(caption) == "Block" then caption = pandoc.Blocks({ caption }) end
  caption = pandoc.utils.type(caption) == "Blocks" and pandoc.utils.blocks_to_inlines(caption) or caption
  local content = pandoc.utils.type(float.content) == "Block" and pandoc.Blocks({ float.content }) or float.content
  local number = tostring(float.order.order)
  if kind == "tbl" then return shape_table(content[1], float.identifier, number, caption) end
  return shape_figure(content, float.identifier, number, caption)
end

local function number_of(float)
  local number = float.attributes.number
  float.attributes.number = nil
  return number
end

-- What the stand-in for Quarto numbered.
local function shape_numbered_table(tbl)
  local number = number_of(tbl)
  if not number then return nil end
  local id, caption = tbl.identifier, pandoc.utils.blocks_to_inlines(tbl.caption.long)
  tbl.identifier, tbl.caption = "", { long = {} }
  return shape_table(tbl, id, number, caption)
end

local function shape_numbered_figure(figure)
  local number = number_of(figure)
  if not number then return nil end
  return shape_figure(figure.content, figure.identifier, number, pandoc.utils.blocks_to_inlines(figure.caption.long))
end

---- Boxes, notes, spaces, headings ---------------------------------------------------------------

-- PDF and DOCX: what is set apart from the text; in HTML the style sheet does that.
local function shape_box(div)
  if IS_DOCX then
    local blocks = div:walk({ Plain = function(plain) return pandoc.Para(plain.content) end }).content
    local last = blocks:remove()
    return { styled("Box Beginning", blocks), styled("Box", last) }
  end
  if not IS_TYPST then return div end
  div.content:insert(1, pandoc.RawBlock("typst", "#boxed["))
  div.content:insert(pandoc.RawBlock("typst", "]"))
  return div.content
end

local function is_note(block)
  return block and block.t == "Div" and block.classes:includes("table-note")
end

-- HTML: a note lies in the division of its table.
local function move_note(blocks)
  for i = #blocks - 1, 1, -1 do
    local float = blocks[i]
    if is_note(blocks[i + 1]) and float.t == "Div" and float.classes:includes("table-figure") then
      float.content:insert(blocks:remove(i + 1))
    end
  end
  return blocks
end

-- PDF: a table and the note below it stay together (`with-note` in style.typ).
local function write_table(blocks)
  local written = pandoc.Blocks({})
  local function raw(code) written:insert(pandoc.RawBlock("typst", code)) end
  local is_noted = false
  for i, block in ipairs(blocks) do
    if block.t == "Div" and block.classes:includes("typst-table") then
      is_noted = is_note(blocks[i + 1])
      raw("#with-note[")
      raw("#figure(kind: table, caption: [")
      written:insert(block.content[1])
      raw("], [")
      written:insert(block.content[2])
      raw("]) <" .. block.identifier .. ">")
      raw(is_noted and "][" or "][]")
    else
      written:insert(block)
      if is_noted and is_note(block) then raw("]") end
      is_noted = false
    end
  end
  return written
end

-- Where a condition took words out of a sentence, the spaces around them are left.
local function is_space(inline)
  return inline and (inline.t == "Space" or inline.t == "SoftBreak")
end

local function drop_conditions(span)
  local had = false
  for _, name in ipairs({ "when-meta", "unless-meta", "on" }) do
    had = had or span.attributes[name] ~= nil
    span.attributes[name] = nil -- conditions Quarto leaves; what a sentence rests on is for the check before
  end
  return had
end

local function is_bare(span)
  return span.identifier == "" and #span.classes == 0 and #span.attributes == 0
end

-- Most lists stay as they are, and are not handed back; to ask an element what it is takes long, and is done once.
local function join_spaces(inlines)
  local kept, after_space, changed = pandoc.Inlines({}), false, false
  local function keep(one, kind)
    local space = kind == "Space" or kind == "SoftBreak"
    if space and after_space then changed = true else kept:insert(one) end
    after_space = space
  end
  for _, inline in ipairs(inlines) do
    local kind = inline.t
    changed = kind == "Span" and drop_conditions(inline) or changed
    if kind == "Span" and is_bare(inline) then
      changed = true
      for _, one in ipairs(inline.content) do keep(one, one.t) end
    else
      keep(inline, kind)
    end
  end
  return changed and kept or nil
end

-- A number knows its key, by which a page leads to where it is from. Where nothing can be followed it is plain text.
local PLAIN = { Span = function(span) return span.classes:includes("number") and span.content or nil end }

local function trim(inlines)
  if is_space(inlines[1]) then inlines:remove(1) end
  if is_space(inlines[#inlines]) then inlines:remove() end
  return inlines
end

local function trim_block(block)
  local content = block.content
  if not (is_space(content[1]) or is_space(content[#content])) then return nil end
  block.content = trim(content)
  return block
end

-- HTML: the title is the only h1. DOCX: Word would number otherwise than Quarto, so the number is written.
local function shape_header(header)
  local number = header.attributes.number
  if IS_HTML then header.level = header.level + 1 end
  if IS_DOCX and number then
    if header.content[1].text == number then -- Quarto has written "1. "
      header.content = header.content:filter(function(_, i) return i > 2 end)
    end
    header.attributes.number = nil
    header.content = pandoc.Inlines({ pandoc.Str(number .. "\u{2002}") }) .. header.content
  end
  return header
end

---- Metadata ------------------------------------------------------------------------------

-- PDF: the metadata of the file are strings in Typst, not markup.
local function typst_metadata(meta)
  local items = pandoc.utils.type(meta) == "List" and meta or pandoc.List({ meta })
  local text = table.concat(items:map(pandoc.utils.stringify), ", ")
  return pandoc.Inlines(pandoc.RawInline("typst", typst_string(text)))
end

-- DOCX: its writer prints no keywords, so they become the first paragraph.
local function keywords_line(meta)
  local line = pandoc.Inlines(pandoc.Strong(meta.words.keywords .. { pandoc.Str(":") }))
  for i, keyword in ipairs(meta.keywords) do
    line:extend({ pandoc.Str(i > 1 and "; " or " ") } .. keyword)
  end
  return pandoc.Div(pandoc.Para(line), { ["custom-style"] = "Keywords" })
end

-- DOCX: so does the abstract in the other language.
local function other_abstract(meta)
  local other = meta["other-abstract"]
  local text = pandoc.utils.type(other.text) == "Blocks" and other.text or pandoc.Blocks({ pandoc.Para(other.text) })
  local keywords = { words = { keywords = other["keywords-title"] }, keywords = other.keywords }
  local parts = { styled("Abstract Title", pandoc.Para(other.title)), styled("Abstract", text), keywords_line(keywords) }
  return pandoc.Div(parts, { lang = pandoc.utils.stringify(other.lang) })
end

local function shape_document(doc)
  local meta = pandoc.Pandoc({}, doc.meta):walk(PLAIN).meta
  meta.abstract = doc.meta.abstract
  for _, name in ipairs({ "title", "subtitle" }) do
    if pandoc.utils.type(meta[name]) == "Inlines" then meta[name] = trim(meta[name]) end
  end
  for _, name in ipairs(IS_TYPST and { "title", "author", "keywords" } or {}) do
    meta[name .. "-string"] = typst_metadata(meta[name])
  end
  if IS_DOCX and meta["other-abstract"] then doc.blocks:insert(1, other_abstract(meta)) end
  if IS_DOCX and meta.keywords then doc.blocks:insert(1, keywords_line(meta)) end
  doc.meta = meta
  return doc
end

-- Spaces are alike in every format: the embedded renderer has them seen to while it reads a paper, once for all.
if FORMAT == "json" then return { { Inlines = join_spaces }, { Para = trim_block, Plain = trim_block } } end
local joined, trimmed = quarto and join_spaces, quarto and trim_block

-- Quarto takes "pdf" for LaTeX, of which the papers have no template.
local function refuse_latex(meta)
  if FORMAT ~= "latex" then return end
  io.stderr:write("\n" .. pandoc.utils.stringify(meta.words.pdf) .. "\n")
  os.exit(1)
end

return {
  { Meta = refuse_latex },
  { Meta = function(meta) words, in_words = meta.crossref or {}, meta["in-words"] or {} end },
  { Inlines = joined, Span = not IS_HTML and PLAIN.Span or nil },
  { Para = trimmed, Plain = trimmed, Image = place_picture, Str = IS_TYPST and literal or nil, Code = IS_TYPST and plain_code or nil },
  { traverse = "topdown", Header = shape_header },
  { FloatRefTarget = shape_float, Table = shape_numbered_table, Figure = shape_numbered_figure },
  {
    Blocks = IS_HTML and move_note or IS_TYPST and write_table or nil,
    Div = function(div)
      if div.classes:includes("box") then return shape_box(div) end
      if IS_DOCX and is_note(div) then div.attributes["custom-style"] = "Table Note" end
      return div
    end,
  },
  { Pandoc = shape_document },
}
