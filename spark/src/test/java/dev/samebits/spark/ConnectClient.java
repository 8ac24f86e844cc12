package dev.samebits.spark;

import dev.samebits.ScoreFingerprint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.Expression.Literal;
import org.apache.spark.connect.proto.MlCommand;
import org.apache.spark.connect.proto.MlCommandResult.MlOperatorInfo;
import org.apache.spark.connect.proto.MlOperator;
import org.apache.spark.connect.proto.MlOperator.OperatorType;
import org.apache.spark.connect.proto.MlParams;
import org.apache.spark.connect.proto.MlRelation;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.RelationCommon;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.apache.spark.connect.proto.UserContext;
import org.sparkproject.connect.grpc.ManagedChannel;
import org.sparkproject.connect.grpc.ManagedChannelBuilder;

/**
 * A client of Spark Connect that speaks its protocol over a socket, as PySpark's does: transformers are their class, their
 * uid and their params, rows come back as Arrow. (The client that Spark has for the JVM has no Spark ML.)
 */
final class ConnectClient implements AutoCloseable {
    private static final String MODEL = "dev.samebits.spark.SamebitsModel";

    private final String session = UUID.randomUUID().toString();
    private final ManagedChannel channel;

    ConnectClient(int port) {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    static Relation sql(String query) {
        return Relation.newBuilder().setCommon(RelationCommon.newBuilder().setPlanId(1))
                .setSql(SQL.newBuilder().setQuery(query)).build();
    }

    /** The params of a transformer: text, whole numbers or lists of text. */
    static MlParams params(Map<String, ?> values) {
        MlParams.Builder params = MlParams.newBuilder();
        values.forEach((name, value) -> params.putParams(name, literal(value)));
        return params.build();
    }

    private static Literal literal(Object value) {
        if (value instanceof List<?> list) {
            Literal.Array.Builder array = Literal.Array.newBuilder();
            list.forEach(element -> array.addElements(literal(element)));
            DataType text = DataType.newBuilder().setString(DataType.String.getDefaultInstance()).build();
            return Literal.newBuilder().setArray(array).setDataType(DataType.newBuilder()
                    .setArray(DataType.Array.newBuilder().setElementType(text))).build();
        }
        return value instanceof Integer number ? Literal.newBuilder().setInteger(number).build()
                : Literal.newBuilder().setString((String) value).build();
    }

    private static MlOperator operator(String uid) {
        return MlOperator.newBuilder().setName(MODEL).setUid(uid).setType(OperatorType.OPERATOR_TYPE_TRANSFORMER).build();
    }

    /** Rows with what a model adds. */
    static Relation transform(MlParams params, Relation rows) {
        return Relation.newBuilder().setCommon(RelationCommon.newBuilder().setPlanId(2))
                .setMlRelation(MlRelation.newBuilder().setTransform(MlRelation.Transform.newBuilder()
                        .setTransformer(operator("samebits_over_there")).setParams(params).setInput(rows))).build();
    }

    /** Has the server save a transformer. */
    void save(MlParams params, String path) {
        command(MlCommand.newBuilder().setWrite(MlCommand.Write.newBuilder().setOperator(operator("samebits_saved"))
                .setParams(params).setPath(path)).build());
    }

    /** What the server says of a transformer that was saved. */
    MlOperatorInfo load(String path) {
        return command(MlCommand.newBuilder().setRead(MlCommand.Read.newBuilder().setOperator(operator("")).setPath(path))
                .build()).stream().filter(ExecutePlanResponse::hasMlCommandResult).findFirst().orElseThrow()
                .getMlCommandResult().getOperatorInfo();
    }

    private List<ExecutePlanResponse> command(MlCommand command) {
        return execute(Plan.newBuilder().setCommand(Command.newBuilder().setMlCommand(command)).build());
    }

    private List<ExecutePlanResponse> execute(Plan plan) {
        List<ExecutePlanResponse> responses = new ArrayList<>();
        Iterator<ExecutePlanResponse> all = SparkConnectServiceGrpc.newBlockingStub(channel).executePlan(ExecutePlanRequest
                .newBuilder().setSessionId(session).setUserContext(UserContext.newBuilder().setUserId("somebody"))
                .setClientType("a test").setPlan(plan).build());
        all.forEachRemaining(responses::add);
        return responses;
    }

    /** Over the columns {@code id} and {@code output} of the rows as they reach the client. */
    ScoreFingerprint fingerprint(Relation rows) throws IOException {
        ScoreFingerprint sum = new ScoreFingerprint();
        try (BufferAllocator memory = new RootAllocator()) {
            for (ExecutePlanResponse response : execute(Plan.newBuilder().setRoot(rows).build())) {
                if (response.hasArrowBatch()) {
                    add(response.getArrowBatch().getData().toByteArray(), memory, sum);
                }
            }
        }
        return sum;
    }

    private static void add(byte[] batch, BufferAllocator memory, ScoreFingerprint sum) throws IOException {
        try (ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(batch), memory)) {
            while (reader.loadNextBatch()) {
                var ids = reader.getVectorSchemaRoot().getVector("id");
                var outputs = reader.getVectorSchemaRoot().getVector("output");
                for (int n = 0; n < ids.getValueCount(); n++) {
                    List<?> numbers = (List<?>) outputs.getObject(n);
                    float[] y = new float[numbers.size()];
                    for (int j = 0; j < y.length; j++) {
                        y[j] = (Float) numbers.get(j);
                    }
                    sum.add((Long) ids.getObject(n), y, 0, y.length);
                }
            }
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
