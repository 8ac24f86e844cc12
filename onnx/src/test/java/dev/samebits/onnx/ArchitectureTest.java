package dev.samebits.onnx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses ONNX = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.samebits.onnx");

    @Test
    void onnxDependsOnCoreAndProtobufAlone() {
        classes().should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "dev.samebits", "dev.samebits.table", "dev.samebits.onnx..",
                        "com.google.protobuf..", "org.jspecify.annotations").check(ONNX);
    }

    /** From below: files and limits, constants, operators, then layers made of operators and operators of layers. */
    @Test
    void nothingDependsUpwards() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("file").definedBy("dev.samebits.onnx.file")
                .layer("limits").definedBy("dev.samebits.onnx.limits")
                .layer("tensor").definedBy("dev.samebits.onnx.tensor")
                .layer("graph").definedBy("dev.samebits.onnx.graph")
                .layer("network").definedBy("dev.samebits.onnx.network")
                .layer("write").definedBy("dev.samebits.onnx.write")
                .layer("table").definedBy("dev.samebits.onnx.table")
                .layer("what users touch").definedBy("dev.samebits.onnx")
                .whereLayer("file").mayNotAccessAnyLayer()
                .whereLayer("limits").mayNotAccessAnyLayer()
                .whereLayer("tensor").mayOnlyAccessLayers("limits")
                .whereLayer("graph").mayOnlyAccessLayers("limits", "tensor")
                .whereLayer("network").mayOnlyAccessLayers("limits", "tensor", "graph")
                .whereLayer("write").mayOnlyAccessLayers("limits", "tensor")
                .whereLayer("table").mayOnlyAccessLayers("limits", "tensor")
                .whereLayer("what users touch").mayNotBeAccessedByAnyLayer()
                .check(ONNX);
    }

    @Test
    void packagesAreFreeOfCircles() {
        slices().matching("dev.samebits.onnx.(*)..").namingSlices("$1").should().beFreeOfCycles().check(ONNX);
    }

    /** Rules see operators and constants, whatever a file is made of. */
    @Test
    void networksAreMadeWithoutProtobuf() {
        noClasses().that().resideInAnyPackage("dev.samebits.onnx.network", "dev.samebits.onnx.file")
                .should().dependOnClassesThat().resideInAnyPackage("com.google.protobuf..", "dev.samebits.onnx.proto")
                .check(ONNX);
    }
}
