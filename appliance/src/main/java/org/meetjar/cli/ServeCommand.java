package org.meetjar.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code serve}, for those who like to say it. */
@Command(name = "serve", description = "Serves meetings until the process is told to end.")
final class ServeCommand implements Callable<Integer> {
  @ParentCommand private MeetCommand parent;

  @Override
  public Integer call() throws InterruptedException {
    return parent.call();
  }
}
