package dev.hexlens.hex;

import static dev.hexlens.hex.HexProtocolTest.HAPPY;
import static dev.hexlens.hex.HexProtocolTest.row;
import static dev.hexlens.hex.HexWorld.tarball;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.fixtures.Fault;
import dev.hexlens.fixtures.HexServer;
import dev.hexlens.hex.HexProtocolTest.Case;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** What a server or something before it can do. */
final class ServerCases {
  private ServerCases() {}

  static Stream<Case> rows() {
    return Stream.of(
        faultRow("/tarballs/.*", Fault.status(404), "Missing: fix 1.0.0 is on no mirror (…404): …"),
        faultRow("/tarballs/.*", Fault.status(403), "Missing: fix 1.0.0 is on no mirror (…403): …"),
        faultRow("/versions", Fault.status(404), "Missing: /versions is on no mirror (…404): …"),
        faultRow(
            "/versions", Fault.status(401), "Unauthorized: /versions needs a key, …--auth-key."),
        faultRow(
            "/tarballs/.*", Fault.status(500), "Unreachable: fix 1.0.0 could not be had (…500): …"),
        faultRow("/tarballs/.*", Fault.status(418), "Unreachable: …(…answered 418): …"),
        row(
            "500 twice, then well",
            world -> world.publish(tarball().build()).fault("/tarballs/.*", 2, Fault.status(500)),
            HAPPY),
        row(
            "408, then well",
            world -> world.publish(tarball().build()).fault("/versions", 1, Fault.status(408)),
            HAPPY),
        row(
            "429, then well",
            world ->
                world.publish(tarball().build()).fault("/tarballs/.*", 1, Fault.tooManyRequests(0)),
            HAPPY),
        row(
            "429 for longer than anybody waits",
            world ->
                world.publish(tarball().build()).fault("/tarballs/.*", Fault.tooManyRequests(4000)),
            "Unreachable: fix 1.0.0 could not be had (…answered 429, for …seconds more): …"),
        row(
            "a body that breaks off twice",
            world ->
                world.publish(tarball().build()).fault("/tarballs/.*", 2, new Fault.ShortBody(0.5)),
            HAPPY),
        faultRow(
            "/tarballs/.*",
            new Fault.ShortBody(0.9),
            "Unreachable: fix 1.0.0 could not be had (…broke off (…"),
        row(
            "a body that stalls once",
            world -> {
              world
                  .publish(tarball().build())
                  .fault("/tarballs/.*", 1, new Fault.Stall(Duration.ofSeconds(30)));
              world.settings(each -> each.timeout(Duration.ofSeconds(2)));
            },
            HAPPY),
        row(
            "one byte wrong once",
            world -> world.publish(tarball().build()).fault("/tarballs/.*", 1, new Fault.Corrupt()),
            HAPPY),
        row(
            "one byte of the registry wrong on the first of two mirrors",
            world -> {
              world.publish(tarball().build()).fault("/versions", new Fault.Corrupt());
              world.publish();
            },
            HAPPY),
        row(
            "the first mirror has nothing",
            world -> {
              world.publish(tarball().build()).fault("/.*", Fault.status(404));
              world.publish();
            },
            HAPPY),
        row(
            "the first mirror is not there",
            world -> {
              HexServer gone = world.publish(tarball().build());
              world.publish();
              gone.close();
            },
            HAPPY),
        row(
            "no mirror is there",
            world -> world.publish(tarball().build()).close(),
            "Unreachable: /versions could not be had (http://127.0.0.1:… can't be connected to): …"),
        row(
            "a proxy that inflates the registry",
            world ->
                world
                    .publish(tarball().build())
                    .fault("/versions", new Fault.Inflate())
                    .fault("/packages/fix", new Fault.Inflate()),
            HAPPY),
        row(
            "a proxy that compresses everything",
            world -> world.publish(tarball().build()).fault("/.*", new Fault.Deflate()),
            HAPPY),
        row(
            "304 for what is known",
            world -> {
              HexServer server = world.publish(tarball().build());
              world.settings(each -> each.registryCache(world.folder().resolve("strong")));
              assertThat(world.outcome()).isEqualTo(HAPPY);
              server.fault("/(versions|packages/.*)", new Fault.Body(new byte[0]));
            },
            HAPPY),
        row(
            "weak ETags",
            world -> {
              world.publish(tarball().build()).fault("/.*", new Fault.WeakEtag());
              world.settings(each -> each.registryCache(world.folder().resolve("weak")));
              assertThat(world.outcome()).isEqualTo(HAPPY);
            },
            HAPPY),
        row(
            "a redirect",
            world -> {
              HexServer other = world.publish(tarball().build());
              other.fault(
                  "/tarballs/.*",
                  1,
                  new Fault.Status(302, Map.of("Location", "/tarballs/fix-1.0.0.tar")));
            },
            HAPPY),
        row(
            "redirects without end",
            world ->
                world
                    .publish(tarball().build())
                    .fault("/versions", new Fault.Status(301, Map.of("Location", "/versions"))),
            "Unreachable: …redirects more than 5 times…"),
        row(
            "a redirect to a file of ours",
            world ->
                world
                    .publish(tarball().build())
                    .fault(
                        "/versions",
                        new Fault.Status(302, Map.of("Location", "file:///etc/passwd"))),
            "Unreachable: …redirects to file:///etc/passwd, which is less safe…"));
  }

  private static Case faultRow(String path, Fault fault, String outcome) {
    return row(
        fault + " for " + path,
        world -> world.publish(tarball().build()).fault(path, fault),
        outcome);
  }
}
