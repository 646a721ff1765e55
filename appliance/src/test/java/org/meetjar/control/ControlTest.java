package org.meetjar.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.config.StartFailure;
import org.meetjar.store.Account;
import org.meetjar.store.DataFolder;
import org.meetjar.store.ScramKeys;
import org.meetjar.store.Store;

class ControlTest {
  @TempDir Path data;

  @Test
  void accountsAreManagedThroughTheSocket() throws Exception {
    try (Store store = Store.open(DataFolder.open(data));
        ControlServer server =
            ControlServer.open(socket(), new AccountRequests(store.accounts()))) {
      assertThat(server).isNotNull();
      RemoteAccounts remote = new RemoteAccounts(socket());
      List<ScramKeys> keys = ScramKeys.of("secret");

      assertThat(remote.answers()).isTrue();
      remote.add("ada", keys);
      assertThat(remote.list()).extracting(Account::name).containsExactly("ada");
      assertThat(remote.list()).isEqualTo(store.accounts().list());
      assertThat(store.accounts().keys("ada"))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyInAnyOrderElementsOf(keys);
      assertThatThrownBy(() -> remote.add("ada", keys))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("already");
      remote.remove("ada");
      assertThat(remote.list()).isEmpty();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void nobodyAnswersWhenNothingRuns() throws Exception {
    assertThat(new RemoteAccounts(socket()).answers()).isFalse();
    leaveBehind();

    assertThat(new RemoteAccounts(socket()).answers()).isFalse();
  }

  @Test
  void whatAKilledProcessLeftBehindIsReplaced() throws Exception {
    leaveBehind();

    try (ControlServer server = ControlServer.open(socket(), request -> request)) {
      assertThat(server).isNotNull();
      assertThat(ControlClient.ask(socket(), List.of("one", "two")))
          .hasValue(List.of("one", "two"));
    }
    assertThat(socket()).doesNotExist();
  }

  @Test
  void damagedRequestsHarmNobody() throws Exception {
    try (Store store = Store.open(DataFolder.open(data));
        ControlServer server =
            ControlServer.open(socket(), new AccountRequests(store.accounts()))) {
      assertThat(server).isNotNull();
      SocketChannel.open(UnixDomainSocketAddress.of(socket())).close();

      for (List<String> request :
          List.of(
              List.of(""),
              List.of("dance"),
              List.of("user add"),
              List.of("user add", "ada", "x"),
              List.of("user add", "ada", "SCRAM-SHA-1 many AAAA AAAA AAAA"))) {
        assertThatThrownBy(() -> ControlClient.ask(socket(), request))
            .isInstanceOf(StartFailure.class);
      }
      assertThat(new RemoteAccounts(socket()).list()).isEmpty();
    }
  }

  private void leaveBehind() throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket()));
    }
  }

  private Path socket() {
    return data.resolve("control.sock");
  }
}
