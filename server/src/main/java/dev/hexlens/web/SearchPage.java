package dev.hexlens.web;

import dev.hexlens.search.StaleCursor;
import dev.hexlens.store.UnknownPosition;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.DatabaseException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code /api/search}: what is found, a JSON object a line, as it is found. */
final class SearchPage implements WebServer.Page {
  private static final Logger LOG = LoggerFactory.getLogger(SearchPage.class);

  /** Nobody looks at a page for longer without asking more precisely. */
  private static final Duration TIME = Duration.ofSeconds(60);

  private static final int LIMIT = 200;
  private static final int MOST = 1_000;

  private final Store store;

  SearchPage(Store store) {
    this.store = store;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    Question question = Question.of(exchange);
    int limit = exchange.number("limit", LIMIT, 1, MOST);
    Cancellation cancellation = new Cancellation();
    try (AnswerStream answers =
        new AnswerStream(exchange.stream("application/x-ndjson"), limit, TIME, cancellation)) {
      try {
        answers.end(question.ask(store, answers, cancellation));
      } catch (CancellationException e) {
        answers.end(null); // the time is over, or nobody listens
      } catch (StaleCursor | UnknownPosition e) {
        answers.failed(String.valueOf(e.getMessage()));
      } catch (DatabaseException e) {
        answers.failed(String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        LOG.error("A search failed", e);
        answers.failed("internal error: " + e);
      }
    }
  }
}
