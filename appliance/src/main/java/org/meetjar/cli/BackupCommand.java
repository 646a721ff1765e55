package org.meetjar.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.meetjar.config.LogLevel;
import org.meetjar.config.StartFailure;
import org.meetjar.control.ControlClient;
import org.meetjar.control.Requests;
import org.meetjar.store.Backup;
import org.meetjar.store.DataFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A copy of all state, while the appliance runs or not. */
@Command(
    name = "backup",
    description =
        "Writes accounts, settings, certificates and keys into one zip file, while the appliance"
            + " runs or not. It has secrets in it: keep it safe.")
final class BackupCommand implements Callable<Integer> {
  @ParentCommand private MeetCommand parent;

  @Parameters(paramLabel = "FILE", description = "The zip file to make.")
  private Path file;

  @Override
  public Integer call() {
    Logging.configure(LogLevel.WARN);
    Path data = parent.settings().data();
    if (!Files.isDirectory(data)) {
      throw new StartFailure(
          "There is no data folder " + data + ": name the server's own with --data.");
    }
    if (Files.exists(file)) {
      throw exists(null);
    }
    DataFolder folder = DataFolder.open(data);
    Path made =
        StoreAccess.with(
            folder,
            () ->
                ControlClient.ask(folder.controlSocket(), List.of(Requests.BACKUP))
                    .map(answer -> Path.of(answer.get(0))),
            store -> Backup.make(store, folder));
    try {
      keep(made);
    } finally {
      remove(made);
    }
    return 0;
  }

  /** From the first byte on it is its owner's alone. */
  private void keep(Path made) {
    Path target = file.toAbsolutePath();
    boolean complete = false;
    try (FileChannel channel =
        FileChannel.open(
            target, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), rights())) {
      OutputStream out = Channels.newOutputStream(channel);
      Files.copy(made, out);
      channel.force(true);
      complete = true;
    } catch (FileAlreadyExistsException e) {
      throw exists(e);
    } catch (IOException e) {
      if (!complete) {
        remove(target);
      }
      throw new StartFailure(
          "The backup " + file + " cannot be written (" + e.getMessage() + ").", e);
    }
  }

  private static FileAttribute<?>[] rights() {
    return java.nio.file.FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private StartFailure exists(Exception cause) {
    return new StartFailure(
        "There is a file " + file + " already: choose another name, or remove it.", cause);
  }

  private static void remove(Path gone) {
    try {
      Files.deleteIfExists(gone);
    } catch (IOException e) {
      throw new StartFailure("The file " + gone + " cannot be removed: remove it.", e);
    }
  }
}
