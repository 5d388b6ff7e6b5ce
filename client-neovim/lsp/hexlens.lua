-- The configuration that `vim.lsp.enable('hexlens')` takes (Neovim 0.11 and newer).
return require('hexlens.config').defaults()
