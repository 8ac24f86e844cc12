package dev.samebits.spark;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/** A cluster of processes on this machine, from the jars on the class path: a master and workers of one core each. */
final class Cluster implements AutoCloseable {
    private static final long PATIENCE = 240_000;

    private final Path home;
    private final int port;
    private final List<Process> workers = new ArrayList<>();
    private final Process master;

    /**
     * Starts it.
     *
     * @param home an empty folder
     * @param javas the Java of each worker
     */
    Cluster(Path home, List<String> javas) throws Exception {
        this.home = home;
        this.port = freePort();
        Path jars = Files.createDirectories(home.resolve("jars"));
        for (String entry : classPath()) {
            if (!isOurs(entry)) {
                Files.createSymbolicLink(jars.resolve(Path.of(entry).getFileName()), Path.of(entry));
            }
        }
        master = start(System.getProperty("java.home"), "master", "org.apache.spark.deploy.master.Master", "--host",
                "127.0.0.1", "--port", String.valueOf(port), "--webui-port", "0");
        try {
            awaitMaster();
            for (String java : javas) {
                workers.add(start(java, "worker" + workers.size(), "org.apache.spark.deploy.worker.Worker", "--host",
                        "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", "0", url()));
            }
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    String url() {
        return "spark://127.0.0.1:" + port;
    }

    private static List<String> classPath() {
        return Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    // What a user brings along, rather than what a cluster has.
    private static boolean isOurs(String entry) {
        return Files.isDirectory(Path.of(entry)) || entry.contains("samebits") || !entry.endsWith(".jar");
    }

    /** The class path that executors lack. */
    static String ours() {
        return classPath().stream().filter(Cluster::isOurs).map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process start(String java, String name, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(java, "bin", "java").toString(), "-Xmx256m"));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
        command.addAll(List.of("-cp", home.resolve("jars") + "/*", main));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(Redirect.to(home.resolve(name + ".log").toFile()));
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_WORKER_DIR", home.resolve(name).toString());
        builder.environment().put("JAVA_HOME", java);
        builder.environment().remove("LD_PRELOAD");
        return builder.start();
    }

    private void awaitMaster() throws Exception {
        for (long end = System.currentTimeMillis() + PATIENCE;; Thread.sleep(100)) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                if (System.currentTimeMillis() > end || !master.isAlive()) {
                    throw new AssertionError("no master: " + Files.readString(home.resolve("master.log")), e);
                }
            }
        }
    }

    /** The processes of executors, worker by worker. */
    List<ProcessHandle> executors() {
        return workers.stream().flatMap(worker -> worker.descendants()).filter(ProcessHandle::isAlive).toList();
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = new ArrayList<>(executors());
        workers.forEach(worker -> all.add(worker.toHandle()));
        all.add(master.toHandle());
        all.forEach(ProcessHandle::destroy);
        for (ProcessHandle process : all) {
            try {
                process.onExit().get(20, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                process.destroyForcibly();
            }
        }
        try (Stream<Path> links = Files.list(home.resolve("jars"))) {
            for (Path link : links.toList()) {
                Files.delete(link);
            }
        }
    }
}
