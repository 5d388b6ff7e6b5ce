package dev.hexlens.workspace;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The documents on the screen. Changed by one thread, in order; read by many. */
public final class OpenDocuments {
  private final Map<String, OpenDocument> documents = new ConcurrentHashMap<>();

  public void put(OpenDocument document) {
    documents.put(document.uri(), document);
  }

  /** The document that was open; null when it was not. */
  public @Nullable OpenDocument remove(String uri) {
    return documents.remove(uri);
  }

  public @Nullable OpenDocument get(String uri) {
    return documents.get(uri);
  }

  /** Those that are open now. */
  public Collection<OpenDocument> all() {
    return List.copyOf(documents.values());
  }
}
