-- What :HexLens does.
local client_of = require('hexlens.client')
local quickfix = require('hexlens.quickfix')
local stream = require('hexlens.stream')

local M = {}

--- The request that runs at present, for :HexLens cancel.
local running = nil

local function complain(err)
  local message = type(err) == 'table' and err.message or tostring(err)
  vim.notify('HexLens: ' .. message, vim.log.levels.ERROR)
end

local function summary(counts, what)
  local more = counts.complete and '' or '+'
  return string.format('%d%s %s in %d files of %d packages', counts.found, more, what, counts.files, counts.packages)
end

--- Says why there may be nothing yet.
local function explain_nothing(client)
  client_of.request(client, 'hexlens/status', vim.empty_dict(), function(err, result)
    for _, folder in ipairs(not err and result.folders or {}) do
      if folder.state == 'indexing' then
        vim.notify('HexLens: nothing found so far: ' .. vim.uri_to_fname(folder.uri) .. ' is still being indexed, ask again soon')
        return
      end
    end
    vim.notify('HexLens: nothing found')
  end)
end

--- How long a user waits without a word.
local PATIENCE_MS = 3000

local function run(method, params, title, what, places_of)
  local client = client_of.get()
  if not client then
    return
  end
  local list = quickfix.new(title, client.offset_encoding or 'utf-16')
  local token = stream.open(function(batch)
    list:append(places_of(batch))
  end)
  params.partialResultToken = token
  local request = { client = client }
  function request.cancelled()
    stream.close(token)
    list:finish(title .. ' (cancelled)')
  end
  running = request
  request.id = client_of.request(client, method, params, function(err, result)
    stream.close(token)
    if running == request then
      running = nil
    end
    if err then
      list:finish(title .. ' (failed)')
      complain(err)
      return
    end
    list:finish(title .. ': ' .. summary(result.counts, what))
    for _, note in ipairs(result.notes or {}) do
      vim.notify('HexLens: ' .. note, vim.log.levels.WARN)
    end
    for _, hint in ipairs(result.hints or {}) do
      vim.notify('HexLens: ' .. hint, vim.log.levels.INFO)
    end
    if result.counts.found == 0 and #(result.notes or {}) == 0 then
      explain_nothing(client)
    end
  end)
  vim.defer_fn(function()
    if running == request and list.size == 0 then
      vim.notify('HexLens: still at it; the first start takes longest. :HexLens status tells more, :HexLens cancel ends it')
    end
  end, PATIENCE_MS)
end

--- Finds code by its structure.
--- @param pattern string
function M.search(pattern)
  if pattern == '' then
    complain('name a pattern: :HexLens search Enum.map(_, _)')
    return
  end
  run('hexlens/patternSearch', { pattern = pattern }, pattern, 'matches', function(batch)
    return batch.matches
  end)
end

--- Finds a text, or a regular expression in RE2's syntax, wherever it stands.
--- @param text string the text, or the expression between slashes
function M.text(text)
  if text == '' then
    complain('name a text: :HexLens text deprecated since, or an expression: :HexLens text /TODO|FIXME/')
    return
  end
  local expression = text:match('^/(.+)/$')
  run('hexlens/textSearch', { text = expression or text, regex = expression ~= nil }, text, 'matches', function(batch)
    return batch.texts
  end)
end

