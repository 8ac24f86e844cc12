package dev.samebits.cli;

import dev.samebits.cli.console.Version;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code samebits completion}. */
@Command(
        name = "completion",
        description = "Print a completion script for bash and zsh: source <(samebits completion)",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        System.out.print(AutoComplete.bash("samebits", spec.root().commandLine()));
        System.out.flush();
    }
}
