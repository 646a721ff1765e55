package org.meetjar.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualInterfacesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker0",
        "veth1a2b3c",
        "virbr0",
        "br-5f3e",
        "cni0",
        "flannel.1",
        "vnet3",
        "tap0",
        "lxdbr0",
        "fwbr100i0"
      })
  void networksOfContainersAreKnownByName(String name) {
    assertThat(new VirtualInterfaces(folder).contains(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth0", "ens3", "enp1s0", "wlan0", "ppp0", "wg0", "bond0", "br0"})
  void othersAreNot(String name) {
    assertThat(new VirtualInterfaces(folder).contains(name)).isFalse();
  }

  @Test
  void aBridgeLeadsOutWhenACardIsPluggedIn() throws IOException {
    port("br0", "eth0");
    Files.createDirectories(folder.resolve("eth0/device"));
    port("br0", "vnet-a");
    assertThat(new VirtualInterfaces(folder).contains("br0")).isFalse();
  }

  @Test
  void aBridgeLeadsOutByABondOrAVlan() throws IOException {
    port("br0", "eth0.7");
    Files.createDirectories(folder.resolve("eth0.7/lower_eth0"));
    assertThat(new VirtualInterfaces(folder).contains("br0")).isFalse();
  }

  @Test
  void aBridgeOfContainersLeadsNowhereWhateverItsName() throws IOException {
    port("mynet", "abc@if7");
    assertThat(new VirtualInterfaces(folder).contains("mynet")).isTrue();
  }

  private void port(String bridge, String port) throws IOException {
    Files.createDirectories(folder.resolve(bridge).resolve("brif").resolve(port));
    Files.createDirectories(folder.resolve(port));
  }
}
