-- Results that the server sends under a token of ours, as it finds them.
local M = {}

local sinks = {}
local count = 0

--- Registers a sink for the batches of one request.
--- @param sink fun(batch: table)
--- @return string token for the request
function M.open(sink)
  count = count + 1
  local token = 'hexlens-client-' .. count
  sinks[token] = sink
  return token
end

--- @param token string
function M.close(token)
  sinks[token] = nil
end

--- Ours go to their sinks, all others to Neovim's own handler.
function M.on_progress(err, result, context, config)
  local sink = result and sinks[result.token]
  if sink then
    sink(result.value)
    return
  end
  local default = vim.lsp.handlers['$/progress']
  if default then
    return default(err, result, context, config)
  end
end

return M
