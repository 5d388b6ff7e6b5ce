-- Speaks with the server in the way that each Neovim wants it.
local M = {}

local since_011 = vim.fn.has('nvim-0.11') == 1

--- The server of this buffer, else any; complains when none runs.
--- @return table|nil
function M.get()
  local clients
  if vim.lsp.get_clients then
    clients = vim.lsp.get_clients({ name = 'hexlens' })
  else
    clients = vim.tbl_filter(function(client)
      return client.name == 'hexlens'
    end, vim.lsp.get_active_clients())
  end
  local buffer = vim.api.nvim_get_current_buf()
  for _, client in ipairs(clients) do
    if client.attached_buffers and client.attached_buffers[buffer] then
      return client
    end
  end
  if not clients[1] then
    vim.notify('HexLens does not run: open a file of a Mix project, or see :help hexlens', vim.log.levels.ERROR)
  end
  return clients[1]
end

--- Sends a request.
--- @return integer|nil id
function M.request(client, method, params, handler)
  local ok, id
  if since_011 then
    ok, id = client:request(method, params, handler)
  else
    ok, id = client.request(method, params, handler)
  end
  return ok and id or nil
end

--- Cancels a request.
function M.cancel(client, id)
  if since_011 then
    client:cancel_request(id)
  else
    client.cancel_request(id)
  end
end

--- The place of the cursor, as the protocol has it.
function M.position_params(client)
  if since_011 then
    return vim.lsp.util.make_position_params(0, client.offset_encoding)
  end
  return vim.lsp.util.make_position_params(0, client.offset_encoding)
end

return M
