-- What stands in for Quarto under the embedded renderer, as far as the papers use it: `var` and `include` shortcodes, content
-- under conditions; numbers of tables, figures and sections, and references to them. What the document looks like is in
-- shape.lua, which Quarto uses too.
-- A paper is read once, with this file as the reader (`--from`) and as a filter (`--lua-filter`), into pandoc's tree as JSON.
-- What does not resolve is a warning "unresolved KIND KEY" here and an error in
-- analysis.publishing. The words of the language are in _quarto.yml, none are below.

-- Cells of raw data pass through this reader, so no Markdown may turn into live code.
local MARKDOWN = "markdown-raw_html-raw_attribute-raw_tex-latex_macros-tex_math_dollars"
  .. "-native_divs-native_spans-markdown_in_html_blocks"
-- Any other attribute could be an event handler in HTML or code in Typst (`typst:text:fill`).
local ATTRIBUTES = { ["fig-alt"] = true, key = true, width = true, height = true, lang = true }
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

-- What there is no result for is marked so.
local function is_absent(value)
  return pandoc.utils.stringify(value):match("^\u{E002}") ~= nil
end

local function lookup(variables, key)
  local value = variables
  for part in key:gmatch("[^.]+") do
    value = type(value) == "table" and value[part] or nil
  end
  local kind = pandoc.utils.type(value)
  if kind == "Blocks" then value = pandoc.utils.blocks_to_inlines(value) end
  if kind ~= "Blocks" and kind ~= "Inlines" and kind ~= "string" or is_absent(value) then return nil end
  return pandoc.Inlines(value)
end

-- Values are looked up where they are filled in: under a condition that does not hold they may be missing.
local function expand(text, keys, depth)
  return (text:gsub("{{<%s*(.-)%s*>}}", function(code)
    local name, key = code:match("^(%S+)%s+(%S+)$")
    if name == "var" then
      keys[#keys + 1] = key
      return OPEN .. #keys .. CLOSE
    elseif name == "include" then
      local included = depth < 8 and read_staged(key) -- deeper than any paper: a loop
      if included then return expand(included:gsub("\r", ""), keys, depth + 1) end
      return unresolved("include", key) or ""
    end
    return unresolved("shortcode", code) or ""
  end))
end

-- As in Quarto: of `when-meta` and `unless-meta` all must hold, and only `true` counts as true.
local function holds(meta, attributes)
  local function is_true(key)
    local value = meta
    for part in key:gmatch("[^.]+") do
      value = type(value) == "table" and value[part] or nil
    end
    return value == true
  end
  local when, unless = attributes["when-meta"], attributes["unless-meta"]
  return (not when or is_true(when)) and not (unless and is_true(unless))
end

local function choose(doc)
  local function choice(element)
    if not element.classes:includes("content-visible") then return nil end
    return holds(doc.meta, element.attributes) and element.content or {}
  end
  return doc:walk({ Div = choice, Span = choice })
end

-- Values for the document's marks, in texts that are Markdown and in texts that are not.
local function fill_marks(doc, keys)
  local variables = read_variables()
  local function value_of(index)
    local key = keys[tonumber(index)]
    return lookup(variables, key) or unresolved("variable", key) or pandoc.Inlines("")
  end
  local function fill(s)
    return (s:gsub(MARK, function(index) return pandoc.utils.stringify(value_of(index)) end))
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
      local text, inlines, from = str.text, nil, 1
      for before, index, after in text:gmatch("()" .. MARK .. "()") do
        inlines = inlines or pandoc.Inlines({})
        inlines:insert(pandoc.Str(text:sub(from, before - 1)))
        inlines:extend(value_of(index))
        from = after
      end
      if inlines then inlines:insert(pandoc.Str(text:sub(from))) end
      if text:find(":::", 1, true) then unresolved("fence", text) end
      return inlines
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

function Reader(sources, options)
  local keys = {}
  local city = "---\n" .. (read_staged("_city.yml") or "") .. "\n---\n\n"
  local text = (city .. tostring(sources)):gsub(OPEN, ""):gsub(CLOSE, "")
  return fill_marks(choose(pandoc.read(expand(text, keys, 0), MARKDOWN, options)), keys)
end

---- Filter: numbers, labels, references -----------------------------------------------------

local labels = {} -- identifier -> { prefix = Inlines, number = "4" }

local function label(kind, identifier, number, words)
  if labels[identifier] then unresolved("duplicate", identifier) end
  labels[identifier] = { prefix = words[kind .. "-prefix"] or pandoc.Inlines(""), number = number }
end

local function number_float(float, kind, words, counts)
  if float.identifier:match("^(%a+)%-") ~= kind then return end
  counts[kind] = counts[kind] + 1
  float.attributes.number = tostring(counts[kind])
  label(kind, float.identifier, float.attributes.number, words)
end

local function number_header(header, words, count)
  if header.classes:includes("unnumbered") then return end
  for level = header.level + 1, 6 do count[level] = 0 end
  count[header.level] = count[header.level] + 1
  local number = table.concat(count, ".", 1, header.level)
  header.attributes.number = number
  label("sec", header.identifier, number, words)
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

local function number(doc)
  local words = doc.meta.crossref or {}
  local counts, sections = { tbl = 0, fig = 0 }, { 0, 0, 0, 0, 0, 0 }
  return doc:walk({
    traverse = "topdown", -- in the order of the text
    Header = function(h) number_header(h, words, sections) return h end,
    Figure = function(f) number_float(f, "fig", words, counts) return f end,
    Table = function(t) number_float(t, "tbl", words, counts) return t end,
  }):walk({ Cite = resolve })
end

return { { Pandoc = number } }
