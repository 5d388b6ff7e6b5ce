-- How the server is started.
local M = {}

M.filetypes = { 'elixir', 'eelixir', 'heex', 'surface' }

--- The project that a file belongs to: of an umbrella the whole, else the nearest mix.exs.
--- @param file string
--- @return string|nil
function M.root(file)
  local function mix(path)
    local found = vim.fn.findfile('mix.exs', vim.fn.escape(path, ' ,;\\') .. ';')
    return found ~= '' and vim.fn.fnamemodify(found, ':p:h') or nil
  end
  local inner = mix(vim.fn.fnamemodify(file, ':p:h'))
  if not inner then
    return nil
  end
  local parent = vim.fn.fnamemodify(inner, ':h')
  if vim.fn.fnamemodify(parent, ':t') == 'apps' then
    return mix(vim.fn.fnamemodify(parent, ':h')) or inner
  end
  return inner
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
