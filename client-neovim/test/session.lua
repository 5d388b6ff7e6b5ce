-- A session of a user: what is asked, and what must come. Ends Neovim with 0, or with 1 and the reason on standard error.
local notified = {}
vim.notify = function(message, level)
  notified[#notified + 1] = { message = message, level = level or vim.log.levels.INFO }
end

local function say(line)
  io.stdout:write(line .. '\n')
end

--- @param what string
--- @param condition fun(): any
--- @param seen fun(): any|nil what to show when it does not come
--- @param every integer|nil milliseconds between two looks
local function await(what, condition, seen, every)
  local value
  local came = vim.wait(60000, function()
    value = condition()
    return value
  end, every or 20)
  if not came then
    error(string.format('%s did not come; seen: %s; messages: %s', what, vim.inspect(seen and seen()), vim.inspect(notified)), 2)
  end
  return value
end

local function same(what, expected, actual)
  if not vim.deep_equal(expected, actual) then
    error(string.format('%s: expected %s, not %s', what, vim.inspect(expected), vim.inspect(actual)), 2)
  end
end

local function client()
  local all = vim.lsp.get_clients and vim.lsp.get_clients() or vim.lsp.get_active_clients()
  assert(#all <= 1, 'more than one server runs')
  return all[1]
end

--- Asks without a command of ours, as another plugin would.
local function ask(method, params)
  local answers, failure = vim.lsp.buf_request_sync(0, method, params, 60000)
  assert(answers, failure)
  for _, answer in pairs(answers) do
    assert(not answer.err and not answer.error, vim.inspect(answer))
    return answer.result
  end
  error('nobody answered ' .. method)
end

--- Files and lines of the quickfix list, as `lib/bookshop/repo.ex:1`; those outside of the workspace with their whole path.
local function quickfix()
  local places = {}
  for _, item in ipairs(vim.fn.getqflist()) do
    places[#places + 1] = vim.fn.fnamemodify(vim.fn.bufname(item.bufnr), ':.') .. ':' .. item.lnum
  end
  return places
end

local function title()
  return vim.fn.getqflist({ title = 0 }).title
end

--- Runs a command of ours and waits for the title with its counts.
local function listed(command, pattern)
  vim.cmd(command)
  return await(command, function()
    return title():match(pattern)
  end, title)
end

--- Waits for a notification that has this text, and forgets all until then.
local function told(text, level)
  await('the message ' .. text, function()
    for at, one in ipairs(notified) do
      if one.message:find(text, 1, true) and (not level or one.level == level) then
        notified = vim.list_slice(notified, at + 1)
        return true
      end
    end
  end)
end

local function close_lists()
  vim.cmd('cclose')
  vim.fn.setqflist({}, 'r', { title = '', items = {} })
end

local function open(path)
  vim.cmd('edit ' .. vim.fn.fnameescape(path))
end

--- Puts the cursor where `|` stands in this text.
local function cursor(text)
  local before, after = text:match('^(.-)|(.*)$')
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local at = line:find(before .. after, 1, true)
    if at then
      vim.api.nvim_win_set_cursor(0, { number, at - 1 + #before })
      return
    end
  end
  error('no line with ' .. text)
end

local CATALOG = 'lib/bookshop/catalog.ex'

-- Who calls Bookshop.Repo.get!/2: by an alias, as it stands, through a pipe, through a case template.
local GETS = {
  'lib/bookshop/accounts.ex:16',
  CATALOG .. ':44',
  'lib/bookshop/orders.ex:55',
  'test/bookshop/catalog_test.exs:27',
  'test/bookshop/orders_test.exs:15',
}

local steps = {
  {
    'the workspace is indexed',
    function()
      await('the server', function()
        local one = client()
        return one and one.server_capabilities and next(one.server_capabilities)
      end)
      await('the workspace', function()
        local folder = ask('hexlens/status', vim.empty_dict()).folders[1]
        return folder and folder.state == 'ready' and folder.dependencies == 4
      end, nil, 250)
    end,
  },
  {
    'symbols',
    function()
      vim.lsp.buf.workspace_symbol('Repo')
      await('symbols', function()
        return quickfix()[1]
      end)
      same('the first symbol', 'lib/bookshop/repo.ex:1', quickfix()[1])
      assert(vim.tbl_contains(quickfix(), 'deps/cellar/lib/cellar/repo.ex:1'), vim.inspect(quickfix()))
      close_lists()
    end,
  },
  {
    'references',
    function()
      cursor('Repo.ge|t!(Book')
      vim.lsp.buf.references({ includeDeclaration = false })
      await('references', function()
        return #quickfix() > 0
      end)
      same('references', GETS, quickfix())
      close_lists()
    end,
  },
  {
    'definition',
    function()
      cursor('Re|po.get!(Book')
      vim.lsp.buf.definition()
      await('the definition of Bookshop.Repo', function()
        return vim.fn.expand('%:.') == 'lib/bookshop/repo.ex' and vim.fn.line('.') == 1
      end)
      open(CATALOG)
      cursor('Changeset.chan|ge(book)')
      vim.lsp.buf.definition()
      await('the definition of Cellar.Changeset.change', function()
        return vim.fn.expand('%:.') == 'deps/cellar/lib/cellar/changeset.ex'
      end)
      assert(vim.api.nvim_get_current_line():find('def change(', 1, true), vim.api.nvim_get_current_line())
      open(CATALOG)
    end,
  },
  {
    'a pattern',
    function()
      same('matches', '16', listed('HexLens search Keyword.fetch!(_, _)', ': (%d+) matches in'))
      same('places', 16, #quickfix())
      vim.cmd('cfirst')
      assert(vim.api.nvim_get_current_line():find('fetch!', 1, true), vim.api.nvim_get_current_line())
      close_lists()
      open(CATALOG)
    end,
  },
  {
    'a text, and an expression',
    function()
      local found = tonumber(listed('HexLens text get_book_by_isbn', ': (%d+) matches in'))
      same('places', found, #quickfix())
      assert(vim.tbl_contains(quickfix(), CATALOG .. ':54'), vim.inspect(quickfix()))
      close_lists()
      same('matches', found, tonumber(listed('HexLens text /get_book_by_is[a-z]+/', ': (%d+) matches in')))
      close_lists()
    end,
  },
  {
    'usages',
    function()
      cursor('Repo.ge|t!(Book')
      same('usages of the name here', '5', listed('HexLens usages', ': (%d+) usages in 5 files of 1 packages'))
      same('places', GETS, quickfix())
      local found = tonumber(listed('HexLens usages :pulse.execute/3', ': (%d+) usages in'))
      same('places', found, #quickfix())
      same('the workspace comes first', CATALOG .. ':115', quickfix()[1])
      close_lists()
    end,
  },
  {
    'an edit that is not saved changes the answer',
    function()
      local search = 'HexLens search Bookshop.Repo.get!(Book, _)'
      local before = tonumber(listed(search, ': (%d+) matches'))
      assert(before > 0, 'nothing to begin with')
      close_lists()
      -- Bytes, UTF-16 units and code points differ before the match.
      local line = '  def žluť(id), do: {"😀", Repo.get!(Book, id)}'
      vim.api.nvim_buf_set_lines(0, 44, 44, false, { line })
      same('after', before + 1, tonumber(listed(search, ': (%d+) matches')))
      local item = vim.fn.getqflist()[2]
      same('place', { 45, (line:find('Repo.get!', 1, true)) }, { item.lnum, item.col })
      close_lists()
      vim.api.nvim_win_set_cursor(0, { 45, (line:find('get!', 1, true)) })
      vim.lsp.buf.references({ includeDeclaration = false })
      await('references', function()
        return #quickfix() > 0
      end)
      assert(vim.tbl_contains(quickfix(), CATALOG .. ':45'), vim.inspect(quickfix()))
      close_lists()
      vim.cmd('undo')
      same('undone', before, tonumber(listed(search, ': (%d+) matches')))
      close_lists()
    end,
  },
  {
    'what is wrong is said',
    function()
      vim.cmd('HexLens search Enum.map(_,')
      told('is not Elixir here', vim.log.levels.ERROR)
      vim.cmd('HexLens search _')
      told('give a limit or a scope', vim.log.levels.ERROR)
      vim.cmd('HexLens find me')
      told('use one of search, text, usages', vim.log.levels.ERROR)
      vim.cmd('HexLens text')
      told('name a text', vim.log.levels.ERROR)
      vim.cmd('HexLens text /(/')
      told('no regular expression', vim.log.levels.ERROR)
      vim.cmd('HexLens reindex hex top many')
      told("'many' is no number", vim.log.levels.ERROR)
      vim.cmd('HexLens reindex hex newest')
      told("'newest' is no mode", vim.log.levels.ERROR)
      vim.cmd('HexLens search Repo.nothing_like_it(_)')
      told('HexLens: nothing found')
      vim.cmd('HexLens usages Bookshop.Nobody')
      told('Nothing that is indexed names Bookshop.Nobody')
      close_lists()
    end,
  },
  {
    'Hex is indexed, with progress',
    function()
      local kinds = {}
      local event, pattern = 'User', 'LspProgressUpdate'
      if vim.fn.has('nvim-0.10') == 1 then
        event, pattern = 'LspProgress', '*'
      end
      local watch = vim.api.nvim_create_autocmd(event, {
        pattern = pattern,
        callback = function(told_of)
          if told_of.data then
            kinds[told_of.data.params.value.kind] = true
            return
          end
          for _, message in ipairs(vim.lsp.util.get_progress_messages()) do
            if message.progress and message.title == 'Indexing Hex' then
              kinds[message.done and 'end' or 'begin'] = true
            end
          end
        end,
      })
      vim.cmd('HexLens reindex hex latest')
      told('packages indexed')
      await('the progress of indexing', function()
        return kinds.begin and kinds['end']
      end, function()
        return kinds
      end)
      vim.api.nvim_del_autocmd(watch)
    end,
  },
  {
    'status',
    function()
      vim.cmd('HexLens status')
      told('Hex (' .. vim.env.HEXLENS_TEST_PREFIX .. '): 8 packages')
    end,
  },
  {
    'a source of Hex opens, and answers too',
    function()
      listed('HexLens search raise ArgumentError, _', ': (%d+) matches')
      local hex
      for at, item in ipairs(vim.fn.getqflist()) do
        hex = hex or vim.fn.bufname(item.bufnr):find('/sources/') and at
      end
      assert(hex, 'nothing came from Hex: ' .. vim.inspect(quickfix()))
      vim.cmd('cc ' .. hex)
      local line = vim.api.nvim_get_current_line()
      assert(line:find('ArgumentError', 1, true), line)
      close_lists()
      -- Its own module is defined in it.
      local name
      for _, text in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
        name = name or text:match('^defmodule ([%w.]+)')
      end
      cursor('defmodule |' .. name)
      await('an answer to what is asked in ' .. vim.fn.expand('%'), function()
        local here = client() and client().attached_buffers[vim.api.nvim_get_current_buf()]
        return here and #ask('textDocument/definition', vim.lsp.util.make_position_params(0, client().offset_encoding)) > 0
      end, nil, 250)
      open(CATALOG)
    end,
  },
  {
    'a search is cancelled',
    function()
      vim.cmd('HexLens search Enum.map(_, _)')
      vim.cmd('HexLens cancel')
      same('title', 'Enum.map(_, _) (cancelled)', title())
      listed('HexLens search Enum.map(_, _)', ': (%d+) matches in')
      close_lists()
      vim.cmd('HexLens cancel')
      told('nothing runs')
    end,
  },
  {
    'the workspace is indexed again',
    function()
      vim.cmd('HexLens reindex')
      vim.cmd('HexLens cancel')
      told('the next run goes on from there')
      vim.cmd('HexLens reindex workspace')
      told('packages on disk are indexed')
    end,
  },
  {
    'help, completion and health',
    function()
      vim.cmd('helptags ALL')
      vim.cmd('help hexlens')
      same('help', 'hexlens.txt', vim.fn.expand('%:t'))
      vim.cmd('help :HexLens')
      same('help', 'hexlens.txt', vim.fn.expand('%:t'))
      vim.cmd('helpclose')
      same('completion', { 'reindex' }, vim.fn.getcompletion('HexLens re', 'cmdline'))
      same('completion', { 'latest', 'lock' }, vim.fn.getcompletion('HexLens reindex hex l', 'cmdline'))
      vim.cmd('checkhealth hexlens')
      local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
      assert(report:find('it serves .*bookshop'), report)
      assert(not report:find('ERROR') and not report:find('WARNING'), report)
      vim.cmd('bwipeout!')
    end,
  },
  {
    'the server ends when it is told to',
    function()
      -- Told so, for Neovim 0.10 and newer don't wait for it when they quit.
      local running = client()
      if vim.fn.has('nvim-0.11') == 1 then
        running:stop()
      else
        running.stop()
      end
      await('the end of the server', function()
        return not client()
      end)
    end,
  },
}

local version = vim.version()
say(string.format('Neovim %d.%d.%d', version.major, version.minor, version.patch))
for _, step in ipairs(steps) do
  local ok, failure = xpcall(step[2], debug.traceback)
  if not ok then
    io.stderr:write('FAILED  ' .. step[1] .. ': ' .. failure .. '\n')
    vim.cmd('cquit 1')
  end
  if vim.v.errmsg ~= '' then
    io.stderr:write('FAILED  ' .. step[1] .. ': ' .. vim.v.errmsg .. '\n')
    vim.cmd('cquit 1')
  end
  client()
  say('  ' .. step[1])
end
vim.cmd('qall!')
