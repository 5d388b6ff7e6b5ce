package dev.hexlens.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The files that pages are made of, read once. */
final class Assets {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html",
          "css", "text/css",
          "js", "text/javascript",
          "svg", "image/svg+xml");

  private Assets() {}

  /** What every page needs. */
  static Map<String, WebServer.Page> common() {
    Map<String, WebServer.Page> pages = new HashMap<>();
    for (String name : new String[] {"hexlens.css", "page.js", "progress.js", "icon.svg"}) {
      pages.put("/" + name, page(name));
    }
    pages.put("/progress", page("progress.html"));
    return pages;
  }

  /** One of the files beside this class. */
  static WebServer.Page page(String name) {
    byte[] bytes = read(name);
    String type = Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
    return exchange -> exchange.send(200, type, bytes);
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
