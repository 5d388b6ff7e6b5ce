package dev.hexlens.bench;

import dev.hexlens.hex.SourceFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One copy of a package's sources: what is the package's own has other names in it, numbers are
 * others of as many digits, everything else stays. Same copy, same bytes.
 *
 * <p>Works on words wherever they stand, in code, strings and comments alike, so that what belongs
 * together stays together and text differs as code does.
 */
final class CorpusCopy {
  private final CorpusNames names;
  private final int number;

  /**
   * @param names which of the package's names change
   * @param number of the copy; copy 0 is the original
   */
  CorpusCopy(CorpusNames names, int number) {
    this.names = names;
    this.number = number;
  }

  byte[] of(SourceFile file) {
    byte[] source = file.bytes();
    return number == 0 ? source : new Pass(source, file.path()).run();
  }

  /** The name of a module that the package defines, as this copy has it. */
  String module(String name) {
    return number == 0
        ? name
        : new String(
            of(new SourceFile("", name.getBytes(StandardCharsets.UTF_8))), StandardCharsets.UTF_8);
  }

  /** Three letters, others for each word: one ending for all would be the same text in all. */
  private String suffix(String word) {
    int hash = mixed(word.hashCode());
    return ""
        + (char) ('a' + hash % 26)
        + (char) ('a' + hash / 26 % 26)
        + (char) ('a' + hash / 676 % 26);
  }

  private int mixed(int value) {
    int hash = (value * 31 + number) * 0x9E3779B9;
    hash ^= hash >>> 15;
    hash *= 0x85EBCA6B;
    return (hash ^ (hash >>> 13)) & Integer.MAX_VALUE;
  }

  private final class Pass {
    private final byte[] source;
    private final boolean erlang;
    private final ByteArrayOutputStream out;

    /** Whether the word before names a module: what follows its dot is a function. */
    private boolean afterModule;

    Pass(byte[] source, String path) {
      this.source = source;
      this.erlang = CorpusNames.isErlang(path);
      this.out = new ByteArrayOutputStream(source.length + source.length / 8);
    }

    byte[] run() {
      int at = 0;
      while (at < source.length) {
        if (!isWord(source[at])) {
          out.write(source[at++]);
          continue;
        }
        int end = at;
        while (end < source.length && isWord(source[end])) {
          end++;
        }
        at = word(at, end);
      }
      return out.toByteArray();
    }

    /** Writes a word, or a dotted name from it on; returns where it ends. */
    private int word(int start, int end) {
      byte first = source[start];
      if (first >= '0' && first <= '9') {
        number(start, end);
        afterModule = false;
      } else if (first >= 'A' && first <= 'Z' && !erlang) {
        return alias(start, end);
      } else {
        String word = text(start, end);
        boolean remote = afterModule && before(start) == '.';
        afterModule = before(start) == ':'; // :lists.map
        // after ~ it names a sigil, after \ it begins with an escape
        boolean kept = before(start) == '~' || before(start) == '\\';
        boolean own =
            erlang ? names.isErlangOwn(word) : remote ? names.isDefined(word) : names.isOwn(word);
        out.write(source, start, end - start);
        if (own && !kept) {
          ending((Character.isUpperCase(word.charAt(0)) ? "" : "_") + suffix(word));
        }
      }
      return end;
    }

    private int alias(int start, int end) {
      int last = end;
      while (last + 1 < source.length
          && source[last] == '.'
          && source[last + 1] >= 'A'
          && source[last + 1] <= 'Z') {
        last++;
        while (last < source.length && isWord(source[last])) {
          last++;
        }
      }
      String name = text(start, last);
      afterModule = true;
      byte before = before(start);
      int own = before == '.' || before == '~' || before == '\\' ? 0 : names.ownPart(name);
      if (own > 0) {
        out.write(source, start, own);
        ending(suffix(name.substring(0, own)));
      }
      out.write(source, start + own, last - start - own);
      return last;
    }

    /** An arity, which follows a slash, and whatever else has one digit stays. */
    private void number(int start, int end) {
      byte before = before(start);
      boolean plain = end - start > 1 && before != '.' && before != '/' && before != '&';
      for (int i = start; i < end; i++) {
        plain &= (source[i] >= '0' && source[i] <= '9') || source[i] == '_';
      }
      if (!plain || before == '\\' || before == '#') {
        out.write(source, start, end - start);
        return;
      }
      int hash = mixed(text(start, end).hashCode());
      for (int i = start; i < end; i++) {
        if (source[i] == '_' || (i == start && source[i] == '0')) {
          out.write(source[i]);
        } else {
          out.write('1' + hash % 9);
          hash = mixed(hash);
        }
      }
    }

    private void ending(String suffix) {
      out.writeBytes(suffix.getBytes(StandardCharsets.US_ASCII));
    }

    private byte before(int at) {
      return at == 0 ? (byte) '\n' : source[at - 1];
    }

    private String text(int start, int end) {
      return new String(source, start, end - start, StandardCharsets.ISO_8859_1);
    }
  }

  /** Whether a byte is part of a word; those of letters beyond ASCII are. */
  static boolean isWord(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '_'
        || b < 0;
  }
}
