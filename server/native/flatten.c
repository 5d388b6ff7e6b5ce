/* Flattens a whole tree in one call: what the cursor of the public interface does in six calls a node, here in one pass
 * over the core's own structures. Compiled with the core and the grammar by build.sh, against the same headers. */
#include <stdlib.h>
#include <string.h>
#include "tree.h"
#include "language.h"

#define PUBLIC __attribute__((visibility("default")))

/* A node whose children are being visited. The walk keeps a stack of its own: sources nest as deep as they like. */
typedef struct {
  const Subtree *child;
  const Subtree *end;
  const TSSymbol *aliases;
  uint32_t start; /* of the next child */
  int32_t node;   /* its index, or -1 for one that the grammar hides */
} Open;

enum {
  FIRST_ROOM = 256,
  MISSING = 0x80, /* SyntaxTree.MISSING */
  UNKNOWN = 0xff, /* Grammar.UNKNOWN */
  FULL = -1,
  UNKNOWN_SYMBOL = -2
};

/* How many nodes hexlens_flatten will write. */
PUBLIC uint32_t hexlens_node_count(const TSTree *tree) {
  return ts_subtree_visible_descendant_count(tree->root) + 1;
}

/* Writes the tree in pre-order: each node's kind, by kind_of_symbol, its first byte, the byte behind it, and the index
 * behind its subtree. Returns the number of nodes times two, plus one where any of them is an error or missing; FULL when
 * there are more than capacity, or no memory; UNKNOWN_SYMBOL - symbol for a symbol without a kind. */
PUBLIC int64_t hexlens_flatten(
    const TSTree *tree, const uint8_t *kind_of_symbol, uint8_t error_kind, int32_t capacity,
    uint8_t *kinds, int32_t *starts, int32_t *ends, int32_t *nexts) {
  const TSLanguage *language = tree->language;
  Open on_stack[FIRST_ROOM];
  Open *open = on_stack;
  uint32_t room = FIRST_ROOM, depth = 0;
  int32_t size = 0;
  int64_t result;
  bool errors = false;

  Subtree subtree = tree->root;
  uint32_t start = ts_subtree_padding(subtree).bytes;
  TSSymbol alias = 0;
  bool visible = true;
  for (;;) {
    int32_t node = -1;
    if (visible) {
      if (size == capacity) {
        result = FULL;
        break;
      }
      TSSymbol symbol = alias ? alias : ts_subtree_symbol(subtree);
      uint8_t kind;
      if (symbol == ts_builtin_sym_error) {
        kind = error_kind;
        errors = true;
      } else {
        symbol = language->public_symbol_map[symbol];
        kind = kind_of_symbol[symbol];
        if (kind == UNKNOWN) {
          result = UNKNOWN_SYMBOL - (int64_t)symbol;
          break;
        }
      }
      if (ts_subtree_missing(subtree)) {
        kind |= MISSING;
        errors = true;
      }
      node = size++;
      kinds[node] = kind;
      starts[node] = (int32_t)start;
      ends[node] = (int32_t)(start + ts_subtree_size(subtree).bytes);
      nexts[node] = size;
    }
    if (ts_subtree_visible_child_count(subtree) > 0) {
      if (depth == room) {
        room *= 2;
        Open *more = malloc(room * sizeof(Open));
        if (!more) {
          result = FULL;
          break;
        }
        memcpy(more, open, depth * sizeof(Open));
        if (open != on_stack) free(open);
        open = more;
      }
      const Subtree *children = ts_subtree_children(subtree);
      open[depth++] = (Open) {
        .child = children,
        .end = children + subtree.ptr->child_count,
        .aliases = ts_language_alias_sequence(language, subtree.ptr->production_id),
        .start = start,
        .node = node,
      };
    }
    /* On to the next child of the innermost node that has one left. */
    Open *parent;
    for (;;) {
      if (depth == 0) {
        result = (int64_t)size * 2 + errors;
        goto done;
      }
      parent = &open[depth - 1];
      if (parent->child < parent->end) break;
      if (parent->node >= 0) nexts[parent->node] = size;
      depth--;
    }
    subtree = *parent->child++;
    start = parent->start;
    alias = 0;
    if (!ts_subtree_extra(subtree) && parent->aliases) alias = *parent->aliases++;
    visible = alias || ts_subtree_visible(subtree);
    /* A first child begins with its parent, any other one behind its sibling and its own blanks. */
    uint32_t behind = start + ts_subtree_size(subtree).bytes;
    parent->start = parent->child < parent->end ? behind + ts_subtree_padding(*parent->child).bytes : behind;
  }
done:
  if (open != on_stack) free(open);
  return result;
}
