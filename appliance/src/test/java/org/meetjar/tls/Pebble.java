package org.meetjar.tls;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.meetjar.Await;
import org.meetjar.DebianTool;
import org.meetjar.FreePort;

/** Let's Encrypt's test authority, with a DNS in which every name is this machine's. */
public final class Pebble implements AutoCloseable {
  public static final String KEY_ID = "kid-1";
  public static final String MAC_KEY =
      "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";

  private final Path folder;
  private final int port;
  private final int management;
  private final List<Process> processes = new ArrayList<>();

  private Pebble(Path folder, int port, int management) {
    this.folder = folder;
    this.port = port;
    this.management = management;
  }

  /**
   * @param httpPort where it looks for proof by http-01
   * @param httpsPort where it looks for proof by tls-alpn-01
   * @param configuration more members of its configuration, each with a comma after it
   * @param environment how it is to misbehave
   */
  public static Pebble start(
      Path folder,
      int httpPort,
      int httpsPort,
      String configuration,
      Map<String, String> environment)
      throws Exception {
    Path program = DebianTool.require("pebble", "pebble");
    Path dns = DebianTool.require("pebble-challtestsrv", "pebble");
    Pebble pebble = new Pebble(folder, FreePort.any(), FreePort.any());
    Files.createDirectories(folder);
    Credentials own =
        new SelfSigned(List.of("localhost"), folder, Clock.systemUTC()).poll().orElseThrow();
    Files.writeString(
        pebble.authority(), Pem.encode("CERTIFICATE", own.certificate().getEncoded()));
    Path key = folder.resolve("key.pem");
    Files.writeString(key, Pem.encode("PRIVATE KEY", own.key().getEncoded()));
    Path file = folder.resolve("pebble.json");
    Files.writeString(
        file,
        """
        {"pebble": {%s
          "listenAddress": "127.0.0.1:%d", "managementListenAddress": "",
          "certificate": "%s", "privateKey": "%s",
          "httpPort": %d, "tlsPort": %d,
          "externalAccountMACKeys": {"%s": "%s"}
        }}
        """
            .formatted(
                configuration,
                pebble.port,
                pebble.authority(),
                key,
                httpPort,
                httpsPort,
                KEY_ID,
                MAC_KEY));
    String dnsAddress = "127.0.0.1:" + FreePort.any();
    pebble.run(
        Map.of(),
        List.of(
            dns.toString(),
            "-dns01",
            dnsAddress,
            "-management",
            "127.0.0.1:" + pebble.management,
            "-http01",
            "",
            "-https01",
            "",
            "-tlsalpn01",
            "",
            "-defaultIPv4",
            "127.0.0.1",
            "-defaultIPv6",
            ""));
    pebble.run(
        environment,
        List.of(
            program.toString(), "-config", file.toString(), "-dnsserver", dnsAddress, "-strict"));
    pebble.awaitPort();
    return pebble;
  }

  public URI directory() {
    return URI.create("https://localhost:" + port + "/dir");
  }

  /** Who vouches for the directory. */
  public Path authority() {
    return folder.resolve("authority.pem");
  }

  /** From now on the DNS fails for that name. */
  void forget(String name) throws Exception {
    tellDns("/set-servfail", name);
  }

  /** It knows the name again. */
  void remember(String name) throws Exception {
    tellDns("/clear-servfail", name);
  }

  private void tellDns(String path, String name) throws Exception {
    URI dns = URI.create("http://127.0.0.1:" + management + path);
    HttpRequest request =
        HttpRequest.newBuilder(dns)
            .POST(HttpRequest.BodyPublishers.ofString("{\"host\":\"" + name + ".\"}"))
            .build();
    int status =
        HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.discarding())
            .statusCode();
    if (status != 200) {
      throw new AssertionError("the DNS answers " + status);
    }
  }

  /** What it has said. */
  public String log() throws IOException {
    return Files.readString(folder.resolve("pebble.log"));
  }

  @Override
  public void close() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  private void run(Map<String, String> environment, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("pebble.log").toFile()));
    builder.environment().putAll(environment);
    processes.add(builder.start());
  }

  private void awaitPort() throws Exception {
    Await.until(
        () -> {
          try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
            return socket.isConnected();
          } catch (IOException notYet) {
            return false;
          }
        });
  }
}
