-- How the server is started.
local M = {}

--- What `setup` was told to start, for :checkhealth; nil for the default.
--- @type string[]|nil
M.command = nil

M.filetypes = { 'elixir', 'eelixir', 'heex', 'surface' }

local function mix(path)
  local found = vim.fn.findfile('mix.exs', vim.fn.escape(path, ' ,;\\') .. ';')
  return found ~= '' and vim.fn.fnamemodify(found, ':p:h') or nil
end

--- The project that a file belongs to: of an umbrella the whole, of a package in `deps` the one that depends on it, else the
--- nearest mix.exs.
--- @param file string
--- @return string|nil
local function project(file)
  local root = mix(vim.fn.fnamemodify(file, ':p:h'))
  -- The server's copies of what Hex has are nobody's project.
  if not root or root:find('/sources/[%l%d_]+%-%d+%.%d+%.%d+[^/]*$') then
    return nil
  end
  local parent = vim.fn.fnamemodify(root, ':h')
  local name = vim.fn.fnamemodify(parent, ':t')
  if name == 'apps' or name == 'deps' then
    return mix(vim.fn.fnamemodify(parent, ':h')) or root
  end
  return root
end

--- The folder that the server opens for a file. A file of no project asks the server that runs already, for it came from there.
--- @param file string
--- @return string|nil
function M.root(file)
  local root = project(file)
  if root then
    return root
  end
  local clients = vim.lsp.get_clients and vim.lsp.get_clients() or vim.lsp.get_active_clients()
  for _, client in ipairs(clients) do
    if client.name == 'hexlens' then
      return client.config.root_dir
    end
  end
end

--- What every start of the server has in common.
--- @return table
function M.defaults()
  return {
    name = 'hexlens',
    cmd = { 'hexlens', 'lsp' },
    filetypes = M.filetypes,
    root_dir = function(buffer, on_dir)
      local root = M.root(vim.api.nvim_buf_get_name(buffer))
      if root then
        on_dir(root)
      end
    end,
    handlers = { ['$/progress'] = require('hexlens.stream').on_progress },
  }
end

return M
