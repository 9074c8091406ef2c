-- What Quarto adds to pandoc's Markdown, as far as the papers use it: `var` and `include`
-- shortcodes; numbers, labels and references of tables, figures and sections.
-- A paper is read once, with this file as the reader (`--from`) and as a filter (`--lua-filter`), into pandoc's tree as JSON;
-- each format is written from that tree, with this file as a filter again.
-- What does not resolve is a warning "unresolved KIND KEY" here and an error in
-- analysis.publishing. The words of the language are in _quarto.yml, none are below.

-- Cells of raw data pass through this reader, so no Markdown may turn into live code.
local MARKDOWN = "markdown-raw_html-raw_attribute-raw_tex-latex_macros-tex_math_dollars"
  .. "-native_divs-native_spans-markdown_in_html_blocks"
-- Any other attribute could be an event handler in HTML or code in Typst (`typst:text:fill`).
local ATTRIBUTES = { ["fig-alt"] = true, width = true, height = true, lang = true }
local SCHEMES = { http = true, https = true, mailto = true }

local function unresolved(kind, key)
  pandoc.log.warn("unresolved " .. kind .. " " .. key)
end

-- A path out of the staged folder, or an address, counts as absent.
local function read_staged(path)
  local outside = path:match("^[/\\]") or path:match("%.%.") or path:match(":")
  local file = not outside and io.open(path, "rb")
  if not file then return nil end
  local text = file:read("a")
  file:close()
  return text
end

-- A picture without a suffix is there as SVG and as PNG, and each format takes its own.
local function has_suffix(path)
  return path:match("[^/.][^/]*%.[^/.]*$") ~= nil
end

---- Reader ----------------------------------------------------------------------------------

-- Once parsed, an escaped `\{\{\<` looks like a live `{{<`. So shortcodes are found in the text,
-- where they leave a mark for the tree: an index between two private-use characters.
local OPEN, CLOSE = "\u{E000}", "\u{E001}"
local MARK = OPEN .. "(%d+)" .. CLOSE

-- As in Quarto, _variables.yml is metadata: its values are Markdown.
local function read_variables()
  local text = read_staged("_variables.yml") or ""
  return pandoc.read("---\n" .. text .. "\n---\n", MARKDOWN).meta
end

local function lookup(variables, key)
  local value = variables
  for part in key:gmatch("[^.]+") do
    value = type(value) == "table" and value[part] or nil
  end
  local kind = pandoc.utils.type(value)
  if kind == "Blocks" then return pandoc.utils.blocks_to_inlines(value) end
  return (kind == "Inlines" or kind == "string") and pandoc.Inlines(value) or nil
end

