package dev.samebits.cli.console;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"samebits " + (version == null ? "(not packaged)" : version), java()};
    }

    /** The Java that runs, one line. */
    public static String java() {
        return "Java " + System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vm.name") + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores";
    }
}
