-- :checkhealth hexlens
local M = {}

local health = vim.health or {}
local ok = health.ok or health.report_ok or require('health').report_ok
local bad = health.error or health.report_error or require('health').report_error
local begin = health.start or health.report_start or require('health').report_start

function M.check()
  begin('HexLens')
  local command = require('hexlens.config').defaults().cmd[1]
  if vim.lsp.config and vim.lsp.config.hexlens and type(vim.lsp.config.hexlens.cmd) == 'table' then
    command = vim.lsp.config.hexlens.cmd[1]
  end
  if vim.fn.executable(command) == 1 then
    ok(vim.trim(vim.fn.system({ command, '--version' })))
  else
    bad(command .. ' is not on the PATH: link server/bin/hexlens of a HexLens checkout there, or set cmd')
  end
end

return M
