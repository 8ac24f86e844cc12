package dev.samebits.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreparationTest {
    private static final NumberColumn AGE = new NumberColumn("age", 38.5f, true, 38.5f, 0.0625f);
    private static final CategoryColumn JOB = new CategoryColumn("job", List.of("", "clerk", "welder"), true);
    private static final TruthColumn MEMBER = new TruthColumn("member", 0.25f, false);
    private static final CategoryColumn CODE = new CategoryColumn("code", List.of("1", "1.0", "2", "07"), false);

    @Test
    void aRowIsItsColumnsNumbersInTheirOrder() {
        Preparation preparation = new Preparation(List.of(AGE, JOB, MEMBER));
        assertThat(preparation.width()).isEqualTo(7);
        assertThat(preparation.start(2)).isEqualTo(6);
        assertThat(preparation.names()).containsExactly("age", "job", "member");
        assertThat(preparation.rowNames())
                .containsExactly("age", "age missing", "job=", "job=clerk", "job=welder", "job other", "member");
        float[] row = {9, 9, 9, 9, 9, 9, 9, 9, 9};
        assertThat(preparation.prepare(List.of(" 54.5 ", "welder ", "Yes"), row, 1)).isZero();
        assertThat(row).containsExactly(9, 1, 0, 0, 0, 1, 0, 1, 9);
        assertThat(preparation.prepare(List.of("", "pilot", "n/a"), row, 1)).isEqualTo(1);
        assertThat(row).containsExactly(9, 0, 1, 0, 0, 0, 1, 0.25f, 9);
    }

    @Test
    void fieldsGoByTheirNames() {
        Preparation preparation = new Preparation(List.of(AGE, JOB));
        Map<String, String> fields = new HashMap<>(Map.of("job", "", "age", "22.5", "weight", "70"));
        assertThat(preparation.row(fields)).containsExactly(-1, 0, 1, 0, 0, 0);
        fields.remove("age");
        assertThatIllegalArgumentException().isThrownBy(() -> preparation.row(fields))
                .withMessage("no field is given for age: give an empty one where there is no value");
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1.0, 1", "1.00, 0", "+2, 2", "07, 3", "7, 3", "3, -1", "two, -1"})
    void aNumberIsTheCategoryOfTheSameNumber(String field, int index) {
        assertThat(CODE.indexOf(field)).isEqualTo(index);
    }

    @Test
    void withoutANumberForOthersAnUnknownCategoryIsAllZeros() {
        float[] row = {9, 9, 9, 9};
        assertThat(CODE.put("5", row, 0)).isEqualTo(Cell.UNKNOWN);
        assertThat(row).containsOnly(0);
    }

    @Test
    void theMostFrequentCategoriesAreKept() {
        Map<String, Integer> rows = Map.of("b", 3, "a", 2, "c", 2, "d", 9);
        assertThat(CategoryColumn.of("x", rows, 3)).isEqualTo(new CategoryColumn("x", List.of("a", "b", "d"), true));
        assertThat(CategoryColumn.of("x", rows, 4))
                .isEqualTo(new CategoryColumn("x", List.of("a", "b", "c", "d"), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "?", "NA", "na", "N/A", "NaN", "nan", "null", "NULL", "None", "#N/A"})
    void wordsForWhatIsMissing(String field) {
        assertThat(AGE.put(field, new float[2], 0)).isEqualTo(Cell.MISSING);
        assertThat(MEMBER.put(field, new float[1], 0)).isEqualTo(Cell.MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "1e39", "-1e39", "inf", "0x10", "1f", "1,5", "--1", "1 2", "."})
    void whatIsNoNumberIsBad(String field) {
        float[] row = new float[2];
        assertThat(AGE.put(field, row, 0)).isEqualTo(Cell.BAD);
        assertThat(row[0]).isNaN();
        assertThatIllegalArgumentException().isThrownBy(() -> new Preparation(List.of(AGE)).prepare(List.of(field), row, 0))
                .withMessage("column age: '" + field + "' is not a finite number");
    }

    @Test
    void whatIsNeitherTrueNorFalseIsBad() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Preparation(List.of(MEMBER)).prepare(List.of("maybe"), new float[1], 0))
                .withMessage("column member: 'maybe' is not true or false");
        TruthColumn strict = new TruthColumn("ok", Float.NaN, false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Preparation(List.of(strict)).prepare(List.of("NA"), new float[1], 0))
                .withMessage("column ok: a missing value where true or false should be");
    }

    @Test
    void badColumnsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Preparation(List.of()))
                .withMessage("a preparation needs at least one column");
        assertThatIllegalArgumentException().isThrownBy(() -> new Preparation(List.of(AGE, AGE)))
                .withMessage("two columns are called age: rename one");
        assertThatIllegalArgumentException().isThrownBy(() -> new CategoryColumn("x", List.of(), true))
                .withMessage("the column x has no category: give at least one");
        assertThatIllegalArgumentException().isThrownBy(() -> new CategoryColumn("x", List.of("a", "a"), true))
                .withMessage("the column x has the category 'a' twice: give all different ones");
        assertThatIllegalArgumentException().isThrownBy(() -> new CategoryColumn("x", List.of("a "), true))
                .withMessage("the column x has the category 'a ' with blanks at an end: give it without");
        assertThatIllegalArgumentException().isThrownBy(() -> new NumberColumn(" ", 0, false, 0, 1))
                .withMessage("a column needs a name that is not blank");
        assertThatIllegalArgumentException().isThrownBy(() -> new NumberColumn("x", 0, false, Float.NaN, 1))
                .withMessageContaining("give finite ones");
        assertThatIllegalArgumentException().isThrownBy(() -> new TruthColumn("x", Float.NEGATIVE_INFINITY, false))
                .withMessageContaining("give a finite number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Preparation(List.of(AGE, JOB)).prepare(List.of("1"), new float[9], 0))
                .withMessage("found 1 fields for 2 columns: age, job");
    }

    @Test
    void theFingerprintIsOfEverything() {
        Preparation preparation = new Preparation(List.of(AGE, JOB, MEMBER));
        // Known: it may not change.
        assertThat(preparation.fingerprint()).isEqualTo("2b6519c4d7d89e274c827bd8a38912d4dfe5911e2b491d28b70ce3bb1bf12081");
        List<TableColumn> others = List.of(new NumberColumn("age", 38, true, 38.5f, 0.0625f),
                new NumberColumn("age", 38.5f, false, 38.5f, 0.0625f), new NumberColumn("age", 38.5f, true, 38, 0.0625f),
                new NumberColumn("age", 38.5f, true, 38.5f, 0.0626f), new NumberColumn("Age", 38.5f, true, 38.5f, 0.0625f),
                new TruthColumn("age", 38.5f, true), new CategoryColumn("age", List.of("1"), false),
                new CategoryColumn("age", List.of("1"), true), new CategoryColumn("age", List.of("2"), true),
                new CategoryColumn("age", List.of("1", "2"), true), new CategoryColumn("age", List.of("1 1:2"), true));
        assertThat(others.stream().map(column -> new Preparation(List.of(column, JOB, MEMBER)).fingerprint()).distinct())
                .hasSize(others.size()).doesNotContain(preparation.fingerprint());
    }

    @Test
    void isPrintedColumnByColumn() {
        assertThat(new Preparation(List.of(AGE, JOB, MEMBER, CODE))).hasToString("""
                age: number, (x − 38.5) · 0.0625, 38.5 where it is missing, and a flag there
                job: 3 categories, (empty), clerk, welder, and others
                member: true or false, 0.25 where it is missing
                code: 4 categories, 1, 1.0, 2, 07
                """);
    }
}
