package dev.samebits.spark;

import dev.samebits.spark.score.ModelFile;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The models that SQL named last, so that each is read and sent once until its file is another. Thread-safe. */
final class SqlModels {
    private static final int KEPT = 16;

    private static final Map<String, Known> MODELS = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > KEPT;
        }
    };

    private SqlModels() {}

    private record Known(ModelFile file, long length, long time) {}

    static ModelFile read(String path, SparkSession spark) {
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        FileStatus status = ModelFile.status(new Path(path), configuration);
        synchronized (MODELS) {
            Known known = MODELS.get(path);
            if (known == null || known.length != status.getLen() || known.time != status.getModificationTime()) {
                known = new Known(ModelFile.read(path, configuration), status.getLen(), status.getModificationTime());
                MODELS.put(path, known);
            }
            return known.file;
        }
    }
}