--- Finds who uses a symbol: the one named, or the one under the cursor.
--- @param symbol string
function M.usages(symbol)
  local client = client_of.get()
  if not client then
    return
  end
  local params = {}
  if symbol ~= '' then
    params.symbol = symbol
  else
    local here = client_of.position_params(client)
    params.textDocument = here.textDocument
    params.position = here.position
  end
  local title = symbol ~= '' and symbol or vim.fn.expand('<cword>')
  run('hexlens/usages', params, title, 'usages', function(batch)
    local places = {}
    for _, package in ipairs(batch.packages) do
      for _, usage in ipairs(package.usages) do
        places[#places + 1] = { at = usage.at, label = usage.kind ~= 'call' and usage.kind or nil }
      end
    end
    return places
  end)
end

--- Indexes again.
--- @param arguments string `workspace`, or `hex [latest|top|all|lock] [N]`
function M.reindex(arguments)
  local words = vim.split(arguments, '%s+', { trimempty = true })
  local client = client_of.get()
  if not client then
    return
  end
  local params
  if words[1] == 'hex' then
    local limit = tonumber(words[3])
    if words[3] and not limit then
      complain("'" .. words[3] .. "' is no number: use reindex hex top 300")
      return
    end
    local argument = { mode = words[2], limit = limit }
    params = { command = 'hexlens.reindexHex', arguments = { next(argument) and argument or vim.empty_dict() } }
  elseif words[1] == nil or words[1] == 'workspace' then
    params = { command = 'hexlens.reindexWorkspace' }
  else
    complain("'" .. words[1] .. "' can't be indexed: use workspace or hex")
    return
  end
  local request = { client = client }
  function request.cancelled()
    vim.notify('HexLens: cancelled; the next run goes on from there')
  end
  running = request
  request.id = client_of.request(client, 'workspace/executeCommand', params, function(err, result)
    if running == request then
      running = nil
    end
    if err then
      complain(err)
    elseif type(result) == 'table' and result.indexed then
      vim.notify(
        string.format('HexLens: %d packages indexed, %d there already, %d failed', result.indexed, result.alreadyThere, result.failed)
      )
    else
      vim.notify('HexLens: ' .. table.concat(type(result) == 'table' and result or { 'indexed' }, '; '))
    end
  end)
end

--- Ends what runs at present. Neovim keeps the answer to a cancelled request to itself, so that nothing waits for it here.
function M.cancel()
  local request = running
  running = nil
  if request and request.id then
    client_of.cancel(request.client, request.id)
    request.cancelled()
  else
    vim.notify('HexLens: nothing runs that could be cancelled')
  end
end

--- Shows what is indexed.
function M.status()
  local client = client_of.get()
  if not client then
    return
  end
  client_of.request(client, 'hexlens/status', vim.empty_dict(), function(err, result)
    if err then
      complain(err)
      return
    end
    local lines = { 'HexLens ' .. result.version }
    for _, folder in ipairs(result.folders) do
      lines[#lines + 1] = string.format(
        '%s: %s, %d files, %d packages on disk', vim.uri_to_fname(folder.uri), folder.state, folder.files, folder.dependencies)
      for _, problem in ipairs(folder.problems) do
        lines[#lines + 1] = '  ' .. problem
      end
    end
    if type(result.hex) == 'table' then
      lines[#lines + 1] = string.format(
        'Hex (%s): %d packages, %d files%s', result.hex.prefix, result.hex.packages, result.hex.files,
        result.hex.indexing and ', indexing' or '')
    end
    if type(result.problem) == 'string' then
      lines[#lines + 1] = result.problem
    end
    vim.notify(table.concat(lines, '\n'))
  end)
end

local actions = { search = M.search, text = M.text, usages = M.usages, reindex = M.reindex, status = M.status, cancel = M.cancel }

--- @param arguments string all that stands behind :HexLens
function M.run(arguments)
  local action, rest = arguments:match('^%s*(%S+)%s*(.-)%s*$')
  if not action or not actions[action] then
    complain('use one of search, text, usages, reindex, status, cancel')
    return
  end
  actions[action](rest)
end

--- Completes :HexLens.
function M.complete(lead, line)
  local words = vim.split(line:sub(1, #line - #lead), '%s+', { trimempty = true })
  local choices = {}
  if #words == 1 then
    choices = vim.tbl_keys(actions)
  elseif words[2] == 'reindex' and #words == 2 then
    choices = { 'workspace', 'hex' }
  elseif words[2] == 'reindex' and words[3] == 'hex' and #words == 3 then
    choices = { 'latest', 'top', 'all', 'lock' }
  end
  table.sort(choices)
  return vim.tbl_filter(function(choice)
    return vim.startswith(choice, lead)
  end, choices)
end

return M
