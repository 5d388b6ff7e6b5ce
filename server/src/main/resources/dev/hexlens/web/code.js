// Elixir in colours, line by line, and what was found marked in it.
import { element } from '/page.js';

const words =
  'after alias and case catch cond def defdelegate defexception defguard defguardp defimpl defmacro defmacrop defmodule defoverridable ' +
  'defp defprotocol defstruct do else end false fn for if import in nil not or quote raise receive require rescue super true try ' +
  'unless unquote use when with';

const token = new RegExp(
  [
    '(?<comment>#(?!\\{).*$)',
    '(?<string>"(?:\\\\.|[^"\\\\])*"?)',
    '(?<atom>:"(?:\\\\.|[^"\\\\])*"|(?<![:\\w]):[a-zA-Z_]\\w*[?!]?|\\b[a-z_]\\w*[?!]?:(?=\\s|$))',
    '(?<module>\\b[A-Z]\\w*)',
    '(?<attribute>@[a-z_]\\w*)',
    `(?<keyword>(?<![.:@\\w])(?:${words.replaceAll(' ', '|')})\\b(?![?!:]))`,
  ].join('|'),
  'g',
);

/** Whether a file is Elixir, as its name tells. */
export const isElixir = (path) => /\.exs?$/.test(path);

/** The parts of a line: a kind, empty for plain text, and the text. */
function parts(text) {
  const found = [];
  let at = 0;
  for (const match of text.matchAll(token)) {
    if (match.index > at) {
      found.push(['', text.slice(at, match.index)]);
    }
    const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
    found.push([kind, match[0]]);
    at = match.index + match[0].length;
  }
  if (at < text.length) {
    found.push(['', text.slice(at)]);
  }
  return found;
}

/** A line as elements. Marks are pairs of offsets, in order; `kind` colours all of it alike. */
export function painted(text, marks = [], elixir = true, kind = null) {
  const nodes = [];
  let at = 0;
  let open = null;
  let marked = null;
  const pieces = kind ? [[kind, text]] : elixir ? parts(text) : [['', text]];
  for (const [each, piece] of pieces) {
    const end = at + piece.length;
    while (at < end) {
      const mark = marks.find(([from, to]) => from <= at && at < to);
      const next = Math.min(end, mark ? mark[1] : end, ...marks.map(([from]) => from).filter((from) => from > at));
      const shown = text.slice(at, next);
      const inner = each ? element('span', { class: `t-${each}` }, shown) : shown;
      if (!mark) {
        nodes.push(inner);
      } else if (mark === open) {
        marked.append(inner);
      } else {
        marked = element('mark', {}, inner);
        nodes.push(marked);
      }
      open = mark ?? null;
      at = next;
    }
  }
  return nodes;
}

/** Says of each line of a file whether it lies inside a text of several lines. */
export function heredocs(lines) {
  let inside = false;
  return lines.map((line) => {
    const quotes = line.split('"""').length - 1;
    const was = inside;
    inside = quotes % 2 === 1 ? !inside : inside;
    return was;
  });
}
