;;; session.el --- what Emacs asks through eglot, and what must come  -*- lexical-binding: t -*-

;;; Commentary:
;; emacs --batch -l session.el, in the workspace, with the environment that `run' makes. Any error ends Emacs with 255.

;;; Code:
(require 'package)
(package-initialize)
(require 'eglot)
(require 'xref)
(require 'cl-lib)

;; Debian has no mode for Elixir; eglot needs no more than one by this name.
(define-derived-mode elixir-mode prog-mode "Elixir")
(add-to-list 'auto-mode-alist '("\\.exs?\\'" . elixir-mode))
(setq eglot-sync-connect 60
      eglot-autoshutdown nil
      backtrace-on-error-noninteractive nil)

(defvar progress '() "Kinds of progress that were seen.")

(defun watch (_server method &rest parameters)
  "Remember the kind of progress of a notification METHOD with PARAMETERS."
  (when (string= method "$/progress")
    (push (plist-get (plist-get parameters :value) :kind) progress)))
(advice-add 'eglot-handle-notification :before #'watch)

(defun same (what expected actual)
  "Fail when WHAT is not EXPECTED but ACTUAL."
  (unless (equal expected actual)
    (error "%s: expected %S, not %S" what expected actual)))

(defun await (what condition)
  "Wait until CONDITION holds of WHAT."
  (let ((deadline (+ (float-time) 60)))
    (while (not (funcall condition))
      (when (> (float-time) deadline)
        (error "%s did not come" what))
      (accept-process-output nil 0.1))))

(defun ask (server method params)
  "Send METHOD with PARAMS to SERVER and return the result."
  (jsonrpc-request server method params :timeout 60))

(defun place (xref)
  "File and line of an XREF, as lib/repo.ex:1."
  (let ((location (xref-item-location xref)))
    (format "%s:%d"
            (file-relative-name (xref-location-group location) default-directory)
            (xref-location-line location))))

(defun open (path)
  "Visit PATH in the workspace and return its buffer."
  (find-file-noselect (expand-file-name path)))

(message "Emacs %s" emacs-version)
(let* ((root default-directory)
       (command (append (json-parse-string (getenv "HEXLENS_TEST_COMMAND") :array-type 'list)
                        (list :initializationOptions
                              `(:hex (:prefix ,(getenv "HEXLENS_TEST_PREFIX")
                                      :mirrors [,(getenv "HEXLENS_TEST_MIRROR")]
                                      :registryKey ,(getenv "HEXLENS_TEST_KEY"))))))
       (catalog (open "lib/bookshop/catalog.ex"))
       server before)
  ;; The workspace, not the repository in which it may lie.
  (setq project-find-functions (list (lambda (_folder) (cons 'transient root))))
  (with-current-buffer catalog
    (eglot '(elixir-mode) (cons 'transient root) 'eglot-lsp-server command "elixir")
    (setq server (eglot-current-server))
    (await "the workspace"
           (lambda ()
             (let ((folder (elt (plist-get (ask server :hexlens/status nil) :folders) 0)))
               (and folder (equal (plist-get folder :state) "ready")
                    (= (plist-get folder :dependencies) 4)))))
    (message "  the workspace is indexed")

    (let* ((default-directory root)
           (found (mapcar #'place (xref-backend-apropos 'eglot "Bookshop.Repo"))))
      (same "symbols" "lib/bookshop/repo.ex:1" (car found)))
    (message "  symbols")

    (goto-char (point-min))
    (search-forward "Repo.ge")
    (let ((default-directory root)
          (found '("lib/bookshop/accounts.ex:16" "lib/bookshop/catalog.ex:44" "lib/bookshop/orders.ex:55"
                   "test/bookshop/catalog_test.exs:27" "test/bookshop/orders_test.exs:15")))
      (same "references" found
            (sort (mapcar #'place (xref-backend-references 'eglot "LSP identifier at point.")) #'string<))
      (message "  references")
      (backward-char 4)
      (same "definition" '("lib/bookshop/repo.ex:1")
            (mapcar #'place (xref-backend-definitions 'eglot "LSP identifier at point.")))
      (message "  definition"))

    (let ((count (lambda ()
                   (plist-get (plist-get (ask server :hexlens/patternSearch
                                              '(:pattern "Bookshop.Repo.get!(Book, _)"))
                                         :counts)
                              :found))))
      (setq before (funcall count))
      (unless (> before 0)
        (error "A pattern: nothing to begin with"))
      (message "  a pattern")
      (goto-char (point-min))
      (search-forward "def fetch_book")
      (beginning-of-line)
      (insert "  def žluť(id), do: {\"😀\", Repo.get!(Book, id)}\n")
      (eglot--signal-textDocument/didChange)
      (same "a pattern after an edit" (1+ before) (funcall count))
      (set-buffer-modified-p nil)
      (message "  an edit that is not saved changes the answer"))

    (same "usages" ["Bookshop.Repo.get!/2"]
          (plist-get (ask server :hexlens/usages '(:symbol "Bookshop.Repo.get!/2")) :symbols))
    (message "  usages")

    (setq progress '())
    (let ((summary (ask server :workspace/executeCommand
                        '(:command "hexlens.reindexHex" :arguments [(:mode "latest")]
                          :workDoneToken "from-emacs"))))
      (same "packages that failed" 0 (plist-get summary :failed)))
    (await "the progress" (lambda () (and (member "begin" progress) (member "end" progress))))
    (same "packages" 8 (plist-get (plist-get (ask server :hexlens/status nil) :hex) :packages))
    (message "  Hex is indexed, with progress")

    (eglot-shutdown server)
    (message "  the server ends when it is told to")))
;;; session.el ends here
