package org.meetjar.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.meetjar.Appliance;
import org.meetjar.config.Settings;
import org.meetjar.config.SettingsReader;
import org.meetjar.config.StartFailure;
import org.meetjar.systemd.Notifications;
import org.meetjar.systemd.Watchdog;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The whole command line. Its options are settings, and mean the same to every command. */
@Command(
    name = "meet",
    description = "Video conferencing in one process. Without a command it serves.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    sortOptions = false)
public final class MeetCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Map<String, List<String>> given = new LinkedHashMap<>();
  private Path file;

  public MeetCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Runs a command line and gives its exit code. */
  public static int run(Map<String, String> environment, String... arguments) {
    CommandLine line = new CommandLine(new MeetCommand(environment));
    // the library takes long to learn commands, and serving, which is to start fast, needs none
    if (hasCommand(arguments)) {
      line.addSubcommand(new ServeCommand())
          .addSubcommand(new UserCommand())
          .addSubcommand(new BackupCommand())
          .addSubcommand(new RestoreCommand())
          .addSubcommand(new LoadCommand())
          .addSubcommand(new DoctorCommand())
          .addSubcommand(new InstallCommand())
          .addSubcommand(new UninstallCommand());
    }
    line.setExecutionExceptionHandler(Failures::told);
    line.setParameterExceptionHandler(Failures::misunderstood);
    return line.execute(arguments);
  }

  /** Whether a word stands alone, or help is asked for: every other option takes a value. */
  private static boolean hasCommand(String... arguments) {
    List<String> alone = List.of("-h", "--help", "-V", "--version");
    for (int i = 0; i < arguments.length; i++) {
      if (!arguments[i].startsWith("-") || alone.contains(arguments[i])) {
        return true;
      }
      if (arguments[i].indexOf('=') < 0) {
        i++;
      }
    }
    return false;
  }

  @Option(
      names = "--domain",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description =
          "The name under which people reach this server (localhost); repeatable, others after it.")
  void domain(List<String> names) {
    if (names.isEmpty()) {
      // the library shows its list before it fills it
      return;
    }
    give("domain", names.get(0));
    if (names.size() > 1) {
      given.put("tls.names", new ArrayList<>(names.subList(1, names.size())));
    }
  }

  @Option(
      names = "--tls",
      paramLabel = "WORD",
      scope = ScopeType.INHERIT,
      description = {
        "Where the certificate comes from: auto, acme, self-signed, files or off (auto:",
        "for a domain of the Internet from Let's Encrypt, whose terms you accept by it)."
      })
  void tls(String word) {
    give("tls.mode", word);
  }

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The folder that holds accounts, certificates and all other state (data).")
  void data(String folder) {
    give("data", folder);
  }

  @Option(
      names = "--http-port",
      paramLabel = "N",
      scope = ScopeType.INHERIT,
      description = "TCP port of the plain page (8080; 80 for a domain of the Internet).")
  void httpPort(String port) {
    give("http-port", port);
  }

  @Option(
      names = "--https-port",
      paramLabel = "N",
      scope = ScopeType.INHERIT,
      description = "TCP port of the encrypted page (8443; 443 for a domain of the Internet).")
  void httpsPort(String port) {
    give("https-port", port);
  }

  @Option(
      names = "--media-port",
      paramLabel = "N",
      scope = ScopeType.INHERIT,
      description = "UDP port of audio and video (10000).")
  void mediaPort(String port) {
    give("media-port", port);
  }

  @Option(
      names = "--public-ip",
      paramLabel = "A",
      scope = ScopeType.INHERIT,
      description = "An address to offer for media in place of the machine's own; repeatable.")
  void publicIp(List<String> addresses) {
    given.put("public-ip", new ArrayList<>(addresses));
  }

  @Option(
      names = "--bind-address",
      paramLabel = "A",
      scope = ScopeType.INHERIT,
      description = "The address to listen on for pages (all).")
  void bindAddress(String address) {
    give("bind-address", address);
  }

  @Option(
      names = "--policy",
      paramLabel = "WORD",
      scope = ScopeType.INHERIT,
      description = "Who may start a meeting: open, hosts or members (open).")
  void policy(String word) {
    give("policy", word);
  }

  @Option(
      names = "--server-name",
      paramLabel = "TEXT",
      scope = ScopeType.INHERIT,
      description = "What the server calls itself in its pages (Meetjar).")
  void serverName(String name) {
    give("server-name", name);
  }

  @Option(
      names = "--log-level",
      paramLabel = "WORD",
      scope = ScopeType.INHERIT,
      description = "How much the log tells: error, warn, info or debug (info).")
  void logLevel(String word) {
    give("log-level", word);
  }

  @Option(
      names = {"-D", "--set"},
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "Any other setting, by its key in meet.conf; repeatable.")
  void set(Map<String, String> values) {
    values.forEach((key, value) -> given.put(key, new ArrayList<>(List.of(value))));
  }

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The file of settings, in the form of config/meet.conf.")
  void config(Path path) {
    file = path;
  }

  /** The settings that the command line, the environment and the file amount to. */
  Settings settings() {
    SettingsReader reader = new SettingsReader();
    if (file != null) {
      reader.file(file);
    }
    return reader.environment(environment).commandLine(given).read();
  }

  /** What the command line itself says, by the settings' keys. */
  Map<String, List<String>> given() {
    return given;
  }

  /** Serves until the process is told to end. */
  @Override
  public Integer call() throws InterruptedException {
    Settings settings = settings();
    Logging.configure(settings.logLevel());
    Appliance appliance = Appliance.start(settings);
    Notifications systemd = Notifications.to(environment);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(appliance, systemd), "stop"));
    PrintWriter out = new PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8);
    appliance.addresses().forEach(out::println);
    appliance
        .setupLink()
        .ifPresent(link -> SetupNote.print(out, link, settings.admin().setupLifetime()));
    systemd.ready("serving " + appliance.addresses().get(0));
    Watchdog.start(environment, systemd, appliance::lives);
    appliance.join();
    return 0;
  }

  private static void stop(Appliance appliance, Notifications systemd) {
    systemd.stopping("waiting for meetings to end");
    appliance.drain();
    appliance.close();
  }

  private void give(String key, String value) {
    List<String> before = given.put(key, new ArrayList<>(List.of(value)));
    if (before != null && !before.get(0).equals(value)) {
      throw new StartFailure("The setting " + key + " is given twice: give it once.");
    }
  }
}
