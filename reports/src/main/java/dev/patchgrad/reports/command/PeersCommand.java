package dev.patchgrad.reports.command;

import dev.patchgrad.reports.profile.PeerRuns;
import dev.patchgrad.reports.profile.PeerTables;
import dev.patchgrad.reports.run.Run;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how fast patchgrad's kernels are beside other libraries and C. */
@Command(
    name = "peers",
    description =
        "Shows, as Markdown, the fastest kernel over each other library and C, of each recorded run"
            + " of the suites of peers.",
    mixinStandardHelpOptions = true)
final class PeersCommand extends Subcommand {
  @Mixin private Workspace workspace = new Workspace();

  @Mixin private Output output = new Output();

  @Option(
      names = "--record",
      paramLabel = "RUN",
      description =
          "First record this run: a folder, latest, or a run's id. It takes the place of an earlier"
              + " one of its machine and JDK.")
  private Optional<String> recorded = Optional.empty();

  @Mixin private UpdatedDocument document = new UpdatedDocument();

  PeersCommand() {}

  @Override
  int execute(PrintWriter out) throws IOException {
    Path root = workspace.profiles().resolveSibling("peers");
    if (recorded.isPresent()) {
      out.println("recorded " + PeerRuns.record(workspace.find(recorded.get()), root));
    }
    List<Run> runs = PeerRuns.all(root);
    if (!document.isGiven()) {
      if (recorded.isEmpty()) {
        output.write(PeerTables.markdown(runs), out);
      }
      return ExitCode.OK;
    }
    document.write(PeerTables.PART, text -> PeerTables.within(text, runs), commandLine(), out);
    return ExitCode.OK;
  }
}
