-- HexLens for Neovim 0.7 and newer. See :help hexlens.
local config = require('hexlens.config')

local M = {}

local function start(options, buffer)
  local root = config.root(vim.api.nvim_buf_get_name(buffer))
  if not root then
    return
  end
  local settings = vim.tbl_deep_extend('force', config.defaults(), options)
  settings.root_dir = root
  settings.filetypes = nil
  if vim.lsp.start then
    vim.lsp.start(settings, { bufnr = buffer })
    return
  end
  -- Neovim 0.7: one client a root, and a new one where that has ended.
  M.clients = M.clients or {}
  local running = M.clients[root]
  if not running or vim.lsp.client_is_stopped(running) then
    M.clients[root] = vim.lsp.start_client(settings)
  end
  vim.lsp.buf_attach_client(buffer, M.clients[root])
end

--- Starts the server for the Elixir files that are opened from now on, and for those that are open.
--- @param options table|nil what differs from the defaults: `cmd`, `init_options`, `on_attach`, …
function M.setup(options)
  options = options or {}
  config.command = options.cmd
  if vim.lsp.config and vim.lsp.enable then
    vim.lsp.config('hexlens', options)
    vim.lsp.enable('hexlens')
    return
  end
  local group = vim.api.nvim_create_augroup('hexlens', { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = config.filetypes,
    callback = function(event)
      start(options, event.buf)
    end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.tbl_contains(config.filetypes, vim.bo[buffer].filetype) then
      start(options, buffer)
    end
  end
end

return M
