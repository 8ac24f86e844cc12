package dev.samebits.spark;

import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A source of others, as Spark lets them be: its rows are objects, not Spark's packed ones, and each is the object of the
 * row before with other values. The features of the row {@code bad}, if that option is given, are null.
 */
public final class GenericRows implements TableProvider {
    private static final StructType SCHEMA = new StructType().add("id", DataTypes.LongType, false)
            .add("text", DataTypes.StringType).add("floats", DataTypes.createArrayType(DataTypes.FloatType, false));

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        return SCHEMA;
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return new Rows(Long.parseLong(properties.getOrDefault("bad", "-1")));
    }

    /** Every other row of the tables of tests. */
    record Part(long first) implements InputPartition {
        private static final long serialVersionUID = 1;
    }

    /** The table is its own scan. */
    record Rows(long bad) implements SupportsRead, ScanBuilder, Scan, Batch {
        @Override
        public String name() {
            return "rows";
        }

        @Override
        @SuppressWarnings("deprecation") // what is not is of a later Spark
        public StructType schema() {
            return SCHEMA;
        }

        @Override
        public Set<TableCapability> capabilities() {
            return Set.of(TableCapability.BATCH_READ);
        }

        @Override
        public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
            return this;
        }

        @Override
        public Scan build() {
            return this;
        }

        @Override
        public StructType readSchema() {
            return SCHEMA;
        }

        @Override
        public Batch toBatch() {
            return this;
        }

        @Override
        public InputPartition[] planInputPartitions() {
            return new InputPartition[] {new Part(0), new Part(1)};
        }

        @Override
        public PartitionReaderFactory createReaderFactory() {
            long none = bad;
            return part -> new Reader(((Part) part).first, none);
        }
    }

    private static final class Reader implements PartitionReader<InternalRow> {
        private final GenericInternalRow row = new GenericInternalRow(3);
        private final long bad;
        private long id;

        Reader(long first, long bad) {
            this.bad = bad;
            this.id = first - 2;
        }

        @Override
        public boolean next() {
            id += 2;
            return id < Tables.ROWS;
        }

        @Override
        public InternalRow get() {
            row.update(0, id);
            row.update(1, id % 3 == 0 ? null : UTF8String.fromString("row " + id));
            row.update(2, id == bad ? null : ArrayData.toArrayData(Tables.features(id)));
            return row;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
