package org.meetjar.address;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MetadataSourceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void amazonIsAskedWithAToken() throws Exception {
    assertThat(
            told(
                request -> {
                  String path = request.getRequestURI().getPath();
                  if (path.equals("/latest/api/token")) {
                    return request.getRequestMethod().equals("PUT") ? "secret" : null;
                  }
                  boolean known =
                      "secret".equals(header(request, "X-aws-ec2-metadata-token"))
                          && path.equals("/latest/meta-data/public-ipv4");
                  return known ? "93.184.216.34" : null;
                }))
        .containsExactly(InetAddress.getByName("93.184.216.34"));
  }

  @Test
  void cloudsThatSpeakTheOldDialectNeedNone() throws Exception {
    assertThat(
            told(
                request ->
                    request.getRequestURI().getPath().equals("/latest/meta-data/public-ipv4")
                        ? "93.184.216.35\n"
                        : null))
        .containsExactly(InetAddress.getByName("93.184.216.35"));
  }

  @Test
  void googleIsAskedInItsWay() throws Exception {
    assertThat(
            told(
                request ->
                    "Google".equals(header(request, "Metadata-Flavor"))
                            && request.getRequestURI().getPath().endsWith("/0/external-ip")
                        ? "93.184.216.36"
                        : null))
        .containsExactly(InetAddress.getByName("93.184.216.36"));
  }

  @Test
  void azureIsAskedInItsWay() throws Exception {
    assertThat(
            told(
                request ->
                    "true".equals(header(request, "Metadata"))
                            && request.getRequestURI().getPath().endsWith("/publicIpAddress")
                        ? "93.184.216.37"
                        : null))
        .containsExactly(InetAddress.getByName("93.184.216.37"));
  }

  @Test
  void azuresLoadBalancerIsAskedToo() throws Exception {
    assertThat(
            told(
                request ->
                    request.getRequestURI().getPath().equals("/metadata/loadbalancer")
                        ? "{\"loadbalancer\":{\"publicIpAddresses\":[{\"frontendIpAddress\":"
                            + "\"93.184.216.38\",\"privateIpAddress\":\"10.0.0.4\"}]}}"
                        : request.getRequestURI().getPath().startsWith("/metadata") ? "" : null))
        .containsExactly(InetAddress.getByName("93.184.216.38"));
  }

  @Test
  void whatIsNoAddressIsNoAnswer() throws Exception {
    assertThat(told(request -> "<html>a page of some router</html>")).isEmpty();
  }

  @Test
  void whereThereIsNoCloudNobodyIsAskedTwice() throws Exception {
    try (FakeMetadata none = new FakeMetadata(request -> null)) {
      MetadataSource source = new MetadataSource(none.uri(), PATIENCE);
      assertThat(source.ask()).isEmpty();
      int asked = none.requests.size();
      assertThat(source.ask()).isEmpty();
      assertThat(none.requests).hasSize(asked);
    }
  }

  @Test
  void silenceIsWaitedForOnlyShortly() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      assertThat(new MetadataSource(uri, Duration.ofMillis(200)).ask()).isEmpty();
    }
  }

  private static String header(HttpExchange request, String name) {
    return request.getRequestHeaders().getFirst(name);
  }

  private static List<InetAddress> told(Function<HttpExchange, String> answers) throws Exception {
    try (FakeMetadata cloud = new FakeMetadata(answers)) {
      return new MetadataSource(cloud.uri(), PATIENCE).ask();
    }
  }
}
