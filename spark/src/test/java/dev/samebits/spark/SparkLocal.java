package dev.samebits.spark;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Spark in this JVM: one context at a time, which tests share where they want the same master. */
final class SparkLocal {
    /** Both ways that rows are scored: whether in batches. */
    static final List<Boolean> WAYS = List.of(false, true);

    private static SparkSession session;
    private static String started = "";

    private SparkLocal() {}

    /** With the extensions. */
    static SparkSession extended() {
        return session("local[2]", true);
    }

    static synchronized SparkSession session(String master, boolean extended) {
        if (!started.equals(master + extended)) {
            stop();
            SparkSession.Builder builder = SparkSession.builder().master(master).appName("samebits")
                    .config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "2")
                    .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.sql.session.timeZone", "UTC");
            session = (extended ? builder.config("spark.sql.extensions", SamebitsExtensions.class.getName()) : builder)
                    .getOrCreate();
            started = master + extended;
        }
        return session;
    }

    static synchronized void stop() {
        if (session != null) {
            session.stop();
            SparkSession.clearDefaultSession();
            SparkSession.clearActiveSession();
            session = null;
            started = "";
        }
    }

    /** Turns batches on or off. */
    static SparkSession extended(boolean batches) {
        SparkSession spark = extended();
        spark.conf().set("spark.samebits.batches", String.valueOf(batches));
        return spark;
    }
}