local function expand(text, variables, values, depth)
  return (text:gsub("{{<%s*(.-)%s*>}}", function(code)
    local name, key = code:match("^(%S+)%s+(%S+)$")
    if name == "var" then
      local value = lookup(variables, key) or unresolved("variable", key)
      values[#values + 1] = value or pandoc.Inlines("")
      return OPEN .. #values .. CLOSE
    elseif name == "include" then
      local included = depth < 8 and read_staged(key) -- deeper than any paper: a loop
      if included then return expand(included:gsub("\r", ""), variables, values, depth + 1) end
      return unresolved("include", key) or ""
    end
    return unresolved("shortcode", code) or ""
  end))
end

function Reader(sources, options)
  local values = {}
  local text = tostring(sources):gsub(OPEN, ""):gsub(CLOSE, "")
  local doc = pandoc.read(expand(text, read_variables(), values, 0), MARKDOWN, options)

  local function fill(s)
    return (s:gsub(MARK, function(i) return pandoc.utils.stringify(values[tonumber(i)]) end))
  end
  local function clean(element)
    local kept = {}
    for name, value in pairs(element.attributes) do
      if ATTRIBUTES[name] then kept[#kept + 1] = { name, fill(value) } end
    end
    element.attributes = kept
    if element.text then element.text = fill(element.text) end
    return element
  end

  return doc:walk({
    Code = clean, CodeBlock = clean, Div = clean, Header = clean, Span = clean, Table = clean,
    Str = function(str)
      local inlines, from = pandoc.Inlines({}), 1
      for before, index, after in str.text:gmatch("()" .. MARK .. "()") do
        inlines:insert(pandoc.Str(str.text:sub(from, before - 1)))
        inlines:extend(values[tonumber(index)])
        from = after
      end
      inlines:insert(pandoc.Str(str.text:sub(from)))
      return from > 1 and inlines or nil
    end,
    Link = function(link)
      link.target = fill(link.target)
      local scheme = link.target:match("^%s*([^/?#]-):")
      return (not scheme or SCHEMES[scheme:lower()]) and clean(link) or link.content
    end,
    Image = function(image)
      image.src = fill(image.src)
      for _, suffix in ipairs(has_suffix(image.src) and { "" } or { ".svg", ".png" }) do
        if not read_staged(image.src .. suffix) then -- pandoc would fetch an address
          return unresolved("figure", image.src .. suffix) or image.caption
        end
      end
      return clean(image)
    end,
  })
end

---- Filter: numbers, labels, references -----------------------------------------------------

local labels = {} -- identifier -> { prefix = Inlines, number = "4" }

local function label(kind, identifier, number, words)
  if labels[identifier] then unresolved("duplicate", identifier) end
  labels[identifier] = { prefix = words[kind .. "-prefix"] or pandoc.Inlines(""), number = number }
end

-- A caption becomes "Table 4. Caption", with the title word and delimiter of the language.
local function number_caption(float, kind, words, counts)
  if float.identifier:match("^(%a+)%-") ~= kind then return end
  counts[kind] = counts[kind] + 1
  label(kind, float.identifier, tostring(counts[kind]), words)
  local title = pandoc.Inlines(words[kind .. "-title"] or "")
  title:insert(pandoc.Str("\u{A0}" .. counts[kind]))
  title:extend(words["title-delim"] or { pandoc.Str(":") })
  local caption = pandoc.utils.blocks_to_inlines(float.caption.long)
  float.caption.long = { pandoc.Plain({ pandoc.Strong(title), pandoc.Space() } .. caption) }
end

local function number_header(header, words, count)
  if header.classes:includes("unnumbered") then return end
  for level = header.level + 1, 6 do count[level] = 0 end
  count[header.level] = count[header.level] + 1
  local number = table.concat(count, ".", 1, header.level)
  label("sec", header.identifier, number, words)
  local span = pandoc.Span(number, { class = "header-section-number" })
  header.content = pandoc.Inlines({ span, pandoc.Str("\u{2002}") }) .. header.content
end

local function link_to(citation)
  local target, text = labels[citation.id], pandoc.Inlines({})
  if not target then return unresolved("reference", citation.id) or text end
  if citation.mode ~= "SuppressAuthor" then
    text:extend(#citation.prefix > 0 and citation.prefix or target.prefix)
    text:insert(pandoc.Str("\u{A0}"))
  end
  text:insert(pandoc.Str(target.number))
  return pandoc.Inlines(pandoc.Link(text, "#" .. citation.id)) .. citation.suffix
end

local function resolve(cite)
  local links, references = pandoc.Inlines({}), 0
  for i, citation in ipairs(cite.citations) do
    if ({ tbl = true, fig = true, sec = true })[citation.id:match("^(%a+)%-")] then
      references = references + 1
      if i > 1 then links:extend({ pandoc.Str(","), pandoc.Space() }) end
      links:extend(link_to(citation))
    end
  end
  if references == 0 then return nil end -- literature: citeproc's
  if references < #cite.citations then unresolved("mixture", cite.citations[1].id) end
  return links
end

---- Filter: totals, and what each format needs ----------------------------------------------------------

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

-- HTML: a table scrolls sideways in a box of its own, below a caption that stays.
local function boxed_table(tbl)
  local id, caption = tbl.identifier, tbl.caption.long
  if id == "" then return nil end
  local caption_id = id .. "-caption"
  tbl.identifier, tbl.caption = "", { long = {} }
  tbl.attributes["aria-labelledby"] = caption_id
  -- A list, since the order of a Lua table changes from run to run.
  local box = { { "tabindex", "0" }, { "role", "region" }, { "aria-labelledby", caption_id } }
  caption = pandoc.Div(caption, { id = caption_id, class = "table-caption" })
  return pandoc.Div({ caption, pandoc.Div(tbl, pandoc.Attr("", { "table-box" }, box)) }, { id = id, class = "table-figure" })
end

local function is_note(block)
  return block and block.t == "Div" and block.classes:includes("table-note")
end

-- PDF: a table and the note below it stay together (`with-note` is in style.typ).
local function keep_notes(blocks)
  for i = #blocks - 1, 1, -1 do
    if blocks[i].t == "Table" and is_note(blocks[i + 1]) then
      blocks:insert(i + 2, pandoc.RawBlock("typst", "]"))
      blocks:insert(i + 1, pandoc.RawBlock("typst", "]["))
      blocks:insert(i, pandoc.RawBlock("typst", "#with-note["))
    end
  end
  return blocks
end

local function typst_string(text)
  return '"' .. text:gsub('[\\"]', "\\%0") .. '"'
end

-- PDF: the metadata of the file are strings in Typst, not markup.
local function typst_metadata(meta)
  local items = pandoc.utils.type(meta) == "List" and meta or pandoc.List({ meta })
  local text = table.concat(items:map(pandoc.utils.stringify), ", ")
  return pandoc.Inlines(pandoc.RawInline("typst", typst_string(text)))
end

-- The file of a picture, and the text that stands for it; in Typst written here, since pandoc leaves that out.
-- Pandoc needs another program to put SVG into a DOCX.
local function place_picture(image)
  local alt = image.attributes["fig-alt"] or pandoc.utils.stringify(image.caption)
  image.attributes["fig-alt"], image.caption = nil, pandoc.Inlines(pandoc.Str(alt))
  if not has_suffix(image.src) then image.src = image.src .. (FORMAT == "docx" and ".png" or ".svg") end
  if FORMAT ~= "typst" then return image end
  local width = (image.attributes.width or ""):match("^[%d.]+[%%cimnpt]+$") or "auto"
  local code = "#image(%s, alt: %s, width: %s)"
  return pandoc.RawInline("typst", code:format(typst_string(image.src), typst_string(alt), width))
end

-- DOCX: its writer prints no keywords, so they become the first paragraph.
local function keywords_line(meta)
  local line = pandoc.Inlines(pandoc.Strong(meta["keywords-title"] .. { pandoc.Str(":") }))
  for i, keyword in ipairs(meta.keywords) do
    line:extend({ pandoc.Str(i > 1 and "; " or " ") } .. keyword)
  end
  return pandoc.Div(pandoc.Para(line), { ["custom-style"] = "Keywords" })
end

-- What is the same in all formats.
local function number(doc)
  local meta, words, language = doc.meta, doc.meta.crossref or {}, doc.meta.language or {}
  local counts, sections = { tbl = 0, fig = 0 }, { 0, 0, 0, 0, 0, 0 }
  meta["abstract-title"] = language["section-title-abstract"]
  meta["toc-title"] = language["toc-title-document"]
  meta["keywords-title"] = language["title-block-keywords"] or pandoc.Inlines("")
  doc.meta = meta
  return doc:walk({
    traverse = "topdown", -- in the order of the text
    Header = function(h) number_header(h, words, sections) return h end,
    Figure = function(f) number_caption(f, "fig", words, counts) return f end,
    Table = function(t) number_caption(t, "tbl", words, counts) split_total(t) return t end,
  }):walk({ Cite = resolve })
end

local function fit_to_format(doc)
  local meta = doc.meta
  for _, name in ipairs(FORMAT == "typst" and { "title", "author", "keywords" } or {}) do
    meta[name .. "-string"] = typst_metadata(meta[name])
  end
  doc.meta = meta
  doc = doc:walk({
    Image = place_picture,
    Header = function(header) -- in HTML the title is the only h1
      header.level = header.level + (FORMAT == "html" and 1 or 0)
      return header
    end,
    Table = FORMAT == "html" and boxed_table or nil,
    Blocks = FORMAT == "typst" and keep_notes or nil,
    Div = FORMAT == "docx" and function(div)
      if is_note(div) then div.attributes["custom-style"] = "Table Note" end
      return div
    end or nil,
  })
  if FORMAT == "docx" and meta.keywords then doc.blocks:insert(1, keywords_line(meta)) end
  return doc
end

Pandoc = FORMAT == "json" and number or fit_to_format
