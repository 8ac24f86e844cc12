package dev.samebits.cli.console;

import picocli.CommandLine.ParseResult;

/** What to do where memory or a limit of the JVM is not enough: what helps, not what might. */
final class Memory {
    private static final String ALLOW = "SAMEBITS_JAVA_OPTS=";

    private Memory() {}

    /**
     * Says what ran out.
     *
     * @param command as it was called, or null
     */
    static Problem problem(OutOfMemoryError error, ParseResult command) {
        String message = String.valueOf(error.getMessage());
        if (message.contains("native thread")) {
            return new Problem("the system starts no more threads", "--threads",
                    "give fewer, or raise its limit with ulimit -u");
        }
        if (message.contains("array size")) {
            return new Problem("out of memory", "one table needs more than " + Integer.MAX_VALUE
                    + " values, which is Java's limit", "use fewer columns, smaller layers or a smaller --batch");
        }
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        return new Problem("out of memory", "Java heap of " + heap + " MiB",
                (batchCounts(command) ? "lower --batch, or " : "")
                + "allow more with " + ALLOW + "-Xmx" + Math.max(4, (2 * heap + 1023) / 1024) + "g");
    }

    // In training the rows of a batch are held with all that belongs to them. In prediction no more are taken than fit.
    private static boolean batchCounts(ParseResult command) {
        ParseResult sub = command == null ? null : command.subcommand();
        return sub != null && sub.commandSpec().name().equals("train") && sub.hasMatchedOption("--batch");
    }

    static Problem problem(StackOverflowError error) {
        return new Problem("something is nested too deeply", "the stack is full", "allow more with " + ALLOW + "-Xss16m");
    }
}
