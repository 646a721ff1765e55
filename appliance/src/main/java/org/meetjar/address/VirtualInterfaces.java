package org.meetjar.address;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Which network interfaces lead to containers and virtual machines of this machine rather than out
 * of it: by name, and a bridge of any name when nothing is plugged into it that leads out.
 */
final class VirtualInterfaces {
  private static final List<String> NAMES =
      List.of(
          "docker", "veth", "virbr", "br-", "cni", "flannel", "cali", "vnet", "lxc", "lxd",
          "podman", "incus", "vboxnet", "vmnet", "tap", "fwbr", "fwpr", "fwln", "cilium", "kube-",
          "weave", "dummy", "ifb");

  private final Path interfaces;

  /**
   * @param interfaces the folder in which Linux has one for each interface
   */
  VirtualInterfaces(Path interfaces) {
    this.interfaces = interfaces;
  }

  boolean contains(String name) {
    return NAMES.stream().anyMatch(name::startsWith) || isInnerBridge(name);
  }

  private boolean isInnerBridge(String name) {
    Path ports = interfaces.resolve(name).resolve("brif");
    if (!Files.isDirectory(ports)) {
      return false;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(ports)) {
      for (Path port : all) {
        if (leadsOut(port.getFileName().toString())) {
          return false;
        }
      }
      return true;
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** A card has a device behind it; bonds and VLANs have a card below them. */
  private boolean leadsOut(String port) {
    Path folder = interfaces.resolve(port);
    if (Files.exists(folder.resolve("device"))) {
      return true;
    }
    try (DirectoryStream<Path> lower = Files.newDirectoryStream(folder, "lower_*")) {
      return lower.iterator().hasNext();
    } catch (IOException unreadable) {
      return false;
    }
  }
}
