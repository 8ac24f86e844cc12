package dev.samebits.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses SPARK = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.samebits.spark");

    @Test
    void sparkDependsOnCoreOnnxAndWhatTheClusterHas() {
        classes().should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "scala..", "org.apache.spark..", "org.apache.hadoop..", "dev.samebits",
                        "dev.samebits.table", "dev.samebits.train", "dev.samebits.onnx", "dev.samebits.spark..",
                        "org.jspecify.annotations")
                .check(SPARK);
    }

    /** From below: what tasks do, how Spark plans it, what users touch. */
    @Test
    void nothingDependsUpwards() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("score").definedBy("dev.samebits.spark.score")
                .layer("plan").definedBy("dev.samebits.spark.plan")
                .layer("what users touch").definedBy("dev.samebits.spark")
                .whereLayer("score").mayNotAccessAnyLayer()
                .whereLayer("plan").mayOnlyAccessLayers("score")
                .whereLayer("what users touch").mayNotBeAccessedByAnyLayer()
                .check(SPARK);
    }

    /** A user without the extensions meets Spark's public API alone. */
    @Test
    void onlyTheFastWayKnowsHowSparkPlans() {
        noClasses().that().resideInAPackage("dev.samebits.spark.score")
                .should().dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark.sql.execution..", "org.apache.spark.sql.catalyst.expressions..",
                        "org.apache.spark.sql.classic..").check(SPARK);
    }
}
