-- :checkhealth hexlens
local M = {}

local health = vim.health or {}
local ok = health.ok or health.report_ok or require('health').report_ok
local bad = health.error or health.report_error or require('health').report_error
local info = health.info or health.report_info or require('health').report_info
local begin = health.start or health.report_start or require('health').report_start

function M.check()
  begin('HexLens')
  local config = require('hexlens.config')
  local command = config.command or config.defaults().cmd
  if vim.lsp.config and vim.lsp.config.hexlens then
    command = vim.lsp.config.hexlens.cmd
  end
  if type(command) ~= 'table' then
    ok('the server is started by a function')
    return
  end
  if vim.fn.executable(command[1]) == 0 then
    bad(command[1] .. ' is not on the PATH: link server/bin/hexlens of a HexLens checkout there, or set cmd')
    return
  end
  ok(table.concat(command, ' ') .. ' can be started')
  local clients = vim.lsp.get_clients and vim.lsp.get_clients() or vim.lsp.get_active_clients()
  for _, client in ipairs(clients) do
    if client.name == 'hexlens' then
      ok('it serves ' .. (client.config.root_dir or 'single files'))
      return
    end
  end
  info('it does not run at present: it starts with the first Elixir file of a Mix project')
end

return M
