import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import dev.samebits.djl.RowTranslatorFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prints the species of each flower of a CSV file, by the model in an ONNX file. */
public class ScoreFlowers {
    public static void main(String[] args) throws Exception {
        Criteria<float[], Classifications> criteria = Criteria.builder()
                .setTypes(float[].class, Classifications.class)
                .optModelPath(Path.of(args[0]))                              // or optModelUrls
                .optEngine("Samebits")
                .optTranslatorFactory(new RowTranslatorFactory())            // or a Translator of your own
                .optArgument("synset", "setosa,versicolor,virginica")        // for a file that names no classes
                .build();
        List<float[]> rows = rows(Files.readAllLines(Path.of(args[1])));
        try (ZooModel<float[], Classifications> model = criteria.loadModel();
                Predictor<float[], Classifications> predictor = model.newPredictor()) {
            for (Classifications flower : predictor.batchPredict(rows)) {
                System.out.println(flower.best().getClassName() + " " + flower.best().getProbability());
            }
        }
    }

    /** The numbers behind the first field of each line but the header. */
    private static List<float[]> rows(List<String> lines) {
        List<float[]> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",");
            float[] row = new float[fields.length - 1];
            for (int i = 0; i < row.length; i++) {
                row[i] = Float.parseFloat(fields[i + 1]);
            }
            rows.add(row);
        }
        return rows;
    }
}
