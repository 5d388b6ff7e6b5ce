-- A quickfix list that grows while results come.
local M = {}

local List = {}
List.__index = List

--- @param title string
--- @param encoding string of the positions
function M.new(title, encoding)
  vim.fn.setqflist({}, ' ', { title = title, items = {} })
  local id = vim.fn.getqflist({ id = 0 }).id
  return setmetatable({ id = id, title = title, encoding = encoding, size = 0 }, List)
end

--- A result as a quickfix item: Neovim reads the file to count bytes where the server counts others.
local function item(place, encoding, label)
  local location = { uri = place.uri, range = place.range }
  local made = vim.lsp.util.locations_to_items({ location }, encoding)[1]
  if not made then
    return nil
  end
  local origin = place.origin == 'workspace' and '' or (place.package .. ' ' .. place.version .. '  ')
  made.text = origin .. (label and (label .. '  ') or '') .. place.text
  made.user_data = nil
  return made
end

--- @param places table[] each `{ at = …, label = … }`
function List:append(places)
  local items = {}
  for _, place in ipairs(places) do
    local made = item(place.at, self.encoding, place.label)
    if made then
      items[#items + 1] = made
    end
  end
  if #items == 0 then
    return
  end
  local first = self.size == 0
  self.size = self.size + #items
  vim.fn.setqflist({}, 'a', { id = self.id, items = items })
  if first then
    vim.cmd('botright copen')
    vim.cmd('wincmd p')
  end
end

--- @param title string
function List:finish(title)
  vim.fn.setqflist({}, 'a', { id = self.id, title = title })
end

return M
