package org.meetjar.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.meetjar.machine.Machine;

/** Plans an installation on a machine, and its reversal. */
public final class Installation {
  /** What the sockets ask for by default. */
  private static final long SOCKET_BUFFER = 16 << 20;

  private static final List<String> LIMITS = List.of("net.core.rmem_max", "net.core.wmem_max");

  private final Machine machine;

  public Installation(Machine machine) {
    this.machine = machine;
  }

  /**
   * Installs, or brings an installation up to date; settings that are there already are kept.
   *
   * @param jar the appliance
   * @param java the program that runs this one
   * @param given settings by their keys, for the file of settings
   * @param start whether the service is to run now, and not only after the next boot
   */
  public Plan install(Path jar, Path java, Map<String, List<String>> given, boolean start) {
    String program = machine.isHere() ? usual(java) : Resources.JAVA;
    List<Step> steps = new ArrayList<>();
    steps.add(new CopyFile(jar, path(Places.JAR)));
    steps.add(text(Places.COMMAND, Resources.command(program), "rwxr-xr-x"));
    steps.add(
        new WriteFile(
            path(Places.SETTINGS), Resources.settings(given), "rw-r-----", /* keeps= */ true));
    if (!given.isEmpty() && Files.exists(path(Places.SETTINGS))) {
      steps.add(
          new Note(
              "not changed: the settings that were given ("
                  + String.join(", ", given.keySet())
                  + ") are not written into the file that is there; write them yourself if they"
                  + " differ"));
    }
    steps.add(text(Places.USERS, Resources.users(), "rw-r--r--"));
    steps.add(systemd("systemd-sysusers", "meetjar.conf"));
    steps.add(text(Places.FOLDERS, Resources.folders(), "rw-r--r--"));
    steps.add(systemd("systemd-tmpfiles", "--create", "meetjar.conf"));
    steps.add(text(Places.LIMITS, Resources.limits(LIMITS, SOCKET_BUFFER), "rw-r--r--"));
    if (machine.isHere()) {
      LIMITS.forEach(name -> steps.add(new RaiseLimit(machine, name, SOCKET_BUFFER)));
      steps.add(
          new ArchiveClasses(
              Resources.javaOfUnit(program), path(Places.JAR), path(Places.ARCHIVE)));
    } else {
      steps.add(new Note("no archive of classes: it is made when this runs on the machine itself"));
    }
    steps.add(text(Places.UNIT, Resources.unit(program), "rw-r--r--"));
    steps.add(systemd("systemctl", "enable", Places.UNIT_NAME));
    if (!machine.isHere()) {
      steps.add(new Note("not started: " + machine.root() + " is not the machine that runs"));
    } else if (!machine.isRunBySystemd()) {
      steps.add(new Note("not started: systemd does not run this machine"));
    } else {
      steps.add(program("systemctl", "daemon-reload"));
      if (start) {
        steps.add(program("systemctl", "restart", Places.UNIT_NAME));
      }
    }
    return new Plan(steps);
  }

  /**
   * Takes an installation away.
   *
   * @param purge whether settings, accounts, certificates and recordings go, too, and the user
   */
  public Plan uninstall(boolean purge) {
    List<Step> steps = new ArrayList<>();
    boolean runs = machine.isHere() && machine.isRunBySystemd();
    if (runs) {
      steps.add(optional("systemctl", "stop", Places.UNIT_NAME));
    }
    if (Files.exists(path(Places.UNIT))) {
      steps.add(systemd("systemctl", "disable", Places.UNIT_NAME));
    }
    Stream.of(
            Places.UNIT, Places.LIMITS, Places.FOLDERS, Places.COMMAND, Places.ARCHIVE, Places.JAR)
        .forEach(place -> steps.add(new RemoveTree(path(place))));
    steps.add(new RemoveFolderIfEmpty(path(Places.FOLDER)));
    if (runs) {
      steps.add(program("systemctl", "daemon-reload"));
      steps.add(optional("systemctl", "reset-failed", Places.UNIT_NAME));
    }
    if (purge) {
      steps.add(new RemoveTree(path(Places.SETTINGS_FOLDER)));
      steps.add(new RemoveTree(path(Places.DATA)));
      steps.add(new RemoveTree(path(Places.USERS)));
      steps.add(
          machine.isHere()
              ? optional("userdel", Places.USER)
              : optional("userdel", "--prefix", machine.root().toString(), Places.USER));
    } else {
      steps.add(
          new Note(
              "kept: "
                  + path(Places.SETTINGS)
                  + ", "
                  + path(Places.DATA)
                  + " and the user "
                  + Places.USER
                  + "; uninstall --purge takes them, too"));
    }
    return new Plan(steps);
  }

  /** The path that stays the same when Java is updated, where it leads to the same. */
  private static String usual(Path java) {
    Path usual = Path.of(Resources.JAVA);
    try {
      if (Files.exists(usual) && usual.toRealPath().equals(java.toRealPath())) {
        return Resources.JAVA;
      }
    } catch (IOException notThere) {
      // then the given one
    }
    return java.toString();
  }

  private Path path(String place) {
    return machine.path(place);
  }

  private Step text(String place, String text, String rights) {
    return new WriteFile(path(place), text, rights, /* keeps= */ false);
  }

  /** A program of systemd's that can work on another machine's folder, too. */
  private Step systemd(String name, String... arguments) {
    List<String> command = new ArrayList<>(List.of(name));
    if (!machine.isHere()) {
      command.add("--root=" + machine.root());
    }
    command.addAll(List.of(arguments));
    return new RunProgram(machine.programs(), command, /* needed= */ true);
  }

  private Step program(String... command) {
    return new RunProgram(machine.programs(), List.of(command), /* needed= */ true);
  }

  private Step optional(String... command) {
    return new RunProgram(machine.programs(), List.of(command), /* needed= */ false);
  }
}
